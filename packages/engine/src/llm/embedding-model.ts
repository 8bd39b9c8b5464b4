import { type EmbeddingModel, err, ok, type Result } from "@countersign/core";
import { attempt, withoutKey } from "./attempt.ts";
import type { CallFailure } from "./call-failure.ts";
import type { Usage } from "./chat-model.ts";
import { connectionOf, type Environment } from "./connection.ts";
import { keepAliveFetch } from "./keep-alive-fetch.ts";
import { embedderOf } from "./providers/embeddings.ts";
import type { ResponseHeaders } from "./retry-after.ts";

/** Vectors of texts, in the texts' order. */
export interface Embedded {
  readonly vectors: readonly Float32Array[];
  readonly usage: Usage;
  /** They came from the simulator, which says so in a header. */
  readonly simulated: boolean;
  readonly headers: ResponseHeaders;
}

/** A model that makes vectors of texts. It makes one call and never retries; it never throws. */
export interface Embedder {
  embed(
    texts: readonly string[],
    timeoutMs: number,
    signal: AbortSignal,
  ): Promise<Result<Embedded, CallFailure>>;
}

/** Reaches a model through the AI SDK. The key is read from the environment, and goes nowhere but into the calls. */
export function embedder(
  configuration: EmbeddingModel,
  dimensions: number | null,
  environment: Environment,
): Embedder {
  const connection = connectionOf(configuration, environment);
  const { keyVariable, lacks } = connection;
  if (lacks) return { embed: async () => err({ kind: "delegate", scope: "job", ...lacks }) };
  const key = keyVariable === undefined ? undefined : environment[keyVariable];
  const model = embedderOf(configuration, { ...connection, key: key ?? "", fetch: keepAliveFetch });
  return {
    async embed(texts, timeoutMs, signal) {
      const made = await attempt(timeoutMs, signal, (abortSignal) =>
        model.doEmbed({
          values: [...texts],
          abortSignal,
          ...(dimensions !== null && { dimensions }),
        }),
      );
      if (!made.ok) return err(withoutKey(made.error, key));
      const { embeddings, usage, response } = made.value;
      const vectors = embeddings.map((numbers) => Float32Array.from(numbers));
      const length = vectors[0]?.length ?? 0;
      const whole = vectors.every(
        (vector) => vector.length === length && vector.every(Number.isFinite),
      );
      if (vectors.length !== texts.length || length === 0 || !whole)
        return err({
          kind: "retry",
          reason: "malformed-reply",
          message: "The provider's reply does not hold a vector for each text.",
        });
      const headers = response?.headers ?? {};
      return ok({
        vectors,
        usage: { inputTokens: usage?.tokens ?? null, cachedInputTokens: null, outputTokens: null },
        simulated: headers["x-countersign-simulated"] === "true",
        headers,
      });
    },
  };
}
