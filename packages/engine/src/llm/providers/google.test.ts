import type { ModelConfiguration } from "@countersign/core";
import { expect, test } from "vitest";
import { key, overTheWire, type WireReply } from "../../../test/wire.ts";

const flash: ModelConfiguration = { provider: "google", model: "gemini-2.5-flash" };

const variables = (address: string) => ({ GEMINI_API_KEY: key, GOOGLE_GEMINI_BASE_URL: address });

const generated = (candidate: object, rest: object = {}): WireReply => ({
  body: {
    candidates: [
      { content: { role: "model", parts: [{ text: "good" }] }, finishReason: "STOP", ...candidate },
    ],
    usageMetadata: { promptTokenCount: 12, candidatesTokenCount: 3, totalTokenCount: 15 },
    modelVersion: "gemini-2.5-flash-001",
    responseId: "r",
    ...rest,
  },
});

const failure = (code: number, status: string, details: object[] = [], message = "so it says") => ({
  status: code,
  body: { error: { code, message, status, details } },
});

const errorInfo = (reason: string) => ({
  "@type": "type.googleapis.com/google.rpc.ErrorInfo",
  reason,
  domain: "googleapis.com",
});

test("content is asked for and read", async () => {
  const asked = { temperature: 0, topP: 0.5, maxOutputTokens: 50, seed: 7, topLogprobs: 5 };
  const { result, requests } = await overTheWire(flash, variables, generated({}), asked);
  expect(requests[0]).toMatchObject({
    path: "/v1beta/models/gemini-2.5-flash:generateContent",
    headers: { "x-goog-api-key": key },
  });
  expect(requests[0]?.body).toEqual({
    systemInstruction: { parts: [{ text: "Label it." }] },
    contents: [{ role: "user", parts: [{ text: "hello" }] }],
    generationConfig: { temperature: 0, topP: 0.5, maxOutputTokens: 50, seed: 7 },
  });
  expect(result).toMatchObject({
    value: {
      text: "good",
      finish: "stop",
      usage: { inputTokens: 12, outputTokens: 3 },
      modelVersion: "gemini-2.5-flash-001",
      logprobs: undefined,
    },
  });
});

test("probabilities are asked for and read where the user says that the model gives them", async () => {
  const giving: ModelConfiguration = { ...flash, capabilities: { logprobs: 5 } };
  const logprobsResult = {
    topCandidates: [
      {
        candidates: [
          { token: "good", tokenId: 1, logProbability: -0.1 },
          { token: "bad", tokenId: 2, logProbability: -2.5 },
        ],
      },
    ],
    chosenCandidates: [{ token: "good", tokenId: 1, logProbability: -0.1 }],
  };
  const { result, requests } = await overTheWire(giving, variables, generated({ logprobsResult }), {
    topLogprobs: 2,
  });
  expect(requests[0]?.body).toMatchObject({
    generationConfig: { responseLogprobs: true, logprobs: 2 },
  });
  expect(result).toMatchObject({
    value: {
      logprobs: [
        {
          token: "good",
          logprob: -0.1,
          top: [
            { token: "good", logprob: -0.1 },
            { token: "bad", logprob: -2.5 },
          ],
        },
      ],
    },
  });
});

test.each([
  ["SAFETY", "content-filter"],
  ["MAX_TOKENS", "length"],
])("a candidate that finished by %s ended by %s", async (finishReason, finish) => {
  const { result } = await overTheWire(flash, variables, generated({ finishReason }));
  expect(result).toMatchObject({ value: { finish } });
});

test("a prompt that is blocked is refused, not malformed", async () => {
  const { result } = await overTheWire(flash, variables, {
    body: { promptFeedback: { blockReason: "PROHIBITED_CONTENT" }, modelVersion: "g" },
  });
  expect(result).toMatchObject({ ok: true, value: { text: "", finish: "content-filter" } });
});

test.each([
  [failure(400, "INVALID_ARGUMENT", [errorInfo("API_KEY_INVALID")]), "job", "bad-key"],
  [failure(401, "UNAUTHENTICATED"), "job", "bad-key"],
  [failure(403, "PERMISSION_DENIED"), "job", "access-denied"],
  [failure(400, "FAILED_PRECONDITION"), "job", "access-denied"],
  [failure(404, "NOT_FOUND"), "job", "unknown-model"],
  [
    failure(
      400,
      "INVALID_ARGUMENT",
      [],
      "The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).",
    ),
    "item",
    "prompt-too-long",
  ],
  [failure(400, "INVALID_ARGUMENT"), "item", "invalid-request"],
])("%j is told: %s, %s", async (reply, scope, reason) => {
  const { result } = await overTheWire(flash, variables, reply);
  expect(result).toMatchObject({ error: { kind: "delegate", scope, reason } });
});

test.each([
  [failure(429, "RESOURCE_EXHAUSTED"), "rate-limited"],
  [failure(500, "INTERNAL"), "server-error"],
  [failure(503, "UNAVAILABLE"), "overloaded"],
  [failure(504, "DEADLINE_EXCEEDED"), "timeout"],
])("%j is tried again: %s", async (reply, reason) => {
  const { result } = await overTheWire(flash, variables, reply);
  expect(result).toMatchObject({ error: { kind: "retry", reason } });
});

test("the wait that Google asks for in the body is kept to, and one for a day's quota is told", async () => {
  const retryInfo = (retryDelay: string) => [
    { "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay },
  ];
  const soon = failure(429, "RESOURCE_EXHAUSTED", retryInfo("34.5s"));
  expect(await overTheWire(flash, variables, soon)).toMatchObject({
    result: { error: { reason: "rate-limited", retryAfterMs: 34_500 } },
  });
  const tomorrow = failure(429, "RESOURCE_EXHAUSTED", retryInfo("40000s"));
  expect(await overTheWire(flash, variables, tomorrow)).toMatchObject({
    result: { error: { scope: "job", reason: "quota-exhausted" } },
  });
});

test("a key that the provider repeats is in no message", async () => {
  const said = failure(400, "INVALID_ARGUMENT", [errorInfo("API_KEY_INVALID")], `Bad key ${key}.`);
  const { result } = await overTheWire(flash, variables, said);
  expect(JSON.stringify(result)).not.toContain(key);
});
