import type { Rejection } from "../simulation/rate-limiter.ts";

/** An answer in OpenAI's error form. */
export interface ApiError {
  readonly status: number;
  readonly type: string;
  readonly code: string | null;
  readonly param?: string;
  readonly message: string;
}

export const errorBody = ({ type, code, param, message }: ApiError): string =>
  JSON.stringify({ error: { message, type, param: param ?? null, code } });

const invalidRequest = (code: string | null, message: string, param?: string): ApiError => ({
  status: 400,
  type: "invalid_request_error",
  code,
  message,
  ...(param !== undefined && { param }),
});

export const badRequest = (message: string, param?: string): ApiError =>
  invalidRequest(null, message, param);

export const noReplyRecorded: ApiError = invalidRequest(
  "no_reply_recorded",
  "The simulator has no answer to this prompt: none of the texts recorded for this model stands in it. It only replays, and never makes an answer up.",
  "messages",
);

export const invalidApiKey: ApiError = {
  status: 401,
  type: "invalid_request_error",
  code: "invalid_api_key",
  message: "Incorrect API key provided. The simulator was started with another one.",
};

export const modelNotFound = (model: string, models: readonly string[]): ApiError => ({
  status: 404,
  type: "invalid_request_error",
  code: "model_not_found",
  param: "model",
  message: `The model ${JSON.stringify(model)} does not exist. The simulator answers for ${models.join(", ")}.`,
});

export const unknownUrl = (method: string, path: string): ApiError => ({
  status: 404,
  type: "invalid_request_error",
  code: "unknown_url",
  message: `Unknown request URL: ${method} ${path}.`,
});

export const rateLimited = (model: string, { kind, limit, retryAfterMs }: Rejection): ApiError => ({
  status: 429,
  type: kind,
  code: "rate_limit_exceeded",
  message: `Rate limit reached for ${model} on ${kind} per minute: limit ${limit}. Please try again in ${Math.ceil(retryAfterMs)}ms.`,
});

/** The errors that fault rules inject, by fault. */
export const injectedErrors = {
  "429": {
    status: 429,
    type: "requests",
    code: "rate_limit_exceeded",
    message: "Rate limit reached. Please try again later.",
  },
  "500": {
    status: 500,
    type: "server_error",
    code: null,
    message: "The server had an error while processing your request.",
  },
  "503": {
    status: 503,
    type: "server_error",
    code: null,
    message: "The engine is currently overloaded, please try again later.",
  },
  quota: {
    status: 429,
    type: "insufficient_quota",
    code: "insufficient_quota",
    message: "You exceeded your current quota, please check your plan and billing details.",
  },
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
} satisfies Record<string, ApiError>;
