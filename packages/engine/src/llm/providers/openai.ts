import { createOpenAI } from "@ai-sdk/openai";
import type { SharedV4ProviderOptions } from "@ai-sdk/provider";
import type { Access, Provider } from "./provider.ts";

/** OpenAI's own service. */
export function openai({ address, key, fetch, ...access }: Access): Provider {
  const service = createOpenAI({ baseURL: address, apiKey: key, fetch });
  const interfaces = {
    chat: service.chat,
    responses: service.responses,
    completions: service.completion,
  };
  const model = interfaces[access.interface ?? "chat"](access.model);
  return (topLogprobs) => ({ model, providerOptions: openaiOptions(access, topLogprobs) });
}

/**
 * What the AI SDK's models of OpenAI's interfaces are told. Whether a model reasons decides the names of its parameters;
 * the SDK goes by the model's name where that is not known here. Nothing of a record is left stored with the provider.
 */
export const openaiOptions = (
  { interface: called, capabilities }: Pick<Access, "interface" | "capabilities">,
  topLogprobs: number,
): SharedV4ProviderOptions => ({
  openai: {
    ...(topLogprobs > 0 && { logprobs: topLogprobs }),
    ...(called === "responses" && { store: false }),
    ...(called !== "completions" &&
      capabilities.reasoning !== undefined && { forceReasoning: capabilities.reasoning }),
  },
});
