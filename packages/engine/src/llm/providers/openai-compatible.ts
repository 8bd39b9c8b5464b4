import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import type { Access, Provider } from "./provider.ts";

/** The AI SDK's name for options that are passed on to the server as they are. */
const name = "compatible";

/** Any service that speaks OpenAI's chat or completions protocol: Ollama, vLLM, llama.cpp, LM Studio, OpenRouter. */
export function openaiCompatible({ address, key, fetch, ...access }: Access): Provider {
  const service = createOpenAICompatible({
    name,
    baseURL: address,
    ...(key !== "" && { apiKey: key }),
    fetch,
    supportsStructuredOutputs: true,
  });
  const completions = access.interface === "completions";
  const model = completions
    ? service.completionModel(access.model)
    : service.chatModel(access.model);
  return (topLogprobs) => {
    if (topLogprobs === 0) return { model };
    const asked = completions
      ? { logprobs: topLogprobs }
      : { logprobs: true, top_logprobs: topLogprobs };
    return { model, providerOptions: { [name]: asked } };
  };
}
