import type { ModelConfiguration } from "@countersign/core";

export type Provider = ModelConfiguration["provider"];

/** What providers are called, and the server's variable that usually holds their key. */
export const providers: Readonly<
  Record<Provider, { readonly name: string; readonly keyVariable: string }>
> = {
  openai: { name: "OpenAI", keyVariable: "OPENAI_API_KEY" },
  azure: { name: "Azure OpenAI", keyVariable: "AZURE_OPENAI_API_KEY" },
  anthropic: { name: "Anthropic", keyVariable: "ANTHROPIC_API_KEY" },
  google: { name: "Google", keyVariable: "GOOGLE_GENERATIVE_AI_API_KEY" },
  mistral: { name: "Mistral", keyVariable: "MISTRAL_API_KEY" },
  "openai-compatible": { name: "OpenAI-compatible address", keyVariable: "none" },
};

/** Where a model is reached, in a word. */
export const reachedAt = (model: ModelConfiguration): string =>
  model.provider === "openai-compatible"
    ? new URL(model.baseUrl).host
    : providers[model.provider].name;
