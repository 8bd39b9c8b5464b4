import { z } from "zod";

/** What reading a job's stored replies again came to. Counts are of labels unless said otherwise. */
export const Reextraction = z
  .object({
    replies: z.int().meta({ description: "Items whose stored reply was read again" }),
    gained: z.int().meta({ description: "Labels that were not there before" }),
    changed: z.int().meta({ description: "Labels that have another value now" }),
    lost: z.int().meta({ description: "Labels that are no longer read, and gone" }),
    kept: z.int().meta({
      description:
        "Labels that would be read otherwise now, or not at all, but stay as they are because a person has judged them",
    }),
    outcomes: z.int().meta({ description: "Items whose outcome or reason is another now" }),
    next: z.string().nullable().meta({
      description: "Pass it as `after` to go on; null when every reply has been read",
    }),
  })
  .meta({ id: "Reextraction" });
export type Reextraction = z.infer<typeof Reextraction>;
