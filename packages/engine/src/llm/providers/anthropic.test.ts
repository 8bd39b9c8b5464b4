import type { ModelConfiguration } from "@countersign/core";
import { expect, test } from "vitest";
import { key, overTheWire, type WireReply } from "../../../test/wire.ts";

const haiku: ModelConfiguration = { provider: "anthropic", model: "claude-haiku-4-5" };

const variables = (address: string) => ({ ANTHROPIC_API_KEY: key, ANTHROPIC_BASE_URL: address });

const message = (stop_reason: string, text = "tone: good") => ({
  body: {
    type: "message",
    id: "msg_1",
    model: "claude-haiku-4-5-20251001",
    role: "assistant",
    content: [{ type: "text", text }],
    stop_reason,
    stop_sequence: null,
    usage: { input_tokens: 12, cache_read_input_tokens: 4, output_tokens: 3 },
  },
  headers: { "anthropic-ratelimit-requests-remaining": "49" },
});

const failure = (status: number, type: string, words = "in Anthropic's words"): WireReply => ({
  status,
  body: { type: "error", error: { type, message: words }, request_id: "req_1" },
});

test("a message is asked for and read; seed and probabilities, which it has not, are not sent", async () => {
  const asked = { temperature: 0, maxOutputTokens: 50, seed: 7, topLogprobs: 5 };
  const { result, requests } = await overTheWire(haiku, variables, message("end_turn"), asked);
  expect(requests).toHaveLength(1);
  expect(requests[0]).toMatchObject({
    path: "/v1/messages",
    headers: { "x-api-key": key, "anthropic-version": "2023-06-01" },
  });
  expect(requests[0]?.body).toEqual({
    model: "claude-haiku-4-5",
    max_tokens: 50,
    temperature: 0,
    system: [{ type: "text", text: "Label it." }],
    messages: [{ role: "user", content: [{ type: "text", text: "hello" }] }],
  });
  expect(result).toMatchObject({
    ok: true,
    value: {
      text: "tone: good",
      finish: "stop",
      usage: { inputTokens: 16, cachedInputTokens: 4, outputTokens: 3 },
      modelVersion: "claude-haiku-4-5-20251001",
      logprobs: undefined,
      headers: { "anthropic-ratelimit-requests-remaining": "49" },
    },
  });
});

test("a model that takes no temperature is sent none", async () => {
  const opus: ModelConfiguration = { provider: "anthropic", model: "claude-opus-4-7" };
  const asked = { temperature: 0, topP: 0.5 };
  const { requests } = await overTheWire(opus, variables, message("end_turn"), asked);
  expect(requests[0]?.body).not.toHaveProperty("temperature");
  expect(requests[0]?.body).not.toHaveProperty("top_p");
});

test.each([
  ["max_tokens", "length"],
  ["refusal", "content-filter"],
])("a message that stopped for %s ended by %s", async (stop, finish) => {
  const { result } = await overTheWire(haiku, variables, message(stop));
  expect(result).toMatchObject({ value: { finish } });
});

test.each([
  [failure(401, "authentication_error"), "job", "bad-key"],
  [failure(402, "billing_error"), "job", "quota-exhausted"],
  [
    failure(400, "invalid_request_error", "Your credit balance is too low to access the API."),
    "job",
    "quota-exhausted",
  ],
  [failure(403, "permission_error"), "job", "access-denied"],
  [failure(404, "not_found_error", "model: claude-x"), "job", "unknown-model"],
  [failure(413, "request_too_large"), "item", "prompt-too-long"],
  [
    failure(400, "invalid_request_error", "prompt is too long: 210000 tokens > 200000 maximum"),
    "item",
    "prompt-too-long",
  ],
])("%j is told: %s, %s", async (reply, scope, reason) => {
  const { result } = await overTheWire(haiku, variables, reply);
  expect(result).toMatchObject({ error: { kind: "delegate", scope, reason } });
});

test.each([
  [failure(429, "rate_limit_error"), "rate-limited"],
  [failure(500, "api_error"), "server-error"],
  [failure(504, "timeout_error"), "timeout"],
  [failure(529, "overloaded_error"), "overloaded"],
  [failure(500, "overloaded_error"), "overloaded"],
])("%j is tried again: %s", async (reply, reason) => {
  const { result } = await overTheWire(haiku, variables, reply);
  expect(result).toMatchObject({ error: { kind: "retry", reason } });
});

test("a key that the provider repeats is in no message", async () => {
  const { result } = await overTheWire(
    haiku,
    variables,
    failure(401, "authentication_error", `invalid x-api-key ${key}`),
  );
  expect(JSON.stringify(result)).not.toContain(key);
  expect(result).toMatchObject({ error: { message: "invalid x-api-key [key]" } });
});
