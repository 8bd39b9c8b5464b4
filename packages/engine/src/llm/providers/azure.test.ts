import type { ModelConfiguration } from "@countersign/core";
import { expect, test } from "vitest";
import { key, overTheWire, type WireReply } from "../../../test/wire.ts";

const dated = {
  provider: "azure",
  model: "gpt-4o-mini",
  deployment: "labels-eu",
  apiVersion: "2024-10-21",
} as const satisfies ModelConfiguration;
const undated = { provider: "azure", model: "gpt-5-mini" } as const satisfies ModelConfiguration;

const variables = (address: string) => ({
  AZURE_API_KEY: key,
  AZURE_OPENAI_ENDPOINT: `${address}/`,
});

const completion: WireReply = {
  body: {
    id: "c",
    object: "chat.completion",
    created: 1,
    model: "gpt-4o-mini-2024-07-18",
    choices: [{ index: 0, message: { role: "assistant", content: "good" }, finish_reason: "stop" }],
    usage: { prompt_tokens: 12, completion_tokens: 3, total_tokens: 15 },
  },
};

test("a dated version goes to the deployment's address, with the key in Azure's header", async () => {
  const asked = { temperature: 0, topLogprobs: 3 };
  const { result, requests } = await overTheWire(dated, variables, completion, asked);
  expect(requests[0]).toMatchObject({
    path: "/openai/deployments/labels-eu/chat/completions?api-version=2024-10-21",
    headers: { "api-key": key },
    body: { temperature: 0, logprobs: true, top_logprobs: 3 },
  });
  expect(requests[0]?.headers).not.toHaveProperty("authorization");
  expect(result).toMatchObject({ value: { text: "good", modelVersion: "gpt-4o-mini-2024-07-18" } });
});

test("without a version it is the v1 API; an agent may name its endpoint", async () => {
  const asked = { temperature: 0, maxOutputTokens: 50 };
  const { requests } = await overTheWire(undated, variables, completion, asked);
  expect(requests[0]).toMatchObject({
    path: "/openai/v1/chat/completions",
    body: { model: "gpt-5-mini", max_completion_tokens: 50 },
  });
  expect(requests[0]?.body).not.toHaveProperty("temperature");
});

test("whether a deployment reasons goes by its model, whatever the deployment is called", async () => {
  const named: ModelConfiguration = { ...undated, deployment: "fast" };
  const { requests } = await overTheWire(named, variables, completion, { maxOutputTokens: 50 });
  expect(requests[0]?.body).toMatchObject({ model: "fast", max_completion_tokens: 50 });
});

test("an endpoint that is nowhere named is told before any call", async () => {
  const { result, requests } = await overTheWire(dated, () => ({ AZURE_API_KEY: key }), completion);
  expect(result).toMatchObject({
    error: {
      scope: "job",
      reason: "wrong-address",
      message: expect.stringContaining("AZURE_OPENAI_ENDPOINT"),
    },
  });
  expect(requests).toEqual([]);
});

const failure = (status: number, code: string, more: object = {}): WireReply => ({
  status,
  body: { error: { code, message: "in Azure's words", ...more } },
});

test.each([
  [failure(401, "401"), "job", "bad-key"],
  [failure(404, "DeploymentNotFound"), "job", "unknown-model"],
  [
    failure(400, "content_filter", {
      param: "prompt",
      innererror: { code: "ResponsibleAIPolicyViolation" },
    }),
    "item",
    "content-refused",
  ],
  [failure(400, "context_length_exceeded", { param: "messages" }), "item", "prompt-too-long"],
  [failure(400, "OperationNotSupported"), "job", "invalid-request"],
])("%j is told: %s, %s", async (reply, scope, reason) => {
  const { result } = await overTheWire(dated, variables, reply);
  expect(result).toMatchObject({ error: { kind: "delegate", scope, reason } });
});

test("too many requests are tried again after what Azure asks for", async () => {
  const limited = { ...failure(429, "RateLimitReached"), headers: { "retry-after-ms": "1500" } };
  const { result } = await overTheWire(dated, variables, limited);
  expect(result).toMatchObject({
    error: { kind: "retry", reason: "rate-limited", retryAfterMs: 1500 },
  });
});
