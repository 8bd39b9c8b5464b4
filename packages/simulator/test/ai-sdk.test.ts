import { createAnthropic } from "@ai-sdk/anthropic";
import { createOpenAI } from "@ai-sdk/openai";
import { describe, expect, test } from "vitest";
import { model, simulator } from "./client.ts";

const replies = [
  {
    match: "Great service",
    reply: "sentiment: positive",
    logprobs: ["sentiment", ":", " positive"].map((token) => ({
      token,
      logprob: -0.1,
      top: [
        { token, logprob: -0.1 },
        { token: " other", logprob: -3 },
      ],
    })),
  },
  { match: "Never again", reply: "negative. ".repeat(20) },
];

const prompt = (text: string) => [
  { role: "system" as const, content: "Which sentiment?" },
  { role: "user" as const, content: [{ type: "text" as const, text }] },
];

const openaiAt = (url: string) => createOpenAI({ baseURL: url, apiKey: "any" });
const anthropicAt = (url: string) => createAnthropic({ baseURL: url, apiKey: "any" });

type Address = (url: string) => ReturnType<ReturnType<typeof createOpenAI>["chat"]>;

describe.each<[string, Address]>([
  ["OpenAI's chat completions", (url) => openaiAt(url).chat(model)],
  ["OpenAI's responses", (url) => openaiAt(url).responses(model)],
  ["OpenAI's completions", (url) => openaiAt(url).completion(model)],
  ["Anthropic's messages", (url) => anthropicAt(url).messages(model)],
])("%s through the AI SDK", (_name, at) => {
  test("answer, count tokens, and say when they were cut", async () => {
    const { url } = await simulator({ replies });
    const whole = await at(url).doGenerate({
      prompt: prompt("Great service"),
      maxOutputTokens: 50,
    });
    expect(whole.content).toMatchObject([{ type: "text", text: "sentiment: positive" }]);
    expect(whole.finishReason.unified).toBe("stop");
    expect(whole.usage.outputTokens.total).toBe(3);
    expect(whole.response?.modelId).toBe(model);
    const cut = await at(url).doGenerate({ prompt: prompt("Never again"), maxOutputTokens: 16 });
    expect(cut.finishReason.unified).toBe("length");
    expect(cut.usage.outputTokens.total).toBe(16);
  });

  test("fail in their provider's words, which the SDK takes for passing or lasting", async () => {
    const passing = await simulator({ replies, faults: [{ fault: "503" }] });
    await expect(
      at(passing.url).doGenerate({ prompt: prompt("Great service") }),
    ).rejects.toMatchObject({ isRetryable: true, message: expect.stringMatching(/overloaded/i) });
    const lasting = await simulator({ replies, faults: [{ fault: "context-length" }] });
    await expect(
      at(lasting.url).doGenerate({ prompt: prompt("Great service") }),
    ).rejects.toMatchObject({ isRetryable: false, statusCode: 400 });
  });
});

describe("token probabilities through the AI SDK", () => {
  const options = {
    prompt: prompt("Great service"),
    maxOutputTokens: 50,
    providerOptions: { openai: { logprobs: 2 } },
  };

  test("of responses", async () => {
    const { url } = await simulator({ replies });
    const { providerMetadata } = await openaiAt(url).responses(model).doGenerate(options);
    expect(providerMetadata?.openai?.logprobs).toMatchObject([
      [{}, {}, { token: " positive", top_logprobs: [{ token: " positive" }, { token: " other" }] }],
    ]);
  });

  test("of completions", async () => {
    const { url } = await simulator({ replies });
    const { providerMetadata } = await openaiAt(url).completion(model).doGenerate(options);
    expect(providerMetadata?.openai?.logprobs).toMatchObject({
      tokens: ["sentiment", ":", " positive"],
      top_logprobs: [{}, {}, { " positive": -0.1, " other": -3 }],
    });
  });
});

describe.each([
  ["OpenAI's", (url: string) => openaiAt(url).experimental_batch()],
  ["Anthropic's", (url: string) => anthropicAt(url).experimental_batch()],
])("%s batches through the AI SDK", (_name, at) => {
  test("are started, watched, listed and read", async () => {
    const { url } = await simulator({
      replies,
      faults: [{ fault: "content-filter", share: 0.5 }],
      seed: 2,
      batch: { durationMs: 100 },
    });
    const batch = at(url);
    const texts = Array.from({ length: 12 }, (_, i) => `Review ${i}: Great service`);
    const started = await batch.doStartBatch({
      requests: texts.map((text, i) => ({
        type: "text" as const,
        id: `record-${i}`,
        modelId: model,
        options: { prompt: prompt(text), maxOutputTokens: 50 },
      })),
    });
    expect(started.status).toBe("pending");
    const { batchId } = started;
    await expect
      .poll(async () => (await batch.doGetBatchStatus({ batchId })).status, { timeout: 10_000 })
      .toBe("completed");
    const { requestCounts } = await batch.doGetBatchStatus({ batchId });
    expect(requestCounts?.total).toBe(12);
    expect((await batch.doListBatches?.({}))?.batches.map((each) => each.batchId)).toEqual([
      batchId,
    ]);

    const results = [];
    for await (const result of await batch.doGetBatchResults({ batchId })) results.push(result);
    expect(results.map((each) => each.id).sort()).toEqual(
      texts.map((_, i) => `record-${i}`).sort(),
    );
    const succeeded = results.filter((each) => each.status === "succeeded");
    const failed = results.filter((each) => each.status === "failed");
    expect(requestCounts).toMatchObject({ completed: succeeded.length, failed: failed.length });
    expect(succeeded.length).toBeGreaterThan(0);
    expect(failed.length).toBeGreaterThan(0);
    expect(succeeded[0]).toMatchObject({
      result: { content: [{ type: "text", text: "sentiment: positive" }] },
    });
    expect(failed[0]).toMatchObject({ error: { message: expect.stringMatching(/filter/) } });
  });

  test("are cancelled, and say of each request that it was", async () => {
    const { url } = await simulator({ replies, batch: { durationMs: 5000 } });
    const batch = at(url);
    const { batchId } = await batch.doStartBatch({
      requests: [
        {
          type: "text" as const,
          id: "record-0",
          modelId: model,
          options: { prompt: prompt("Great service"), maxOutputTokens: 50 },
        },
      ],
    });
    await batch.doCancelBatch?.({ batchId });
    await expect
      .poll(async () => (await batch.doGetBatchStatus({ batchId })).status, { timeout: 10_000 })
      .not.toBe("pending");
    const results = [];
    for await (const result of await batch.doGetBatchResults({ batchId })) results.push(result);
    expect(results).toMatchObject([{ id: "record-0", status: "cancelled" }]);
  });
});
