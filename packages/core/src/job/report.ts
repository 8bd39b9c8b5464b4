import { z } from "zod";
import { LabelValue } from "../label/label.ts";
import { ModelCall } from "../label/reply.ts";
import { Outcome } from "./job.ts";

/** Items that ended alike: the same words were at fault. */
export const FaultGroup = z
  .object({
    words: z.string().nullable().meta({
      description:
        "The words of the reply that are at fault, or the provider's own for a failure; null where there are none",
    }),
    items: z.int().meta({ description: "Items that ended so, among those looked at" }),
    examples: z
      .array(
        z.object({
          record: z.object({
            id: z.int(),
            key: z.string(),
            content: z.string().meta({ description: "Cut to 400 characters" }),
          }),
          reply: z.string().nullable().meta({ description: "Cut to 2,000 characters" }),
        }),
      )
      .meta({ description: "The first three" }),
  })
  .meta({ id: "FaultGroup" });
export type FaultGroup = z.infer<typeof FaultGroup>;

/** Why items have no label, what to do about it, and what came instead of one. */
export const ReasonReport = z
  .object({
    outcome: Outcome,
    reason: z.string(),
    says: z.string().meta({ description: "The reason in words" }),
    next: z.string().meta({ description: "What to do about it" }),
    items: z.int().meta({ description: "All items that ended so" }),
    looked: z.int().meta({ description: "How many of them, from the first, were grouped" }),
    groups: z.array(FaultGroup).meta({ description: "The five commonest" }),
  })
  .meta({ id: "ReasonReport" });
export type ReasonReport = z.infer<typeof ReasonReport>;

/** One item of a job from its prompt to its labels. */
export const JobSample = z
  .object({
    record: z.object({ id: z.int(), key: z.string() }),
    prompt: ModelCall.shape.prompt,
    calls: z
      .array(ModelCall)
      .meta({ description: "Those that are answered; none while it waits, or where all failed" }),
    outcome: Outcome.nullable(),
    reason: z.string().nullable(),
    message: z.string().nullable(),
    attempts: z.int(),
    labels: z.array(
      z.object({
        id: z.int(),
        name: z.string(),
        value: LabelValue,
        confidence: z.number().nullable(),
        rule: z.string().nullable().meta({ description: "Extraction rule that read the reply" }),
      }),
    ),
  })
  .meta({ id: "JobSample" });
export type JobSample = z.infer<typeof JobSample>;

/** What a job asks, and what went wrong with it. */
export const JobReport = z
  .object({
    job: z.int(),
    reasons: z.array(ReasonReport).meta({ description: "The commonest first" }),
    samples: z
      .array(JobSample)
      .meta({ description: "The first items, in the order in which they are asked" }),
  })
  .meta({ id: "JobReport" });
export type JobReport = z.infer<typeof JobReport>;
