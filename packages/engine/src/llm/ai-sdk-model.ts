import type { LanguageModelV4CallOptions, LanguageModelV4GenerateResult } from "@ai-sdk/provider";
import {
  acceptedParameters,
  capabilitiesOf,
  err,
  type FinishReason,
  type ModelConfiguration,
  ok,
} from "@countersign/core";
import { type Attempt, attempt, withoutKey } from "./attempt.ts";
import type { ChatModel, ChatRequest, ReceivedReply } from "./chat-model.ts";
import { connectionOf, type Environment } from "./connection.ts";
import { keepAliveFetch } from "./keep-alive-fetch.ts";
import { readLogprobs } from "./logprobs.ts";
import { providerOf } from "./providers/index.ts";
import type { Provider } from "./providers/provider.ts";
import { storableText } from "./storable-text.ts";

/**
 * A model reached through the AI SDK at its provider interface, which neither retries nor validates twice. What the
 * model is known not to take is not sent. The key is read from the environment, and goes nowhere but into the calls,
 * which `fetch` makes.
 */
export function chatModel(
  configuration: ModelConfiguration,
  environment: Environment,
  fetch: typeof globalThis.fetch = keepAliveFetch,
): ChatModel {
  const connection = connectionOf(configuration, environment);
  const { keyVariable, lacks } = connection;
  if (lacks)
    return {
      call: async () => err({ kind: "delegate", scope: "job", ...lacks }),
    };

  const key = keyVariable === undefined ? undefined : environment[keyVariable];
  const capabilities = capabilitiesOf(configuration);
  const provider = providerOf(configuration, {
    ...connection,
    key: key ?? "",
    capabilities,
    fetch,
  });
  return {
    async call({ structure, ...request }, signal) {
      const accepted: ChatRequest = {
        ...request,
        parameters: acceptedParameters(request.parameters, capabilities),
        ...(structure && capabilities.structuredOutput !== false && { structure }),
      };
      const made = await generate(provider, accepted, signal);
      return made.ok
        ? ok(toReply(made.value, made.latencyMs, key))
        : err(withoutKey(made.error, key));
    },
  };
}

async function generate(
  provider: Provider,
  request: ChatRequest,
  signal: AbortSignal,
): Promise<Attempt<LanguageModelV4GenerateResult>> {
  const { model, providerOptions } = provider(request.parameters.topLogprobs);
  return attempt(request.timeoutMs, signal, (abortSignal) =>
    model.doGenerate({
      ...callOptions(request),
      ...(providerOptions && { providerOptions }),
      abortSignal,
    }),
  );
}

function callOptions({
  prompt: { system, user },
  parameters,
  structure,
}: ChatRequest): LanguageModelV4CallOptions {
  const { temperature, topP, maxOutputTokens, seed } = parameters;
  return {
    prompt: [
      ...(system === undefined ? [] : [{ role: "system" as const, content: system }]),
      { role: "user", content: [{ type: "text", text: user }] },
    ],
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { topP }),
    ...(maxOutputTokens === undefined ? {} : { maxOutputTokens }),
    ...(seed === undefined ? {} : { seed }),
    ...(structure && { responseFormat: { type: "json", name: "labels", schema: structure } }),
  };
}

function toReply(
  result: LanguageModelV4GenerateResult,
  latencyMs: number,
  key: string | undefined,
): ReceivedReply {
  const { content, finishReason, usage, response } = result;
  const text = content.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("");
  const headers = response?.headers ?? {};
  const version = response?.modelId ?? versionIn(response?.body);
  return {
    text: storableText(text, key),
    finish: finishes[finishReason.unified] ?? "other",
    usage: {
      inputTokens: tokens(usage.inputTokens.total),
      cachedInputTokens: tokens(usage.inputTokens.cacheRead),
      outputTokens: tokens(usage.outputTokens.total),
    },
    modelVersion: version === undefined ? null : storableText(version, key),
    latencyMs,
    logprobs: readLogprobs(response?.body),
    simulated: headers["x-countersign-simulated"] === "true",
    headers,
  };
}

/** Google's name for the model's version, which the AI SDK leaves where it is. */
const versionIn = (body: unknown): string | undefined =>
  typeof body === "object" &&
  body !== null &&
  "modelVersion" in body &&
  typeof body.modelVersion === "string"
    ? body.modelVersion
    : undefined;

/** A provider may say anything; only a whole number can be a number of tokens. */
const tokens = (said: number | undefined): number | null =>
  said !== undefined && Number.isSafeInteger(said) && said >= 0 ? said : null;

const finishes: Partial<Record<string, FinishReason>> = {
  stop: "stop",
  length: "length",
  "content-filter": "content-filter",
};
