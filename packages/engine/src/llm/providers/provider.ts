import type { LanguageModelV4, SharedV4ProviderOptions } from "@ai-sdk/provider";
import type { ModelCapabilities } from "@countersign/core";
import type { Connection } from "../connection.ts";

/** What a provider is made from. */
export interface Access extends Connection {
  /** Empty where the service needs none. */
  readonly key: string;
  readonly capabilities: ModelCapabilities;
  /** How requests are sent. */
  readonly fetch: typeof fetch;
}

/** A model at the AI SDK's provider interface, and what it is told beside the common parameters. */
export interface Reached {
  readonly model: LanguageModelV4;
  readonly providerOptions?: SharedV4ProviderOptions;
}

/** Reaches a model for one call that asks for so many alternatives at each token. */
export type Provider = (topLogprobs: number) => Reached;
