import { z } from "zod";
import { LabelMetadata } from "./label.ts";

/** The prompt a job's label came from and the reply it was read out of; for a person to look at. */
export const LabelReply = z
  .object({
    label: z.int(),
    job: z.int(),
    prompt: z
      .object({ system: z.string().nullable(), user: z.string() })
      .meta({ description: "What the agent's template makes of the record as it is now" }),
    reply: z.string().meta({ description: "As the model wrote it" }),
    at: z.iso.datetime().meta({ description: "When the reply was stored" }),
    metadata: LabelMetadata,
  })
  .meta({ id: "LabelReply" });
export type LabelReply = z.infer<typeof LabelReply>;
