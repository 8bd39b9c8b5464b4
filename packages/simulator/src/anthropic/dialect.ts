import { type Dialect, nothingRecorded, type WireReply } from "../simulation/dialect.ts";
import { limitHeaders } from "./limit-headers.ts";

const failure = (status: number, type: string, message: string): WireReply => ({
  status,
  body: JSON.stringify({ type: "error", error: { type, message }, request_id: null }),
});

const invalidRequest = (message: string) => failure(400, "invalid_request_error", message);

/** What a line of a batch ends with where its call was never answered. */
export const timedOut: WireReply = failure(504, "timeout_error", "Request timed out.");

export const unknownUrl = (method: string, path: string): WireReply =>
  failure(404, "not_found_error", `Unknown request URL: ${method} ${path}.`);

/**
 * Anthropic's words. It has one type and status for all that is wrong with a request, an empty account included: only
 * the message tells them apart.
 */
export const anthropic: Dialect = {
  refusal: (headers, apiKey) => {
    if (apiKey !== undefined && headers["x-api-key"] !== apiKey)
      return failure(401, "authentication_error", "invalid x-api-key");
    if (headers["anthropic-version"] === undefined)
      return invalidRequest("anthropic-version: header is required");
    return undefined;
  },
  invalidRequest,
  notFound: (message) => failure(404, "not_found_error", message),
  modelNotFound: (model, models) =>
    failure(
      404,
      "not_found_error",
      `model: ${JSON.stringify(model)} does not exist. The simulator answers for ${models.join(", ")}.`,
    ),
  noReplyRecorded: invalidRequest(nothingRecorded),
  rateLimited: (model, { kind, limit }) =>
    failure(
      429,
      "rate_limit_error",
      `This request would exceed your account's rate limit of ${limit} ${kind} per minute for ${model}.`,
    ),
  injected: {
    "429": failure(
      429,
      "rate_limit_error",
      "This request would exceed your account's rate limit. Please try again later.",
    ),
    "500": failure(500, "api_error", "Internal server error"),
    "503": failure(529, "overloaded_error", "Overloaded"),
    quota: invalidRequest(
      "Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.",
    ),
    "context-length": invalidRequest("prompt is too long: 200001 tokens > 200000 maximum"),
    "content-filter": invalidRequest("Output blocked by content filtering policy"),
  },
  limitHeaders,
};
