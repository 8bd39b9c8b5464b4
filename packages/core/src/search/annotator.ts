import { z } from "zod";

/** One annotator: a job, the gold labels, a person, or a model whose labels came with an import. */
export const OneAnnotator = z
  .union([
    z.strictObject({ job: z.int() }),
    z.strictObject({ gold: z.literal(true) }),
    z.strictObject({ person: z.string() }),
    z.strictObject({ model: z.string() }),
  ])
  .meta({ id: "OneAnnotator" });
export type OneAnnotator = z.infer<typeof OneAnnotator>;

/** Whose labels are meant: one annotator's, or those of all jobs of an agent. Left out: anybody's but gold. */
export const AnnotatorReference = z
  .union([
    ...OneAnnotator.options,
    z.strictObject({ agent: z.string().min(1).meta({ description: "Its name or its whole id" }) }),
  ])
  .meta({ id: "AnnotatorReference" });
export type AnnotatorReference = z.infer<typeof AnnotatorReference>;
