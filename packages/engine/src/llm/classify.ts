import type { DelegateFailure, ItemReason, JobReason, RetryFailure } from "./call-failure.ts";
import { meaningOf, meaningUnderSuccess } from "./error-meanings.ts";
import { type ErrorWords, errorWords } from "./error-words.ts";
import { readRateLimits } from "./rate/rate-limits.ts";
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

  const wait = retryAfterMs(reply.headers, now) ?? words.retryAfterMs;
  const again = (reason: RetryFailure["reason"]): RetryFailure => ({
    kind: "retry",
    reason,
    message,
    status,
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
    ...(status === 429 && { limits: readRateLimits(reply.headers, now) }),
  });

  const meaning = status < 300 ? meaningUnderSuccess(words) : meaningOf(words);
  switch (meaning?.scope) {
    case "item":
      return item(meaning.reason);
    case "job":
      return job(meaning.reason);
    case "again":
      return again(meaning.reason);
  }

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

/** Whether a rejected request is at fault in what all calls of an agent share: anything but the messages. */
const aboutParameters = (words: ErrorWords): boolean =>
  words.code === "unsupported_parameter" ||
  words.code === "unsupported_value" ||
  words.code === "unknown_parameter" ||
  (words.param !== undefined && !/^(messages|prompt|input)\b/.test(words.param));
