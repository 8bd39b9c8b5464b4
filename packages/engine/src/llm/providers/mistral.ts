import { createMistral } from "@ai-sdk/mistral";
import type { Access, Provider } from "./provider.ts";

/** Mistral's chat API, which gives no token probabilities. */
export function mistral({ address, key, fetch, model: name }: Access): Provider {
  const model = createMistral({ baseURL: address, apiKey: key, fetch })(name);
  return () => ({ model, providerOptions: { mistral: { strictJsonSchema: true } } });
}
