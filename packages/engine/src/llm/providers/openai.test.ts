import type { ModelConfiguration } from "@countersign/core";
import { expect, test } from "vitest";
import { key, overTheWire, type WireReply } from "../../../test/wire.ts";

const variables = (address: string) => ({ OPENAI_API_KEY: key, OPENAI_BASE_URL: `${address}/v1` });

const responses = {
  provider: "openai",
  model: "gpt-4.1-mini",
  interface: "responses",
} as const satisfies ModelConfiguration;

const response = (part: object, rest: object = {}): WireReply => ({
  body: {
    id: "resp_1",
    object: "response",
    created_at: 1,
    model: "gpt-4.1-mini-2025-04-14",
    status: "completed",
    error: null,
    incomplete_details: null,
    output: [
      { type: "message", id: "msg_1", role: "assistant", status: "completed", content: [part] },
    ],
    usage: {
      input_tokens: 12,
      input_tokens_details: { cached_tokens: 4 },
      output_tokens: 3,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: 15,
    },
    ...rest,
  },
});

const logprobs = [
  {
    token: "good",
    logprob: -0.1,
    bytes: [103],
    top_logprobs: [{ token: "bad", logprob: -2.5, bytes: null }],
  },
];
const written = { type: "output_text", text: "good", annotations: [], logprobs };
const read = [{ token: "good", logprob: -0.1, top: [{ token: "bad", logprob: -2.5 }] }];

test("responses: asked for and read, with nothing left stored at the provider", async () => {
  const asked = { temperature: 0, maxOutputTokens: 50, seed: 7, topLogprobs: 3 };
  const { result, requests } = await overTheWire(responses, variables, response(written), asked);
  expect(requests[0]?.path).toBe("/v1/responses");
  expect(requests[0]?.body).toMatchObject({
    model: "gpt-4.1-mini",
    temperature: 0,
    max_output_tokens: 50,
    top_logprobs: 3,
    include: ["message.output_text.logprobs"],
    store: false,
    input: [
      { role: "system", content: "Label it." },
      { role: "user", content: [{ type: "input_text", text: "hello" }] },
    ],
  });
  expect(requests[0]?.body).not.toHaveProperty("seed");
  expect(result).toMatchObject({
    value: {
      text: "good",
      finish: "stop",
      usage: { inputTokens: 12, cachedInputTokens: 4, outputTokens: 3 },
      modelVersion: "gpt-4.1-mini-2025-04-14",
      logprobs: read,
    },
  });
});

test("responses: what is refused, cut off or failed says so", async () => {
  const refusal = { type: "refusal", refusal: "I cannot help with that." };
  expect(await overTheWire(responses, variables, response(refusal))).toMatchObject({
    result: { value: { finish: "content-filter", text: "I cannot help with that." } },
  });
  const cut = { status: "incomplete", incomplete_details: { reason: "max_output_tokens" } };
  expect(await overTheWire(responses, variables, response(written, cut))).toMatchObject({
    result: { value: { finish: "length" } },
  });
  const failed = { status: "failed", error: { code: "server_error", message: "It broke." } };
  expect(await overTheWire(responses, variables, response(written, failed))).toMatchObject({
    result: { error: { kind: "retry", reason: "server-error", message: "It broke." } },
  });
});

test.each(["openai", "openai-compatible"] as const)(
  "%s: the old completions, asked for and read",
  async (provider) => {
    const named = { model: "gpt-3.5-turbo-instruct", interface: "completions" } as const;
    const reply: WireReply = {
      body: {
        id: "c",
        object: "text_completion",
        created: 1,
        model: "gpt-3.5-turbo-instruct",
        choices: [
          {
            index: 0,
            text: "good",
            finish_reason: "stop",
            logprobs: {
              tokens: ["good"],
              token_logprobs: [-0.1],
              top_logprobs: [{ bad: -2.5 }],
              text_offset: [0],
            },
          },
        ],
        usage: { prompt_tokens: 12, completion_tokens: 3, total_tokens: 15 },
      },
    };
    const configuration = (address: string): ModelConfiguration =>
      provider === "openai"
        ? { provider, ...named }
        : { provider, ...named, baseUrl: `${address}/v1` };
    const asked = { temperature: 0, maxOutputTokens: 50, topLogprobs: 3 };
    const { result, requests } = await overTheWire(configuration, variables, reply, asked);
    expect(requests[0]?.path).toBe("/v1/completions");
    expect(requests[0]?.body).toMatchObject({
      model: "gpt-3.5-turbo-instruct",
      prompt: expect.stringMatching(/Label it\.[\s\S]*hello/),
      temperature: 0,
      max_tokens: 50,
      logprobs: 3,
    });
    expect(result).toMatchObject({ value: { text: "good", finish: "stop", logprobs: read } });
  },
);

test("chat: a reply is held to a structure where the model can be, and not where it cannot", async () => {
  const structure = {
    type: "object",
    properties: { tone: { type: "string", enum: ["good", "bad"] } },
    required: ["tone"],
    additionalProperties: false,
  } as const;
  const chat = (model: string): ModelConfiguration => ({ provider: "openai", model });
  const reply: WireReply = {
    body: {
      id: "c",
      object: "chat.completion",
      created: 1,
      model: "m",
      choices: [{ index: 0, message: { role: "assistant", content: "{}" }, finish_reason: "stop" }],
    },
  };
  const held = await overTheWire(chat("gpt-4.1-mini"), variables, reply, { structure });
  expect(held.requests[0]?.body).toMatchObject({
    response_format: { type: "json_schema", json_schema: { strict: true, schema: structure } },
  });
  const free = await overTheWire(chat("gpt-3.5-turbo"), variables, reply, { structure });
  expect(free.requests[0]?.body).not.toHaveProperty("response_format");
});

test("chat: a model that reasons is sent neither temperature nor a wish for probabilities", async () => {
  const asked = { temperature: 0, topP: 0.5, maxOutputTokens: 50, topLogprobs: 5 };
  const { requests } = await overTheWire(
    { provider: "openai", model: "o4-mini" },
    variables,
    response(written),
    asked,
  );
  expect(requests[0]?.body).toEqual({
    model: "o4-mini",
    max_completion_tokens: 50,
    messages: [
      { role: "developer", content: "Label it." },
      { role: "user", content: "hello" },
    ],
  });
});
