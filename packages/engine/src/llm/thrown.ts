import { APICallError, InvalidResponseDataError } from "@ai-sdk/provider";
import type { CallFailure, RetryFailure } from "./call-failure.ts";
import { classifyErrorReply } from "./classify.ts";
import { meaningUnderSuccess } from "./error-meanings.ts";
import { errorWords } from "./error-words.ts";

/** What an error thrown by an AI SDK provider means. The SDK throws for error replies, unreadable ones and lost connections alike. */
export function classifyThrown(error: unknown, now: number): CallFailure {
  const lost = networkCode(error);
  if (lost !== undefined)
    return retry(timeouts.has(lost) ? "timeout" : "connection", networkWords(error, lost));
  if (InvalidResponseDataError.isInstance(error))
    return retry("malformed-reply", "The provider's reply held no answer.");
  if (!APICallError.isInstance(error) || error.statusCode === undefined)
    return retry("connection", error instanceof Error ? error.message : String(error));
  const { responseHeaders: headers = {}, responseBody: said } = error;
  // For a failed response the SDK makes up a 400, with the body parsed, against its type.
  const parsed = said !== undefined && typeof said !== "string";
  const body = parsed ? JSON.stringify(said) : said;
  const status = parsed ? 200 : error.statusCode;
  if (status >= 300) return classifyErrorReply({ status, headers, body }, now);
  // Some gateways (OpenRouter) send an error's document, its code the status it should have had, under a 200.
  const words = errorWords(body);
  const inner = Number(words.code);
  if (inner >= 400 && inner < 600) return classifyErrorReply({ status: inner, headers, body }, now);
  if (meaningUnderSuccess(words)) return classifyErrorReply({ status, headers, body }, now);
  return retry(
    "malformed-reply",
    "The provider's reply was cut off or is not the JSON that such a reply is.",
  );
}

const retry = (reason: RetryFailure["reason"], message: string): RetryFailure => ({
  kind: "retry",
  reason,
  message,
});

const timeouts: ReadonlySet<string> = new Set([
  "ETIMEDOUT",
  "UND_ERR_CONNECT_TIMEOUT",
  "UND_ERR_HEADERS_TIMEOUT",
  "UND_ERR_BODY_TIMEOUT",
]);

/** The system's, TLS's or fetch's code in an error's chain of causes, such as ECONNRESET. */
function networkCode(error: unknown): string | undefined {
  for (const cause of causes(error))
    if ("code" in cause && typeof cause.code === "string") return cause.code;
  return undefined;
}

/** The innermost cause's words: the outer ones say no more than that fetch failed. */
function networkWords(error: unknown, code: string): string {
  const message = [...causes(error)].at(-1)?.message || code;
  return `No connection to the provider: ${message}`;
}

function* causes(error: unknown): Generator<Error> {
  for (let cause = error; cause instanceof Error; cause = cause.cause) yield cause;
}
