import type { ModelConfiguration } from "@countersign/core";
import { expect, test } from "vitest";
import { type Call, completion, startProvider } from "../../test/provider.ts";
import { chatModel } from "./ai-sdk-model.ts";
import type { ChatRequest } from "./chat-model.ts";

const request: ChatRequest = {
  prompt: { system: "Label it.", user: "hello" },
  parameters: { temperature: 0, topP: 0.5, maxOutputTokens: 20, seed: 7, topLogprobs: 3 },
  timeoutMs: 5000,
};

const never = new AbortController().signal;

const compatible = (baseUrl: string, keyVariable?: string): ModelConfiguration => ({
  provider: "openai-compatible",
  model: "m",
  baseUrl,
  ...(keyVariable === undefined ? {} : { keyVariable }),
});

/** Asks a provider that answers so, once. */
async function ask(answer: (call: Call) => void, changed: Partial<ChatRequest> = {}) {
  await using provider = await startProvider(answer);
  const model = chatModel(compatible(provider.address), {});
  return await model.call({ ...request, ...changed }, never);
}

const logprobs = {
  content: [
    {
      token: "good",
      logprob: -0.1,
      bytes: [103],
      top_logprobs: [
        { token: "good", logprob: -0.1, bytes: [103] },
        { token: "bad", logprob: -2.4, bytes: null },
      ],
    },
    { token: ".", logprob: -0.5, bytes: [46], top_logprobs: [] },
  ],
};

test.each(["openai", "openai-compatible"] as const)(
  "%s: the request holds prompt and parameters, the reply text, usage and token probabilities",
  async (provider) => {
    await using service = await startProvider((call) =>
      call.send(200, completion("good.", { logprobs }), { "x-countersign-simulated": "true" }),
    );
    const environment = { OPENAI_API_KEY: "sk-secret-key", OPENAI_BASE_URL: `${service.address}/` };
    const configuration: ModelConfiguration =
      provider === "openai"
        ? { provider, model: "m" }
        : compatible(service.address, "OPENAI_API_KEY");
    const reply = await chatModel(configuration, environment).call(request, never);

    expect(service.calls).toMatchObject([
      {
        authorization: "Bearer sk-secret-key",
        body: {
          model: "m",
          messages: [
            { role: "system", content: "Label it." },
            { role: "user", content: "hello" },
          ],
          temperature: 0,
          top_p: 0.5,
          max_tokens: 20,
          seed: 7,
          logprobs: true,
          top_logprobs: 3,
        },
      },
    ]);
    expect(reply).toEqual({
      ok: true,
      value: {
        text: "good.",
        finish: "stop",
        usage: { inputTokens: 10, cachedInputTokens: 0, outputTokens: 2 },
        modelVersion: "test-model-2025-01-01",
        latencyMs: expect.any(Number),
        logprobs: [
          {
            token: "good",
            logprob: -0.1,
            top: [
              { token: "good", logprob: -0.1 },
              { token: "bad", logprob: -2.4 },
            ],
          },
          { token: ".", logprob: -0.5, top: [] },
        ],
        simulated: true,
        headers: expect.objectContaining({ "x-countersign-simulated": "true" }),
      },
    });
  },
);

test("no probabilities are asked for where none are wanted, and no key sent where none is named", async () => {
  await using provider = await startProvider((call) => call.send(200, completion("good")));
  const model = chatModel(compatible(provider.address), { OPENAI_API_KEY: "sk-secret-key" });
  const reply = await model.call({ ...request, parameters: { topLogprobs: 0 } }, never);
  expect(reply).toMatchObject({ ok: true, value: { logprobs: undefined, simulated: false } });
  expect(provider.calls[0]?.authorization).toBeUndefined();
  expect(provider.calls[0]?.body).not.toHaveProperty("logprobs");
});

test("a key that is missing on the server fails before any call", async () => {
  await using provider = await startProvider((call) => call.send(200, completion("good")));
  const environment = { OPENAI_BASE_URL: provider.address };
  const model = chatModel({ provider: "openai", model: "m" }, environment);
  expect(await model.call(request, never)).toMatchObject({
    ok: false,
    error: {
      kind: "delegate",
      scope: "job",
      reason: "bad-key",
      message: expect.stringContaining("OPENAI_API_KEY"),
    },
  });
  expect(provider.calls).toEqual([]);
});

