import { z } from "zod";
import { ModelCapabilities } from "./capabilities.ts";

const reached = {
  model: z.string().min(1).max(200).meta({ description: "The model, as its provider calls it" }),
  keyVariable: z
    .string()
    .regex(/^[A-Z][A-Z0-9_]*_API_KEY$/, "a key variable's name ends in _API_KEY")
    .optional()
    .meta({ description: "The server's environment variable that holds the key" }),
};

const named = {
  ...reached,
  capabilities: ModelCapabilities.optional().meta({
    description: "What you know of the model better than the built-in table",
  }),
};

const webAddress = z.url({ protocol: /^https?$/ });

const openaiInterface = z
  .enum(["chat", "responses", "completions"])
  .optional()
  .meta({ description: "Which of OpenAI's interfaces is called; chat if left out" });

const azureResource = {
  endpoint: webAddress.optional().meta({
    description: "Where the resource is, NAME.openai.azure.com; AZURE_OPENAI_ENDPOINT if left out",
  }),
  deployment: z
    .string()
    .regex(/^[\w.-]{1,100}$/, "a deployment's name has letters, digits, and _ . -")
    .optional()
    .meta({ description: "The deployment's name; the model's if left out" }),
  apiVersion: z
    .string()
    .regex(/^[\w.-]{1,40}$/, "a version looks like 2024-10-21")
    .optional()
    .meta({ description: "A dated API version; if left out, Azure's v1 API, which has none" }),
};

/**
 * How a model is reached. Each named provider reads its key, and its address where another than the usual one is meant,
 * from the server's environment; a key itself is never part of a configuration.
 */
export const ModelConfiguration = z
  .discriminatedUnion("provider", [
    z.strictObject({ provider: z.literal("openai"), ...named, interface: openaiInterface }),
    z.strictObject({
      provider: z.literal("azure"),
      ...named,
      ...azureResource,
      interface: openaiInterface,
    }),
    z.strictObject({ provider: z.literal("anthropic"), ...named }),
    z.strictObject({ provider: z.literal("google"), ...named }),
    z.strictObject({ provider: z.literal("mistral"), ...named }),
    z.strictObject({
      provider: z.literal("openai-compatible"),
      ...named,
      baseUrl: webAddress,
      interface: z
        .enum(["chat", "completions"])
        .optional()
        .meta({ description: "Which of the server's interfaces is called; chat if left out" }),
    }),
  ])
  .meta({ id: "ModelConfiguration" });
export type ModelConfiguration = z.infer<typeof ModelConfiguration>;

/** How a model is reached that makes vectors of texts: as one that writes, by the providers that have such models. */
export const EmbeddingModel = z
  .discriminatedUnion("provider", [
    z.strictObject({ provider: z.literal("openai"), ...reached }),
    z.strictObject({ provider: z.literal("azure"), ...reached, ...azureResource }),
    z.strictObject({ provider: z.literal("google"), ...reached }),
    z.strictObject({ provider: z.literal("mistral"), ...reached }),
    z.strictObject({
      provider: z.literal("openai-compatible"),
      ...reached,
      baseUrl: webAddress,
    }),
  ])
  .meta({ id: "EmbeddingModel" });
export type EmbeddingModel = z.infer<typeof EmbeddingModel>;

/** A provider's interface, where it has several. */
export type ModelInterface = "chat" | "responses" | "completions";

export const interfaceOf = (model: ModelConfiguration): ModelInterface =>
  ("interface" in model ? model.interface : undefined) ?? "chat";
