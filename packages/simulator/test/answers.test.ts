import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { itemOf, startSimulator } from "../src/index.ts";
import { completionOf, failureOf, model, simulator } from "./client.ts";

const prompt = (text: string) =>
  `Which sentiment?\nOptions: positive, negative\n\nText:\n${text}\n`;

describe("replaying answers", () => {
  test("gives the answer recorded for the text, in OpenAI's form, and says that it is simulated", async () => {
    const { ask } = await simulator({
      replies: [{ match: "Great!", reply: "sentiment: positive" }],
    });
    const response = await ask(prompt("Great!"));
    expect(response.headers.get("x-countersign-simulated")).toBe("true");
    expect(response.headers.get("x-ratelimit-limit-requests")).toBeNull();
    expect(await completionOf(response)).toEqual({
      id: expect.stringMatching(/^chatcmpl-/),
      object: "chat.completion",
      created: expect.any(Number),
      model,
      choices: [
        {
          index: 0,
          message: { role: "assistant", content: "sentiment: positive", refusal: null },
          logprobs: null,
          finish_reason: "stop",
        },
      ],
      usage: { prompt_tokens: 21, completion_tokens: 5, total_tokens: 26 },
    });
  });

  test("finds each of 10,000 texts, many of which contain others", async () => {
    const text = (i: number) => `Order ${i} ${"was late ".repeat(i % 4)}`;
    const { said } = await simulator({
      replies: Array.from({ length: 10_000 }, (_, i) => ({ match: text(i), reply: `answer ${i}` })),
    });
    for (let i = 0; i < 10_000; i += 9) expect(await said(prompt(text(i)))).toBe(`answer ${i}`);
  });

  test.each([
    ["quotes", 'She said "never again" and \\left\\'],
    ["line breaks", "First line\nsecond line\r\n\tthird"],
    ["braces and slots", 'Hi {{text}}, {"sentiment": "positive"} $& $1'],
    ["HTML", "<b>bold</b> <script>alert('x')</script>"],
    ["other scripts and emoji", "最高でした 👩‍👩‍👧 مرحبا é"],
    ["control characters", "bell \u0007 end \u2028 line"],
  ])("finds a text with %s, as it is and as JSON writes it", async (_what, text) => {
    const { said } = await simulator({
      replies: [
        { match: "text", reply: "shorter" },
        { match: text, reply: "right" },
      ],
    });
    expect(await said(prompt(text))).toBe("right");
    expect(await said(prompt(JSON.stringify({ text })))).toBe("right");
  });

  test("ignores white space around a text", async () => {
    const { said } = await simulator({ replies: [{ match: " spaced out \n", reply: "right" }] });
    expect(await said("spaced out")).toBe("right");
  });

  test("looks in the last message first, so that examples before it do not count", async () => {
    const { post } = await simulator({
      replies: [
        { match: "A much longer example text", reply: "wrong" },
        { match: "Short one", reply: "right" },
      ],
    });
    const messages = [
      { role: "system", content: "Label it." },
      { role: "user", content: "A much longer example text" },
      { role: "assistant", content: "sentiment: negative" },
      { role: "user", content: [{ type: "text", text: "Short one" }] },
    ];
    expect((await completionOf(await post({ model, messages }))).choices[0]?.message.content).toBe(
      "right",
    );
  });

  test("gives a prompt the several answers to its text in turn, each prompt from the first", async () => {
    const replies = ["one", "two", "three"].map((reply) => ({ match: "Again", reply }));
    const { said, completion } = await simulator({ replies });
    expect([await said("Again"), await said("Again")]).toEqual(["one", "two"]);
    expect(await said("Asked otherwise: Again")).toBe("one");
    const four = await completion("Again", { n: 4 });
    expect(four.choices.map((choice) => choice.message.content)).toEqual([
      "three",
      "one",
      "two",
      "three",
    ]);
  });

  test("gives each model its own answers", async () => {
    const { post, url } = await simulator({
      replies: [
        { match: "So-so", reply: "neutral", model: "simulated-large" },
        { match: "So-so", reply: "negative" },
      ],
    });
    const messages = [{ role: "user", content: "So-so" }];
    const large = await completionOf(await post({ model: "simulated-large", messages }));
    expect(large).toMatchObject({
      model: "simulated-large",
      choices: [{ message: { content: "neutral" } }],
    });
    const list: unknown = await (await fetch(`${url}/models`)).json();
    expect(list).toEqual({
      object: "list",
      data: ["simulated-large", "simulated-small"].map((id) => ({
        id,
        object: "model",
        created: 0,
        owned_by: "countersign-simulator",
      })),
    });
    expect((await fetch(`${url}/models/simulated-large`)).status).toBe(200);
    expect((await fetch(`${url}/models/gpt-4o`)).status).toBe(404);
  });

  test("gives token probabilities when they are asked for and recorded, as many alternatives as asked", async () => {
    const { completion } = await simulator({
      replies: [
        {
          match: "Fine",
          reply: "sé",
          logprobs: [
            {
              token: "sé",
              logprob: -0.1,
              top: [
                { token: "sé", logprob: -0.1 },
                { token: "no", logprob: -2.5 },
              ],
            },
          ],
          usage: { inputTokens: 40, outputTokens: 2 },
          finishReason: "length",
        },
      ],
    });
    expect((await completion("Fine")).choices[0]?.logprobs).toBeNull();
    expect(await completion("Fine", { logprobs: true, top_logprobs: 1 })).toMatchObject({
      choices: [
        {
          finish_reason: "length",
          logprobs: {
            content: [
              {
                token: "sé",
                logprob: -0.1,
                bytes: [115, 195, 169],
                top_logprobs: [{ token: "sé", logprob: -0.1, bytes: [115, 195, 169] }],
              },
            ],
          },
        },
      ],
      usage: { prompt_tokens: 40, completion_tokens: 2, total_tokens: 42 },
    });
  });
});

