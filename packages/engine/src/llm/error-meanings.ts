import type { ItemReason, JobReason, RetryFailure } from "./call-failure.ts";
import type { ErrorWords } from "./error-words.ts";

/** What a provider's code says of a call, whatever status it comes with. */
export type Meaning =
  | { readonly scope: "item"; readonly reason: ItemReason }
  | { readonly scope: "job"; readonly reason: JobReason }
  | { readonly scope: "again"; readonly reason: RetryFailure["reason"] };

const item = (reason: ItemReason): Meaning => ({ scope: "item", reason });
const job = (reason: JobReason): Meaning => ({ scope: "job", reason });
const again = (reason: RetryFailure["reason"]): Meaning => ({ scope: "again", reason });

/** Codes, types and reasons with one meaning; documented by the providers named. */
const meanings: ReadonlyMap<string, Meaning> = new Map([
  // OpenAI, Azure, and those who follow them
  ["context_length_exceeded", item("prompt-too-long")],
  ["string_above_max_length", item("prompt-too-long")],
  ["content_filter", item("content-refused")],
  ["content_policy_violation", item("content-refused")],
  ["invalid_prompt", item("content-refused")],
  ["invalid_api_key", job("bad-key")],
  ["authentication_error", job("bad-key")],
  ["account_deactivated", job("access-denied")],
  ["unsupported_country_region_territory", job("access-denied")],
  ["model_not_found", job("unknown-model")],
  ["DeploymentNotFound", job("unknown-model")],
  ["OperationNotSupported", job("invalid-request")],
  ["insufficient_quota", job("quota-exhausted")],
  ["billing_hard_limit_reached", job("quota-exhausted")],
  ["billing_not_active", job("quota-exhausted")],
  // Anthropic, https://docs.anthropic.com/en/api/errors
  ["billing_error", job("quota-exhausted")],
  ["permission_error", job("access-denied")],
  ["not_found_error", job("unknown-model")],
  ["request_too_large", item("prompt-too-long")],
  ["overloaded_error", again("overloaded")],
  ["timeout_error", again("timeout")],
  // Google, https://ai.google.dev/gemini-api/docs/troubleshooting; its ErrorInfo reasons first
  ["API_KEY_INVALID", job("bad-key")],
  ["SERVICE_DISABLED", job("access-denied")],
  ["BILLING_DISABLED", job("quota-exhausted")],
  ["UNAUTHENTICATED", job("bad-key")],
  ["PERMISSION_DENIED", job("access-denied")],
  ["FAILED_PRECONDITION", job("access-denied")],
  ["NOT_FOUND", job("unknown-model")],
  ["UNAVAILABLE", again("overloaded")],
  ["DEADLINE_EXCEEDED", again("timeout")],
  // Mistral
  ["invalid_model", job("unknown-model")],
  ["3051", item("prompt-too-long")],
  // llama.cpp
  ["exceed_context_size_error", item("prompt-too-long")],
]);

/** OpenAI's responses fail under a 200, with a code alone. */
const failedResponses: ReadonlyMap<string, Meaning> = new Map([
  ["server_error", again("server-error")],
  ["rate_limit_exceeded", again("rate-limited")],
]);

/** Types under which a request was rejected, and what the sentence that comes with them then means. */
const rejected: ReadonlySet<string> = new Set([
  "BadRequestError",
  "invalid_request_error",
  "INVALID_ARGUMENT",
]);
const sentences: readonly (readonly [RegExp, Meaning])[] = [
  // vLLM and Anthropic, then Google
  [/maximum context length|prompt is too long/i, item("prompt-too-long")],
  [/input token count .*exceeds the maximum/i, item("prompt-too-long")],
  // Anthropic
  [/credit balance is too low/i, job("quota-exhausted")],
];

/** What the codes of an error say; undefined where the status must. Sentences count only under a type of rejection. */
export function meaningOf({ reason, code, type, message }: ErrorWords): Meaning | undefined {
  for (const word of [reason, code, type]) {
    const meaning = meanings.get(word ?? "");
    if (meaning) return meaning;
  }
  if (type === undefined || !rejected.has(type)) return undefined;
  return sentences.find(([sentence]) => sentence.test(message ?? ""))?.[1];
}

/** What an error means that came under a status of success. */
export const meaningUnderSuccess = (words: ErrorWords): Meaning | undefined =>
  meaningOf(words) ?? failedResponses.get(words.code ?? "");
