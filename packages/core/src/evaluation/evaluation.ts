import { z } from "zod";
import { OneAnnotator } from "../search/annotator.ts";
import { KindMeasures } from "./measures.ts";
import { Share } from "./share.ts";

export { Share } from "./share.ts";

export const ClassMeasures = z
  .object({
    value: z.string(),
    precision: Share,
    recall: Share,
    f1: z.number().nullable(),
    gold: z.int(),
    predicted: z.int(),
  })
  .meta({ id: "ClassMeasures" });
export type ClassMeasures = z.infer<typeof ClassMeasures>;

/** One annotator's labels measured against the truth. Coverage always stands beside accuracy. */
export const Evaluation = z
  .object({
    label: z.string(),
    of: OneAnnotator.meta({ description: "Whose labels were measured" }),
    job: z.int().nullable().meta({ description: "The job, where a job's were" }),
    coverage: Share.meta({
      description:
        "Records with gold that have a label: of the job's, or of those that the person or model labelled at all",
    }),
    accuracy: Share.meta({ description: "Of those labelled, how many equal gold exactly" }),
    kappa: z
      .number()
      .nullable()
      .meta({ description: "Cohen's kappa; null where chance agreement is 1" }),
    macroF1: z.number().nullable(),
    measures: KindMeasures.nullable().meta({
      description: "How near the labels are to gold; null for choices, which are right or wrong",
    }),
    classes: z.array(ClassMeasures).meta({
      description: "By option or number of a rating; empty for other numbers, texts and spans",
    }),
    confusion: z
      .array(z.object({ gold: z.string(), predicted: z.string().nullable(), n: z.int() }))
      .meta({ description: "Pairs that occur; predicted is null where there is no label" }),
    examples: z.int().meta({
      description:
        "Records not counted because their text is an example in the agent's prompt, which tells the answer",
    }),
    unknownGold: z
      .array(z.object({ value: z.string(), n: z.int() }))
      .meta({ description: "Gold cells that are no option of the schema; they are not counted" }),
  })
  .meta({ id: "Evaluation" });
export type Evaluation = z.infer<typeof Evaluation>;
