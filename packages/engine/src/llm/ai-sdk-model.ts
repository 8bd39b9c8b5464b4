import { createOpenAI } from "@ai-sdk/openai";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4GenerateResult,
} from "@ai-sdk/provider";
import { err, type FinishReason, type ModelConfiguration, ok } from "@countersign/core";
import type { CallFailure } from "./call-failure.ts";
import type { ChatModel, ChatRequest, ModelReply } from "./chat-model.ts";
import { connectionOf, type Environment } from "./connection.ts";
import { readLogprobs } from "./logprobs.ts";
import { storableText } from "./storable-text.ts";
import { classifyThrown } from "./thrown.ts";

/**
 * A model reached through the AI SDK at its provider interface, which neither retries nor validates twice. The key is
 * read from the environment at each call, and goes nowhere but into that call.
 */
export function chatModel(configuration: ModelConfiguration, environment: Environment): ChatModel {
  const connection = connectionOf(configuration, environment);
  const { keyVariable } = connection;
  const key = () => (keyVariable === undefined ? undefined : environment[keyVariable] || undefined);
  const model = languageModel(configuration, connection.address, () => key() ?? "");

  return {
    async call(request, signal) {
      if (keyVariable !== undefined && key() === undefined)
        return err({
          kind: "delegate",
          scope: "job",
          reason: "bad-key",
          message: `The environment variable ${keyVariable} is not set on the server.`,
        });
      const attempt = await generate(model, configuration.provider, request, signal);
      return attempt.ok
        ? ok(toReply(attempt.value, attempt.latencyMs, key()))
        : err(withoutKey(attempt.error, key()));
    },
  };
}

/** The AI SDK's name for options that are passed on to an OpenAI-compatible server as they are. */
const compatible = "compatible";

function languageModel(
  configuration: ModelConfiguration,
  baseURL: string,
  apiKey: () => string,
): LanguageModelV4 {
  switch (configuration.provider) {
    case "openai":
      return createOpenAI({ baseURL, apiKey }).chat(configuration.model);
    case "openai-compatible":
      return createOpenAICompatible({ name: compatible, baseURL, apiKey }).chatModel(
        configuration.model,
      );
  }
}

type Attempt =
  | { readonly ok: true; readonly value: LanguageModelV4GenerateResult; readonly latencyMs: number }
  | { readonly ok: false; readonly error: CallFailure };

async function generate(
  model: LanguageModelV4,
  provider: ModelConfiguration["provider"],
  request: ChatRequest,
  signal: AbortSignal,
): Promise<Attempt> {
  if (signal.aborted) return err({ kind: "aborted" });
  // Not AbortSignal.timeout: its timers live on after the call, a hundred thousand of them in a fast job.
  const controller = new AbortController();
  const abort = () => controller.abort();
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    abort();
  }, request.timeoutMs);
  signal.addEventListener("abort", abort, { once: true });
  const start = performance.now();
  try {
    const value = await model.doGenerate(callOptions(provider, request, controller.signal));
    return { ok: true, value, latencyMs: performance.now() - start };
  } catch (error) {
    if (late)
      return err({
        kind: "retry",
        reason: "timeout",
        message: `No reply within ${request.timeoutMs / 1000} seconds.`,
      });
    if (signal.aborted) return err({ kind: "aborted" });
    return err(classifyThrown(error, Date.now()));
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", abort);
  }
}

function callOptions(
  provider: ModelConfiguration["provider"],
  { prompt: { system, user }, parameters }: ChatRequest,
  abortSignal: AbortSignal,
): LanguageModelV4CallOptions {
  const { temperature, topP, maxOutputTokens, seed, topLogprobs } = parameters;
  return {
    prompt: [
      ...(system === undefined ? [] : [{ role: "system" as const, content: system }]),
      { role: "user", content: [{ type: "text", text: user }] },
    ],
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { topP }),
    ...(maxOutputTokens === undefined ? {} : { maxOutputTokens }),
    ...(seed === undefined ? {} : { seed }),
    ...(topLogprobs === 0
      ? {}
      : {
          providerOptions:
            provider === "openai"
              ? { openai: { logprobs: topLogprobs } }
              : { [compatible]: { logprobs: true, top_logprobs: topLogprobs } },
        }),
    abortSignal,
  };
}

function toReply(
  result: LanguageModelV4GenerateResult,
  latencyMs: number,
  key: string | undefined,
): ModelReply {
  const { content, finishReason, usage, response } = result;
  const text = content.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("");
  return {
    text: storableText(text, key),
    finish: finishes[finishReason.unified] ?? "other",
    usage: {
      inputTokens: tokens(usage.inputTokens.total),
      cachedInputTokens: tokens(usage.inputTokens.cacheRead),
      outputTokens: tokens(usage.outputTokens.total),
    },
    modelVersion: response?.modelId === undefined ? null : storableText(response.modelId, key),
    latencyMs,
    logprobs: readLogprobs(response?.body),
    simulated: response?.headers?.["x-countersign-simulated"] === "true",
  };
}

/** A provider may say anything; only a whole number can be a number of tokens. */
const tokens = (said: number | undefined): number | null =>
  said !== undefined && Number.isSafeInteger(said) && said >= 0 ? said : null;

const finishes: Partial<Record<string, FinishReason>> = {
  stop: "stop",
  length: "length",
  "content-filter": "content-filter",
};

const withoutKey = (failure: CallFailure, key: string | undefined): CallFailure =>
  failure.kind === "aborted"
    ? failure
    : { ...failure, message: storableText(failure.message, key) };
