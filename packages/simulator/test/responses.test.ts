import { describe, expect, test } from "vitest";
import { itemOf } from "../src/index.ts";
import { failureOf, jsonOf, model, simulator } from "./client.ts";

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
  { match: "Never again", reply: "sentiment: negative ".repeat(10).trim() },
  { match: "Blocked", reply: "", finishReason: "content_filter" as const },
];

describe("/v1/responses", () => {
  test("gives the recorded answer in OpenAI's form", async () => {
    const { postTo, log } = await simulator({ replies });
    const response = await postTo("/responses", {
      model,
      instructions: "Which sentiment?",
      input: "Great service",
      temperature: 0,
      max_output_tokens: 50,
      text: { format: { type: "json_schema", name: "label", schema: { type: "object" } } },
    });
    expect(response.headers.get("x-countersign-simulated")).toBe("true");
    expect(await jsonOf(response)).toEqual({
      id: expect.stringMatching(/^resp_/),
      object: "response",
      created_at: expect.any(Number),
      status: "completed",
      error: null,
      incomplete_details: null,
      instructions: "Which sentiment?",
      max_output_tokens: 50,
      metadata: {},
      model,
      output: [
        {
          id: expect.stringMatching(/^msg_/),
          type: "message",
          status: "completed",
          role: "assistant",
          content: [
            { type: "output_text", text: "sentiment: positive", annotations: [], logprobs: [] },
          ],
        },
      ],
      parallel_tool_calls: true,
      previous_response_id: null,
      temperature: 0,
      text: { format: { type: "json_schema", name: "label", schema: { type: "object" } } },
      tool_choice: "auto",
      tools: [],
      top_logprobs: 0,
      top_p: 1,
      truncation: "disabled",
      usage: {
        input_tokens: 17,
        input_tokens_details: { cached_tokens: 0 },
        output_tokens: 3,
        output_tokens_details: { reasoning_tokens: 0 },
        total_tokens: 20,
      },
    });
    expect(log).toMatchObject([
      { item: itemOf("Great service"), via: "request", outcome: "answered", outputTokens: 3 },
    ]);
  });

  test("takes messages and other items, and looks in the last message first", async () => {
    const { postTo } = await simulator({ replies });
    const response = await postTo("/responses", {
      model,
      input: [
        { role: "developer", content: "Example: Never again" },
        { type: "item_reference", id: "rs_1" },
        { role: "user", content: [{ type: "input_text", text: "Great service" }] },
      ],
    });
    expect(await jsonOf(response)).toMatchObject({
      output: [{ content: [{ text: "sentiment: positive" }] }],
    });
  });

  test("gives token probabilities when they are included, as many alternatives as asked", async () => {
    const { postTo } = await simulator({ replies });
    const response = await postTo("/responses", {
      model,
      input: "Great service",
      include: ["message.output_text.logprobs"],
      top_logprobs: 1,
    });
    const colon = { token: ":", logprob: -0.1, bytes: [58] };
    const { output } = (await jsonOf(response)) as {
      output: { content: { logprobs: unknown[] }[] }[];
    };
    expect(output[0]?.content[0]?.logprobs).toHaveLength(3);
    expect(output[0]?.content[0]?.logprobs[1]).toEqual({ ...colon, top_logprobs: [colon] });
  });

  test("says why it is incomplete: cut at max_output_tokens, or filtered", async () => {
    const { postTo } = await simulator({ replies });
    const cut = await postTo("/responses", {
      model,
      input: "Never again",
      max_output_tokens: 16,
    });
    expect(await jsonOf(cut)).toMatchObject({
      status: "incomplete",
      incomplete_details: { reason: "max_output_tokens" },
      output: [{ status: "incomplete", content: [{ text: expect.stringMatching(/^sentiment/) }] }],
      usage: { output_tokens: 16 },
    });
    expect(await jsonOf(await postTo("/responses", { model, input: "Blocked" }))).toMatchObject({
      status: "incomplete",
      incomplete_details: { reason: "content_filter" },
    });
  });

  test.each([
    ["a bound below OpenAI's least", { max_output_tokens: 15 }, 400, null],
    ["streaming", { stream: true }, 400, null],
    ["no input", { input: [] }, 400, null],
    ["an unknown model", { model: "gpt-4o" }, 404, "model_not_found"],
    ["a prompt without a recorded text", { input: "New" }, 400, "no_reply_recorded"],
  ])("refuses %s in OpenAI's form", async (_what, wrong, status, code) => {
    const { postTo, counts } = await simulator({ replies });
    const response = await postTo("/responses", { model, input: "Great service", ...wrong });
    expect(response.status).toBe(status);
    expect(await failureOf(response)).toMatchObject({ type: "invalid_request_error", code });
    expect(counts().outcomes).toEqual({ invalid: 1 });
  });

  test("shares faults and limits with the other endpoints", async () => {
    const { postTo, ask } = await simulator({
      replies,
      limits: { requestsPerMinute: 2 },
      faults: [{ fault: "empty", attempts: { from: 1, to: 1 } }],
    });
    const empty = await postTo("/responses", { model, input: "Great service" });
    expect(empty.headers.get("x-ratelimit-remaining-requests")).toBe("1");
    expect(await jsonOf(empty)).toMatchObject({ status: "completed", output: [] });
    await ask("Great service");
    expect((await postTo("/responses", { model, input: "Great service" })).status).toBe(429);
  });
});
