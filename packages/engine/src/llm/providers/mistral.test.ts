import type { ModelConfiguration } from "@countersign/core";
import { expect, test } from "vitest";
import { key, overTheWire, type WireReply } from "../../../test/wire.ts";

const small: ModelConfiguration = { provider: "mistral", model: "mistral-small-latest" };

const variables = (address: string) => ({ MISTRAL_API_KEY: key, MISTRAL_BASE_URL: address });

const completion = (finish_reason: string): WireReply => ({
  body: {
    id: "c",
    object: "chat.completion",
    created: 1,
    model: "mistral-small-2603",
    choices: [{ index: 0, message: { role: "assistant", content: "good" }, finish_reason }],
    usage: { prompt_tokens: 12, completion_tokens: 3, total_tokens: 15 },
  },
});

const failure = (status: number, type: string, code: string): WireReply => ({
  status,
  body: { object: "error", message: "in Mistral's words", type, param: null, code },
});

test("a completion is asked for and read; the seed goes by Mistral's name", async () => {
  const asked = { temperature: 0, maxOutputTokens: 50, seed: 7, topLogprobs: 5 };
  const { result, requests } = await overTheWire(small, variables, completion("stop"), asked);
  expect(requests[0]).toMatchObject({
    path: "/v1/chat/completions",
    headers: { authorization: `Bearer ${key}` },
  });
  expect(requests[0]?.body).toEqual({
    model: "mistral-small-latest",
    max_tokens: 50,
    temperature: 0,
    random_seed: 7,
    messages: [
      { role: "system", content: "Label it." },
      { role: "user", content: [{ type: "text", text: "hello" }] },
    ],
  });
  expect(result).toMatchObject({
    value: {
      text: "good",
      finish: "stop",
      usage: { inputTokens: 12, outputTokens: 3 },
      modelVersion: "mistral-small-2603",
    },
  });
});

test("a completion cut off says so", async () => {
  const { result } = await overTheWire(small, variables, completion("length"));
  expect(result).toMatchObject({ value: { finish: "length" } });
});

test.each([
  [{ status: 401, body: { detail: "Unauthorized" } }, "job", "bad-key"],
  [failure(400, "invalid_model", "1500"), "job", "unknown-model"],
  [failure(400, "invalid_request_error", "3051"), "item", "prompt-too-long"],
  [{ status: 402, body: { message: "Payment required" } }, "job", "quota-exhausted"],
  [
    {
      status: 422,
      body: { detail: [{ type: "less_than_equal", loc: ["body", "temperature"], msg: "too hot" }] },
    },
    "job",
    "invalid-request",
  ],
] as const)("%j is told: %s, %s", async (reply, scope, reason) => {
  const { result } = await overTheWire(small, variables, reply);
  expect(result).toMatchObject({ error: { kind: "delegate", scope, reason } });
});

test.each([
  [failure(429, "service_tier_capacity_exceeded", "3505"), "rate-limited"],
  [{ status: 429, body: { message: "Requests rate limit exceeded" } }, "rate-limited"],
  [{ status: 503, body: { message: "Service unavailable." } }, "overloaded"],
])("%j is tried again: %s", async (reply, reason) => {
  const { result } = await overTheWire(small, variables, reply);
  expect(result).toMatchObject({ error: { kind: "retry", reason } });
});
