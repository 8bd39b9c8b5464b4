import { type Dialect, nothingRecorded, type WireReply } from "../simulation/dialect.ts";
import { limitHeaders } from "./limit-headers.ts";

interface Failure {
  readonly status: number;
  readonly type: string;
  readonly code: string | null;
  readonly param?: string;
  readonly message: string;
}

const failure = ({ status, type, code, param, message }: Failure): WireReply => ({
  status,
  body: JSON.stringify({ error: { message, type, param: param ?? null, code } }),
});

const invalidRequest = (
  code: string | null,
  message: string,
  param?: string,
  status = 400,
): WireReply =>
  failure({
    status,
    type: "invalid_request_error",
    code,
    message,
    ...(param !== undefined && { param }),
  });

/** A request that contradicts what has happened since, such as stopping what has ended. */
export const conflict = (message: string): WireReply =>
  invalidRequest(null, message, undefined, 409);

export const unknownUrl = (method: string, path: string): WireReply =>
  invalidRequest("unknown_url", `Unknown request URL: ${method} ${path}.`, undefined, 404);

/** OpenAI's words, which those who are compatible with it speak too. */
export const openai: Dialect = {
  refusal: ({ authorization }, apiKey) =>
    apiKey === undefined || authorization === `Bearer ${apiKey}`
      ? undefined
      : invalidRequest(
          "invalid_api_key",
          "Incorrect API key provided. The simulator was started with another one.",
          undefined,
          401,
        ),
  invalidRequest: (message, param) => invalidRequest(null, message, param),
  notFound: (message) => invalidRequest(null, message, "id", 404),
  modelNotFound: (model, models) =>
    invalidRequest(
      "model_not_found",
      `The model ${JSON.stringify(model)} does not exist. The simulator answers for ${models.join(", ")}.`,
      "model",
      404,
    ),
  noReplyRecorded: invalidRequest("no_reply_recorded", nothingRecorded),
  rateLimited: (model, { kind, limit, retryAfterMs }) =>
    failure({
      status: 429,
      type: kind,
      code: "rate_limit_exceeded",
      message: `Rate limit reached for ${model} on ${kind} per minute: limit ${limit}. Please try again in ${Math.ceil(retryAfterMs)}ms.`,
    }),
  injected: {
    "429": failure({
      status: 429,
      type: "requests",
      code: "rate_limit_exceeded",
      message: "Rate limit reached. Please try again later.",
    }),
    "500": failure({
      status: 500,
      type: "server_error",
      code: null,
      message: "The server had an error while processing your request.",
    }),
    "503": failure({
      status: 503,
      type: "server_error",
      code: null,
      message: "The engine is currently overloaded, please try again later.",
    }),
    quota: failure({
      status: 429,
      type: "insufficient_quota",
      code: "insufficient_quota",
      message: "You exceeded your current quota, please check your plan and billing details.",
    }),
    "context-length": invalidRequest(
      "context_length_exceeded",
      "The messages are longer than this model's context. Please reduce their length.",
      "messages",
    ),
    "content-filter": invalidRequest(
      "content_filter",
      "The response was filtered because the prompt triggered the content management policy.",
      "prompt",
    ),
  },
  limitHeaders,
};
