import { z } from "zod";

/** The way of a job's items through its four stages. Counts are of items unless said otherwise. */
export const JobStages = z
  .object({
    prepare: z.object({
      done: z.int().meta({ description: "Items made of the records chosen so far" }),
      complete: z.boolean().meta({ description: "Whether all records are chosen" }),
      tooLong: z
        .int()
        .meta({ description: "Not asked: the prompt is longer than the model takes" }),
    }),
    call: z.object({
      done: z.int().meta({ description: "Items that got a reply, be it a stored one" }),
      underWay: z.int().meta({ description: "Calls that wait for their reply just now" }),
      calls: z.int().meta({ description: "Calls answered, failures included" }),
      retries: z.int().meta({ description: "Calls made again for an item" }),
      reused: z.int().meta({ description: "Items answered from a stored reply, at no cost" }),
      failed: z.int(),
    }),
    extract: z.object({
      done: z.int().meta({ description: "Items from whose reply every label was read" }),
      invalid: z.int(),
      refused: z.int(),
    }),
    store: z.object({
      done: z
        .int()
        .meta({ description: "Items with a stored outcome, but those that were cancelled" }),
      unstored: z.int().meta({ description: "Outcomes that wait to be stored just now" }),
      remaining: z.int(),
      cancelled: z.int(),
    }),
  })
  .meta({ id: "JobStages" });
export type JobStages = z.infer<typeof JobStages>;
