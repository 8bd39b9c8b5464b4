import { createAzure } from "@ai-sdk/azure";
import { createGoogle } from "@ai-sdk/google";
import { createMistral } from "@ai-sdk/mistral";
import { createOpenAI } from "@ai-sdk/openai";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import type { EmbeddingModelV4 } from "@ai-sdk/provider";
import type { EmbeddingModel } from "@countersign/core";
import type { Access } from "./provider.ts";

/** The model that makes vectors which a configuration names, at the AI SDK's provider interface. */
export function embedderOf(
  configuration: EmbeddingModel,
  { address: baseURL, key: apiKey, fetch, model, deployment }: Omit<Access, "capabilities">,
): EmbeddingModelV4 {
  const access = { baseURL, apiKey, fetch };
  switch (configuration.provider) {
    case "openai":
      return createOpenAI(access).embeddingModel(model);
    case "azure": {
      const { apiVersion } = configuration;
      const dated = apiVersion !== undefined && { apiVersion, useDeploymentBasedUrls: true };
      return createAzure({ ...access, ...dated }).embeddingModel(deployment ?? model);
    }
    case "google":
      return createGoogle(access).embeddingModel(model);
    case "mistral":
      return createMistral(access).embeddingModel(model);
    case "openai-compatible":
      return createOpenAICompatible({
        name: "compatible",
        baseURL,
        ...(apiKey !== "" && { apiKey }),
        fetch,
      }).embeddingModel(model);
  }
}
