import { z } from "zod";

/** A quantity that is not known exactly. */
export const Range = z
  .object({ low: z.number(), likely: z.number(), high: z.number() })
  .meta({ id: "Range" });
export type Range = z.infer<typeof Range>;

/** What a job would take, told before anything is spent. */
export const JobEstimate = z
  .object({
    records: z.int().meta({ description: "Records that match" }),
    sampled: z.int().meta({ description: "How many of them were looked at" }),
    reused: z
      .int()
      .meta({ description: "Records whose reply is stored already, at no cost; from the sample" }),
    calls: z.int().meta({ description: "Calls, if none has to be repeated" }),
    inputTokens: Range,
    outputTokens: Range,
    usd: Range.nullable().meta({ description: "null where the model's price is unknown" }),
    seconds: Range,
    tokenizer: z.object({
      name: z.string(),
      exact: z.boolean().meta({ description: "Whether it is the model's own" }),
    }),
    pilot: z.int().nullable().meta({
      description:
        "The job of the same agent whose replies' length and speed were taken; null where the schema was gone by",
    }),
  })
  .meta({ id: "JobEstimate" });
export type JobEstimate = z.infer<typeof JobEstimate>;
