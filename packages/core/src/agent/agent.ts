import { z } from "zod";
import { ModelConfiguration } from "../model/configuration.ts";
import { WrittenExample } from "../prompt/examples.ts";

/** Sampling parameters; what is left out is left to the provider. */
export const ModelParameters = z
  .strictObject({
    temperature: z.number().min(0).max(2).optional(),
    topP: z.number().gt(0).max(1).optional(),
    maxOutputTokens: z.int().min(1).max(1_000_000).optional(),
    seed: z.int().optional(),
    topLogprobs: z
      .int()
      .min(0)
      .max(20)
      .default(5)
      .meta({ description: "Alternatives asked for at each token; 0 asks for no probabilities" }),
  })
  .meta({ id: "ModelParameters" });
export type ModelParameters = z.infer<typeof ModelParameters>;

/**
 * The prompt's editable parts. Slots are written `{{text}}` or `{{column}}`; they are filled once, by position, so that
 * nothing in a record is ever read as a slot.
 */
export const PromptTemplate = z
  .strictObject({
    system: z.string().max(200_000).optional(),
    user: z.string().min(1).max(200_000),
    format: z.enum(["line", "json", "structured"]).default("line").meta({
      description:
        "What the reply is asked to look like: “name: option” lines, one JSON object, or that object with the provider holding the model to it by a JSON Schema",
    }),
    examples: z.array(WrittenExample).min(1).max(100).optional().meta({
      description:
        "Texts with the replies they ought to get, shown after the system part; left out of every evaluation",
    }),
  })
  .meta({ id: "PromptTemplate" });
export type PromptTemplate = z.infer<typeof PromptTemplate>;

/** A prompt's two parts, without the form of the reply, which is the same for every prompt of an agent. */
export const PromptParts = PromptTemplate.pick({ system: true, user: true }).meta({
  id: "PromptParts",
});
export type PromptParts = z.infer<typeof PromptParts>;

/**
 * How an agent's confidence in its labels is come by. Left out: by the label's token probability. None stands in for
 * another: what an agent's model does not give, its labels do not have.
 */
export const ConfidenceSource = z
  .discriminatedUnion("by", [
    z.strictObject({ by: z.literal("label-token-probability") }),
    z.strictObject({
      by: z.literal("self-consistency"),
      samples: z.int().min(2).max(20).meta({ description: "Replies asked for each record" }),
    }),
    z.strictObject({
      by: z.literal("paraphrase-consistency"),
      prompts: z.array(PromptParts).min(1).max(19).meta({
        description: "The same task in other words, each asked beside the agent's own prompt",
      }),
    }),
    z.strictObject({ by: z.literal("verbalised") }),
  ])
  .meta({ id: "ConfidenceSource" });
export type ConfidenceSource = z.infer<typeof ConfidenceSource>;

/** Everything that decides what an agent asks. Its canonical JSON's SHA-256 is the agent's identity. */
export const AgentContent = z
  .strictObject({
    model: ModelConfiguration,
    parameters: ModelParameters,
    prompt: PromptTemplate,
    labels: z.array(z.string()).min(1).meta({ description: "Names of the labels it is asked for" }),
    confidence: ConfidenceSource.optional(),
    refine: PromptParts.optional().meta({
      description:
        "Prompt of a second call for a reply that names no option; its {{text}} is that reply",
    }),
  })
  .meta({ id: "AgentContent" });
export type AgentContent = z.infer<typeof AgentContent>;

export const Agent = z
  .object({
    id: z.string().regex(/^[0-9a-f]{64}$/),
    name: z.string(),
    content: AgentContent,
    createdAt: z.iso.datetime(),
    createdBy: z.string(),
    jobs: z.array(z.int()).meta({ description: "Ids of its jobs, newest first" }),
  })
  .meta({ id: "Agent" });
export type Agent = z.infer<typeof Agent>;

/** JSON with sorted keys and no white space: equal content gives equal text (after RFC 8785 for our value range). */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
