import { z } from "zod";

/**
 * What a model takes and gives, as far as it is known; what is left out is unknown, and then what an agent asks for is
 * sent as it is. Data, never a closed list: a user who knows better says so in the agent's model configuration.
 */
export const ModelCapabilities = z
  .strictObject({
    reasoning: z.boolean().optional().meta({
      description: "It thinks before it answers; its provider expects other parameter names",
    }),
    temperature: z
      .union([z.literal(false), z.number().positive().max(2)])
      .optional()
      .meta({ description: "Highest temperature; false: it takes neither temperature nor top p" }),
    seed: z.boolean().optional().meta({ description: "Whether it takes a seed" }),
    logprobs: z
      .union([z.literal(false), z.int().min(1).max(20)])
      .optional()
      .meta({ description: "Most alternatives a token; false: it gives no probabilities" }),
    structuredOutput: z
      .boolean()
      .optional()
      .meta({ description: "Whether its reply can be held to a JSON Schema" }),
    images: z.boolean().optional().meta({ description: "Whether it takes images" }),
    contextTokens: z
      .int()
      .positive()
      .optional()
      .meta({ description: "Most tokens of prompt and reply together" }),
    outputTokens: z.int().positive().optional().meta({ description: "Most tokens of a reply" }),
  })
  .meta({ id: "ModelCapabilities" });
export type ModelCapabilities = z.infer<typeof ModelCapabilities>;
