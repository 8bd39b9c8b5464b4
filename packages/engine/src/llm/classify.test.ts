import { expect, test } from "vitest";
import { classifyErrorReply } from "./classify.ts";
import { errorWords } from "./error-words.ts";

const classify = (status: number, error?: unknown, headers: Record<string, string> = {}) =>
  classifyErrorReply(
    { status, headers, body: error === undefined ? undefined : JSON.stringify(error) },
    0,
  );

const error = (code: string | null, type = "invalid_request_error", more = {}) => ({
  error: { message: "in the provider's words", type, code, param: null, ...more },
});

test.each([
  [401, error("invalid_api_key"), "job", "bad-key"],
  [401, undefined, "job", "bad-key"],
  [402, { error: { message: "Insufficient credits", code: 402 } }, "job", "quota-exhausted"],
  [403, error("unsupported_country_region_territory"), "job", "access-denied"],
  [
    403,
    { error: { message: "flagged", metadata: { reasons: ["violence"] } } },
    "item",
    "content-refused",
  ],
  [404, error("model_not_found"), "job", "unknown-model"],
  [404, { error: "model 'x' not found, try pulling it first" }, "job", "unknown-model"],
  [404, undefined, "job", "wrong-address"],
  [405, undefined, "job", "wrong-address"],
  [429, error("insufficient_quota", "insufficient_quota"), "job", "quota-exhausted"],
  [429, error(null, "insufficient_quota"), "job", "quota-exhausted"],
  [400, error("context_length_exceeded"), "item", "prompt-too-long"],
  [400, error("content_filter", "invalid_request_error"), "item", "content-refused"],
  [400, error("exceed_context_size_error", "exceed_context_size_error"), "item", "prompt-too-long"],
  [
    400,
    error("unsupported_parameter", undefined, { param: "temperature" }),
    "job",
    "invalid-request",
  ],
  [400, error(null, undefined, { param: "messages[0].content" }), "item", "invalid-request"],
  [400, error(null), "item", "invalid-request"],
  [413, undefined, "item", "prompt-too-long"],
])("HTTP %i with %j is told to the user: %s, %s", (status, body, scope, reason) => {
  expect(classify(status, body)).toMatchObject({ kind: "delegate", scope, reason, status });
});

test.each([
  [408, "timeout"],
  [409, "server-error"],
  [429, "rate-limited"],
  [500, "server-error"],
  [502, "server-error"],
  [503, "overloaded"],
  [529, "overloaded"],
])("HTTP %i is tried again: %s", (status, reason) => {
  expect(classify(status, error(null, "any"))).toMatchObject({ kind: "retry", reason, status });
});

test("vLLM's word for a prompt that is too long counts only under its type", () => {
  const message = "This model's maximum context length is 4096 tokens.";
  expect(
    classify(400, { object: "error", message, type: "BadRequestError", code: 400 }),
  ).toMatchObject({
    reason: "prompt-too-long",
  });
  expect(classify(400, { error: { message, type: "something_else" } })).toMatchObject({
    reason: "invalid-request",
  });
});

test("the wait that is asked for is passed on", () => {
  expect(classify(429, undefined, { "retry-after": "3" })).toMatchObject({ retryAfterMs: 3000 });
  expect(classify(503, undefined, { "retry-after": "3" })).toMatchObject({ retryAfterMs: 3000 });
});

test("a rate limit that lasts for hours is told, not waited for in silence", () => {
  expect(classify(429, error(null), { "retry-after": "7200" })).toMatchObject({
    kind: "delegate",
    scope: "job",
    reason: "quota-exhausted",
  });
});

test("the message is in the provider's words, or says that there were none", () => {
  expect(classify(500, error(null))).toMatchObject({ message: "in the provider's words" });
  const page = { status: 502, headers: {}, body: "<html>Bad gateway</html>" };
  expect(classifyErrorReply(page, 0)).toMatchObject({
    message: "The provider answered HTTP 502 without saying why.",
  });
});

test("words are found in every form of error document that is about", () => {
  const said = (document: unknown) => errorWords(JSON.stringify(document)).message;
  expect(said({ error: { message: "a" } })).toBe("a");
  expect(said({ error: "b" })).toBe("b");
  expect(said({ message: "c", code: 1 })).toBe("c");
  expect(said({ detail: "d" })).toBe("d");
  expect(said(["e"])).toBeUndefined();
  expect(errorWords("{ broken")).toEqual({ flagged: false });
  expect(said({ error: { message: "long ".repeat(1000) } })?.length).toBeLessThan(1100);
});
