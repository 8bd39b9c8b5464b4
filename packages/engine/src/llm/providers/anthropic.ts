import { createAnthropic } from "@ai-sdk/anthropic";
import type { Access, Provider } from "./provider.ts";

/** Anthropic's Messages API, which gives no token probabilities. */
export function anthropic({ address, key, fetch, model: name }: Access): Provider {
  const model = createAnthropic({ baseURL: address, apiKey: key, fetch }).languageModel(name);
  return () => ({ model });
}
