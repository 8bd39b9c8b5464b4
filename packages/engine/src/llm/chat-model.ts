import type {
  ModelParameters,
  Prompt,
  Reply,
  ReplyStructure,
  Result,
  TokenLogprob,
} from "@countersign/core";
import type { CallFailure } from "./call-failure.ts";
import type { ResponseHeaders } from "./retry-after.ts";

/** What is asked of a model. */
export interface ChatRequest {
  readonly prompt: Prompt;
  readonly parameters: ModelParameters;
  /** What the reply is held to, where the model can be held to anything. */
  readonly structure?: ReplyStructure;
  /** How long the reply may take, in milliseconds; longer is a failure to be retried. */
  readonly timeoutMs: number;
}

/** Tokens as the provider counted them; null where it did not say. */
export interface Usage {
  readonly inputTokens: number | null;
  /** Of the input tokens, those billed at the provider's price for cached ones. */
  readonly cachedInputTokens: number | null;
  readonly outputTokens: number | null;
}

/** What a model wrote, and what the provider says of it. */
export interface ModelReply extends Reply {
  readonly usage: Usage;
  /** The model version as the provider named it. */
  readonly modelVersion: string | null;
  readonly latencyMs: number;
  /** The text's tokens with their probabilities; undefined where none came. */
  readonly logprobs: readonly TokenLogprob[] | undefined;
  /** The reply came from the simulator, which says so in a header. */
  readonly simulated: boolean;
}

/** A reply as it came in. */
export interface ReceivedReply extends ModelReply {
  /** The HTTP reply's headers, in which providers tell what is left of their limits. */
  readonly headers: ResponseHeaders;
}

/**
 * A model that answers one prompt with one reply. It makes one call and never retries; it never throws. No key is ever
 * part of what it returns, and all text it returns can be stored.
 */
export interface ChatModel {
  call(request: ChatRequest, signal: AbortSignal): Promise<Result<ReceivedReply, CallFailure>>;
}
