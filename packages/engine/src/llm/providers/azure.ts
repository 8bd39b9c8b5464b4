import { createAzure } from "@ai-sdk/azure";
import { openaiOptions } from "./openai.ts";
import type { Access, Provider } from "./provider.ts";

/**
 * OpenAI's models in a resource of one's own: by a deployment's address where a dated API version is given, else through
 * the v1 API.
 */
export function azure(
  { address, key, fetch, ...access }: Access,
  apiVersion: string | undefined,
): Provider {
  const service = createAzure({
    baseURL: address,
    apiKey: key,
    fetch,
    ...(apiVersion !== undefined && { apiVersion, useDeploymentBasedUrls: true }),
  });
  const deployment = access.deployment ?? access.model;
  const interfaces = {
    chat: service.chat,
    responses: service.responses,
    completions: service.completion,
  };
  const model = interfaces[access.interface ?? "chat"](deployment);
  return (topLogprobs) => ({ model, providerOptions: openaiOptions(access, topLogprobs) });
}