test("a provider that echoes the key does not get it into the message or the reply", async () => {
  await using provider = await startProvider((call) =>
    call.before === 0
      ? call.send(401, {
          error: { message: `Wrong key: ${call.authorization}`, code: "invalid_api_key" },
        })
      : call.send(200, completion(`you sent ${call.authorization}`)),
  );
  const model = chatModel(compatible(provider.address, "MY_API_KEY"), {
    MY_API_KEY: "sk-secret-key",
  });
  expect(await model.call(request, never)).toMatchObject({
    error: { reason: "bad-key", message: "Wrong key: Bearer [key]" },
  });
  expect(await model.call(request, never)).toMatchObject({
    value: { text: "you sent Bearer [key]" },
  });
});

test("a reply cut off, held back or refused says so", async () => {
  const finished = (finish_reason: string, message = {}) =>
    completion("…", { finish_reason, ...message });
  expect(await ask((call) => call.send(200, finished("length")))).toMatchObject({
    value: { finish: "length" },
  });
  expect(await ask((call) => call.send(200, finished("content_filter")))).toMatchObject({
    value: { finish: "content-filter" },
  });
  const message = { role: "assistant", content: null, refusal: "I cannot help with that." };
  expect(await ask((call) => call.send(200, finished("stop", { message })))).toMatchObject({
    value: { finish: "content-filter", text: "I cannot help with that." },
  });
});

test("text that no database holds is mended", async () => {
  const reply = await ask((call) => call.send(200, completion("a\u0000b\ud800c")));
  expect(reply).toMatchObject({ value: { text: "a\ufffdb\ufffdc" } });
});

const malformed: [string, (call: Call) => void][] = [
  ["no JSON", (call) => call.send(200, "<html>hello</html>")],
  ["JSON cut off", (call) => call.send(200, JSON.stringify(completion("good")).slice(0, 60))],
  ["no choices", (call) => call.send(200, { ...completion("good"), choices: [] })],
  ["another document", (call) => call.send(200, { hello: "world" })],
  ["nothing", (call) => call.send(200, "")],
];
test.each(malformed)("a 200 with %s is malformed and may be tried again", async (_, answer) => {
  expect(await ask(answer)).toMatchObject({
    ok: false,
    error: { kind: "retry", reason: "malformed-reply" },
  });
});

test("an error document under a 200 is taken for the error it names", async () => {
  const limited = { error: { message: "slow down", code: 429 } };
  expect(await ask((call) => call.send(200, limited))).toMatchObject({
    error: { reason: "rate-limited", message: "slow down" },
  });
});

const lost: [string, (call: Call) => void][] = [
  ["before a reply", (call) => call.response.destroy()],
  [
    "within a reply",
    (call) => {
      call.response.writeHead(200, { "content-length": "1000" });
      call.response.write("{", () => call.response.destroy());
    },
  ],
];
test.each(lost)("a connection lost %s may be tried again", async (_, answer) => {
  expect(await ask(answer)).toMatchObject({
    error: {
      kind: "retry",
      reason: "connection",
      message: expect.stringMatching(/^No connection to the provider: ./),
    },
  });
});

test("a provider that is not there is told as such", async () => {
  const gone = await startProvider(() => undefined);
  await gone[Symbol.asyncDispose]();
  expect(await chatModel(compatible(gone.address), {}).call(request, never)).toMatchObject({
    error: {
      kind: "retry",
      reason: "connection",
      message: expect.stringContaining("ECONNREFUSED"),
    },
  });
});

test("a reply that takes too long may be tried again", async () => {
  expect(await ask(() => undefined, { timeoutMs: 30 })).toEqual({
    ok: false,
    error: { kind: "retry", reason: "timeout", message: "No reply within 0.03 seconds." },
  });
});

test("a call that is given up ends at once", async () => {
  await using provider = await startProvider(() => stop.abort());
  const stop = new AbortController();
  const model = chatModel(compatible(provider.address), {});
  expect(await model.call(request, stop.signal)).toEqual({ ok: false, error: { kind: "aborted" } });
  expect(await model.call(request, stop.signal)).toEqual({ ok: false, error: { kind: "aborted" } });
  expect(provider.calls).toHaveLength(1);
});
