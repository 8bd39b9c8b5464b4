import { z } from "zod";
import { LabelMetadata } from "./label.ts";

/** One call to a model: what was sent, and what came back. */
export const ModelCall = z
  .object({
    prompt: z
      .object({ system: z.string().nullable(), user: z.string() })
      .meta({ description: "What the agent's template makes of the record as it is now" }),
    reply: z.string().meta({ description: "As the model wrote it" }),
    at: z.iso.datetime().meta({ description: "When the reply was stored" }),
    finish: z.string().meta({ description: "Why the model stopped writing" }),
    inputTokens: z.int().nullable(),
    outputTokens: z.int().nullable(),
    cost: z
      .number()
      .nullable()
      .meta({ description: "US dollars, when it was paid for; null where the price is unknown" }),
    latency: z.number().meta({ description: "Milliseconds" }),
    model: z.string().nullable().meta({ description: "Version, as the provider named it" }),
    simulated: z.boolean(),
    refines: z.boolean().meta({ description: "A second call, which maps the reply before it" }),
  })
  .meta({ id: "ModelCall" });
export type ModelCall = z.infer<typeof ModelCall>;

/** The calls that a job's label came from, in order; for a person to look at. */
export const LabelReply = z
  .object({
    label: z.int(),
    job: z.int(),
    calls: z.array(ModelCall).min(1),
    metadata: LabelMetadata,
  })
  .meta({ id: "LabelReply" });
export type LabelReply = z.infer<typeof LabelReply>;
