import { createGoogle } from "@ai-sdk/google";
import type { Access, Provider } from "./provider.ts";

/** Google's Gemini API. */
export function google({ address, key, fetch, model }: Access): Provider {
  const reach = (send: typeof fetch) =>
    createGoogle({ baseURL: address, apiKey: key, fetch: send }).languageModel(model);
  const plain = { model: reach(fetch) };
  return (topLogprobs) =>
    topLogprobs === 0 ? plain : { model: reach(askingForLogprobs(fetch, topLogprobs)) };
}

/** The AI SDK has no option for token probabilities, so they are written into its request. */
const askingForLogprobs =
  (send: typeof fetch, topLogprobs: number): typeof fetch =>
  (input, init) => {
    const request: { readonly generationConfig?: object } = JSON.parse(String(init?.body));
    const generationConfig = {
      ...request.generationConfig,
      responseLogprobs: true,
      logprobs: topLogprobs,
    };
    return send(input, { ...init, body: JSON.stringify({ ...request, generationConfig }) });
  };
