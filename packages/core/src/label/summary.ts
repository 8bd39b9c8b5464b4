import { z } from "zod";
import { LabelStatus } from "./label.ts";

/** One machine's labels of one name, counted. */
export const LabelSummary = z
  .object({
    label: z.string(),
    statuses: z.record(LabelStatus, z.int()),
    values: z.array(z.object({ value: z.string(), n: z.int() })).meta({
      description:
        "Commonest first: options, and of a job also numbers, or ranges of them; no texts",
    }),
    histogram: z
      .array(z.int())
      .length(20)
      .meta({ description: "Labels per twentieth of confidence, 0–0.05 first" }),
    verified: z
      .array(z.int())
      .length(20)
      .meta({ description: "How many of each twentieth are verified" }),
    unmeasured: z.int().meta({ description: "Labels without a confidence" }),
  })
  .meta({ id: "LabelSummary" });
export type LabelSummary = z.infer<typeof LabelSummary>;

/** A machine that is none of our jobs, whose labels came with files. */
export const ImportedModel = z
  .object({
    name: z.string(),
    labels: z.array(
      z.object({
        name: z.string(),
        n: z.int(),
        schemaVersion: z.int().meta({ description: "The newest that any of them has" }),
      }),
    ),
  })
  .meta({ id: "ImportedModel" });
export type ImportedModel = z.infer<typeof ImportedModel>;
