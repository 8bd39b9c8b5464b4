import { z } from "zod";
import { EmbeddingModel } from "../model/configuration.ts";
import { Condition } from "../search/condition.ts";

/** The name of a project's vectors, by which similar records are asked for. */
export const EmbeddingName = z
  .string()
  .max(100)
  .regex(
    /^[^\p{C}\s](?:[^\p{C}]*[^\p{C}\s])?$/u,
    "a name has 1 to 100 characters, none of them a control character and no blank at either end",
  );

/** What is to be computed. */
export const EmbeddingContent = z.strictObject({
  model: EmbeddingModel,
  dimensions: z
    .int()
    .min(1)
    .max(8192)
    .optional()
    .meta({ description: "Numbers of a vector, where the model leaves a choice" }),
  where: Condition.optional().meta({ description: "The records; all if left out" }),
});
export type EmbeddingContent = z.infer<typeof EmbeddingContent>;

export const NewEmbedding = EmbeddingContent.extend({ name: EmbeddingName }).meta({
  id: "NewEmbedding",
});
export type NewEmbedding = z.infer<typeof NewEmbedding>;

export const EmbeddingState = z.enum(["waiting", "running", "done", "failed", "cancelled"]);
export type EmbeddingState = z.infer<typeof EmbeddingState>;

/** Why computing came to a halt. */
export const EmbeddingFault = z.object({ what: z.string(), next: z.string() });
export type EmbeddingFault = z.infer<typeof EmbeddingFault>;

/** Vectors of a project's records under one name, imported or computed, and how far computing them is. */
export const Embedding = z
  .object({
    name: EmbeddingName,
    state: EmbeddingState,
    model: EmbeddingModel.nullable().meta({ description: "Null where they were imported" }),
    dimensions: z.int().nullable(),
    where: Condition.nullable(),
    records: z.object({ done: z.int(), total: z.int(), refused: z.int() }).meta({
      description: "Those that have a vector; chosen when work last began; refused by the model",
    }),
    refusals: z
      .array(z.object({ key: z.string(), reason: z.string(), message: z.string() }))
      .meta({ description: "Some that were refused" }),
    tokens: z.int(),
    usd: z.number().nullable().meta({ description: "Null where the price is not known" }),
    simulated: z.boolean().meta({ description: "Whether a simulated model made any of them" }),
    problem: EmbeddingFault.nullable(),
    createdBy: z.string(),
    createdAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: "Embedding" });
export type Embedding = z.infer<typeof Embedding>;

/** Whether nothing more will be computed unless somebody asks. */
export const isSettled = ({ state }: Pick<Embedding, "state">): boolean =>
  state !== "waiting" && state !== "running";

/** What vectors will take. */
export const EmbeddingEstimate = z
  .object({
    records: z.int(),
    tokens: z.int().meta({ description: "About so many, by the texts of a sample" }),
    usd: z.number().nullable().meta({ description: "Null where the price is not known" }),
  })
  .meta({ id: "EmbeddingEstimate" });
export type EmbeddingEstimate = z.infer<typeof EmbeddingEstimate>;
