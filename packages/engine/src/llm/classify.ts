import type { DelegateFailure, ItemReason, JobReason, RetryFailure } from "./call-failure.ts";
import { type ErrorWords, errorWords } from "./error-words.ts";
import { type ResponseHeaders, retryAfterMs } from "./retry-after.ts";

/** A reply that is no answer, as it came over HTTP. */
export interface ErrorReply {
  readonly status: number;
  readonly headers: ResponseHeaders;
  readonly body: string | undefined;
}

/** Asked to wait longer than this, in milliseconds, a job pauses and says so instead of standing still in silence. */
const longestWait = 15 * 60_000;

/**
 * What an error reply means. Decided by status code and by the structured fields of the body (`code`, `type`, `param`);
 * the message's text is consulted only within a status and type that are already known.
 */
export function classifyErrorReply(reply: ErrorReply, now: number): RetryFailure | DelegateFailure {
  const words = errorWords(reply.body);
  const { status } = reply;
  const message = words.message ?? `The provider answered HTTP ${status} without saying why.`;
  const item = (reason: ItemReason): DelegateFailure => ({
    kind: "delegate",
    scope: "item",
    reason,
    message,
    status,
  });
  const job = (reason: JobReason): DelegateFailure => ({
    kind: "delegate",
    scope: "job",
    reason,
    message,
    status,
  });

  const known = reasonByCode(words);
  if (known) return known.scope === "item" ? item(known.reason) : job(known.reason);

  const wait = retryAfterMs(reply.headers, now);
  const again = (reason: RetryFailure["reason"]): RetryFailure => ({
    kind: "retry",
    reason,
    message,
    status,
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
  });

  switch (status) {
    case 401:
      return job("bad-key");
    case 402:
      return job("quota-exhausted");
    case 403:
      return words.flagged ? item("content-refused") : job("access-denied");
    case 404:
    case 405:
    case 410:
      return job(words.message === undefined ? "wrong-address" : "unknown-model");
    case 408:
      return again("timeout");
    case 413:
      return item("prompt-too-long");
    case 425:
    case 409:
      return again("server-error");
    case 429:
      return wait !== undefined && wait > longestWait
        ? job("quota-exhausted")
        : again("rate-limited");
    case 503:
    case 529:
      return again("overloaded");
  }
  if (status >= 500) return again("server-error");
  return aboutParameters(words) ? job("invalid-request") : item("invalid-request");
}

type Known =
  | { readonly scope: "item"; readonly reason: ItemReason }
  | { readonly scope: "job"; readonly reason: JobReason };

const inItem = (reason: ItemReason): Known => ({ scope: "item", reason });
const inJob = (reason: JobReason): Known => ({ scope: "job", reason });

/** Codes and types with one meaning whatever status they come with; documented by the providers named. */
const meanings: ReadonlyMap<string, Known> = new Map([
  // OpenAI, Azure, and those who follow them
  ["context_length_exceeded", inItem("prompt-too-long")],
  ["string_above_max_length", inItem("prompt-too-long")],
  ["content_filter", inItem("content-refused")],
  ["content_policy_violation", inItem("content-refused")],
  ["invalid_prompt", inItem("content-refused")],
  ["invalid_api_key", inJob("bad-key")],
  ["authentication_error", inJob("bad-key")],
  ["account_deactivated", inJob("access-denied")],
  ["unsupported_country_region_territory", inJob("access-denied")],
  ["model_not_found", inJob("unknown-model")],
  ["DeploymentNotFound", inJob("unknown-model")],
  ["insufficient_quota", inJob("quota-exhausted")],
  ["billing_hard_limit_reached", inJob("quota-exhausted")],
  ["billing_not_active", inJob("quota-exhausted")],
  // llama.cpp
  ["exceed_context_size_error", inItem("prompt-too-long")],
]);

function reasonByCode(words: ErrorWords): Known | undefined {
  const known = meanings.get(words.code ?? "") ?? meanings.get(words.type ?? "");
  if (known) return known;
  // vLLM and Anthropic's compatible endpoint know no code for a prompt that is too long, only a type and a sentence.
  const rejected = words.type === "BadRequestError" || words.type === "invalid_request_error";
  if (rejected && /maximum context length|prompt is too long/i.test(words.message ?? ""))
    return inItem("prompt-too-long");
  return undefined;
}

/** Whether a rejected request is at fault in what all calls of an agent share: anything but the messages. */
const aboutParameters = (words: ErrorWords): boolean =>
  words.code === "unsupported_parameter" ||
  words.code === "unsupported_value" ||
  words.code === "unknown_parameter" ||
  (words.param !== undefined && !/^(messages|prompt|input)\b/.test(words.param));
