import type { ModelConfiguration } from "@countersign/core";
import { anthropic } from "./anthropic.ts";
import { azure } from "./azure.ts";
import { google } from "./google.ts";
import { mistral } from "./mistral.ts";
import { openai } from "./openai.ts";
import { openaiCompatible } from "./openai-compatible.ts";
import type { Access, Provider } from "./provider.ts";

/** The provider that a configuration names. */
export function providerOf(configuration: ModelConfiguration, access: Access): Provider {
  switch (configuration.provider) {
    case "openai":
      return openai(access);
    case "azure":
      return azure(access, configuration.apiVersion);
    case "anthropic":
      return anthropic(access);
    case "google":
      return google(access);
    case "mistral":
      return mistral(access);
    case "openai-compatible":
      return openaiCompatible(access);
  }
}