describe("requests it cannot answer", () => {
  const replies = [{ match: "Known", reply: "a" }];
  const messages = [{ role: "user", content: "Known" }];

  test.each([
    [
      "a prompt without a recorded text",
      { model, messages: [{ role: "user", content: "New" }] },
      400,
      "no_reply_recorded",
    ],
    ["an unknown model", { model: "gpt-4o", messages }, 404, "model_not_found"],
    ["streaming", { model, messages, stream: true }, 400, null],
    ["alternatives without probabilities", { model, messages, top_logprobs: 5 }, 400, null],
    ["no messages", { model, messages: [] }, 400, null],
    ["a body that is no JSON", "{", 400, null],
  ])("%s", async (_what, body, status, code) => {
    const { post, counts } = await simulator({ replies });
    const response = await post(body);
    expect(response.status).toBe(status);
    expect(response.headers.get("x-countersign-simulated")).toBe("true");
    expect(await failureOf(response)).toMatchObject({ type: "invalid_request_error", code });
    expect(counts().outcomes).toEqual({ invalid: 1 });
  });

  test("an unknown path", async () => {
    const { url } = await simulator({ replies });
    const response = await fetch(`${url}/no-such-thing`, { method: "POST", body: "{}" });
    expect(response.status).toBe(404);
    expect(await failureOf(response)).toMatchObject({ code: "unknown_url" });
  });

  test("a wrong key, where one is set: told in OpenAI's form, counted, and never repeated", async () => {
    const { post, url, counts } = await simulator({ replies, apiKey: "right" });
    const answer = await post({ model, messages }, { authorization: "Bearer wrong-key" });
    expect(answer.status).toBe(401);
    const failure = await failureOf(answer);
    expect(failure).toMatchObject({ code: "invalid_api_key" });
    expect(failure.message).not.toContain("wrong-key");
    expect((await fetch(`${url}/models`)).status).toBe(401);
    expect((await post({ model, messages }, { authorization: "Bearer right" })).status).toBe(200);
    expect(counts()).toMatchObject({ total: 2, outcomes: { invalid: 1, answered: 1 } });
  });
});

describe("starting", () => {
  test("refuses replies of no use before it listens", async () => {
    await expect(startSimulator({ replies: [], port: 0 })).rejects.toThrow("there are no replies");
  });

  test("refuses a log that cannot be written before it listens", async () => {
    const log = join(tmpdir(), "no such folder", "calls.jsonl");
    const replies = [{ match: "Known", reply: "a" }];
    await expect(startSimulator({ replies, port: 0, log })).rejects.toThrow("ENOENT");
  });

  test("refuses options out of range", async () => {
    const replies = [{ match: "Known", reply: "a" }];
    await expect(startSimulator({ replies, port: 0, latency: { tailShare: 2 } })).rejects.toThrow(
      "tailShare",
    );
  });

  test("reads the replies from a file and appends its log to one, a line a call", async () => {
    const folder = await mkdtemp(join(tmpdir(), "simulator-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    const replies = join(folder, "replies.jsonl");
    const log = join(folder, "calls.jsonl");
    await writeFile(replies, '{"match": "From a file", "reply": "yes"}\n');
    for (const _ of [1, 2]) {
      const running = await startSimulator({ replies, port: 0, log });
      await fetch(`${running.url}/chat/completions`, {
        method: "POST",
        body: JSON.stringify({ model, messages: [{ role: "user", content: "From a file" }] }),
      });
      await running.close();
    }
    const lines = (await readFile(log, "utf8")).trimEnd().split("\n");
    expect(lines).toHaveLength(2);
    expect(JSON.parse(lines[0] ?? "")).toEqual({
      at: expect.stringMatching(/^\d{4}-.*Z$/),
      via: "request",
      item: itemOf("From a file"),
      prompt: expect.stringMatching(/^[0-9a-f]{24}$/),
      attempt: 1,
      outcome: "answered",
      status: 200,
      ms: expect.any(Number),
      inputTokens: 9,
      outputTokens: 1,
    });
  });
});
