import type { ModelConfiguration } from "./configuration.ts";

/** Whether a provider answers batches in a form that is spoken here; a server like OpenAI's may or may not have them. */
export const hasBatches = ({ provider }: Pick<ModelConfiguration, "provider">): boolean =>
  provider === "openai" ||
  provider === "azure" ||
  provider === "openai-compatible" ||
  provider === "anthropic";
