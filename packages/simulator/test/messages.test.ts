import { describe, expect, test } from "vitest";
import { itemOf, type SimulatorOptions } from "../src/index.ts";
import { jsonOf, model, simulator } from "./client.ts";

const replies = [
  { match: "Lovely place", reply: "sentiment: positive" },
  { match: "Blocked", reply: "No.", finishReason: "content_filter" as const },
];

const version = { "anthropic-version": "2023-06-01" };

async function messages(options: Partial<SimulatorOptions> = {}) {
  const running = await simulator({ replies, ...options });
  return {
    ...running,
    create: (content: unknown, more: object = {}, headers: Record<string, string> = {}) =>
      running.postTo(
        "/messages",
        { model, max_tokens: 100, messages: [{ role: "user", content }], ...more },
        { ...version, ...headers },
      ),
  };
}

const failure = (type: string, message: unknown = expect.any(String)) => ({
  type: "error",
  error: { type, message },
  request_id: null,
});

describe("/v1/messages", () => {
  test("gives the recorded answer in Anthropic's form", async () => {
    const { create, log } = await messages();
    const response = await create([{ type: "text", text: "Lovely place" }], {
      system: [{ type: "text", text: "Which sentiment?" }],
    });
    expect(response.headers.get("x-countersign-simulated")).toBe("true");
    expect(await jsonOf(response)).toEqual({
      id: expect.stringMatching(/^msg_/),
      type: "message",
      role: "assistant",
      model,
      content: [{ type: "text", text: "sentiment: positive" }],
      stop_reason: "end_turn",
      stop_sequence: null,
      usage: {
        input_tokens: 16,
        cache_creation_input_tokens: 0,
        cache_read_input_tokens: 0,
        output_tokens: 5,
        service_tier: "standard",
      },
    });
    expect(log).toMatchObject([{ item: itemOf("Lovely place"), outcome: "answered", status: 200 }]);
  });

  test("says how an answer ended: whole, cut, or refused", async () => {
    const { create } = await messages();
    expect(await jsonOf(await create("Lovely place", { max_tokens: 2 }))).toMatchObject({
      content: [{ text: "sentimen" }],
      stop_reason: "max_tokens",
      usage: { output_tokens: 2 },
    });
    expect(await jsonOf(await create("Blocked"))).toMatchObject({ stop_reason: "refusal" });
  });

  test.each([
    ["no bound on tokens", { max_tokens: undefined }, 400, "invalid_request_error"],
    ["no messages", { messages: [] }, 400, "invalid_request_error"],
    ["streaming", { stream: true }, 400, "invalid_request_error"],
    ["an unknown model", { model: "claude-opus" }, 404, "not_found_error"],
  ])("refuses %s in Anthropic's form", async (_what, wrong, status, type) => {
    const { create, counts } = await messages();
    const response = await create("Lovely place", wrong);
    expect(response.status).toBe(status);
    expect(await jsonOf(response)).toEqual(failure(type));
    expect(counts().outcomes).toEqual({ invalid: 1 });
  });

  test("wants its version header and, where one is set, its key in x-api-key", async () => {
    const { create, postTo } = await messages({ apiKey: "right" });
    const wrong = await create("Lovely place", {}, { authorization: "Bearer right" });
    expect(wrong.status).toBe(401);
    expect(await jsonOf(wrong)).toEqual(failure("authentication_error"));
    expect((await create("Lovely place", {}, { "x-api-key": "right" })).status).toBe(200);
    const unversioned = await postTo("/messages", {}, { "x-api-key": "right" });
    expect(await jsonOf(unversioned)).toEqual(
      failure("invalid_request_error", "anthropic-version: header is required"),
    );
  });

  test.each([
    ["429", 429, "rate_limit_error", /rate limit/],
    ["500", 500, "api_error", /./],
    ["503", 529, "overloaded_error", /Overloaded/],
    ["quota", 400, "invalid_request_error", /credit balance is too low/],
    ["context-length", 400, "invalid_request_error", /prompt is too long/],
    ["content-filter", 400, "invalid_request_error", /content filtering policy/],
  ] as const)("the fault %s is told in Anthropic's words", async (fault, status, type, message) => {
    const { create, log } = await messages({ faults: [{ fault }] });
    const response = await create("Lovely place");
    expect(response.status).toBe(status);
    expect(await jsonOf(response)).toEqual(failure(type, expect.stringMatching(message)));
    expect(log).toMatchObject([{ outcome: fault, status }]);
  });

  test("an empty answer has no content", async () => {
    const { create } = await messages({ faults: [{ fault: "empty" }] });
    expect(await jsonOf(await create("Lovely place"))).toMatchObject({
      content: [],
      stop_reason: "end_turn",
    });
  });

  test("limits are told in Anthropic's headers, and what exceeds them is turned away", async () => {
    const { create } = await messages({ limits: { requestsPerMinute: 1 } });
    const first = await create("Lovely place");
    expect(first.headers.get("anthropic-ratelimit-requests-limit")).toBe("1");
    expect(first.headers.get("anthropic-ratelimit-requests-remaining")).toBe("0");
    expect(
      Date.parse(first.headers.get("anthropic-ratelimit-requests-reset") ?? ""),
    ).toBeGreaterThan(Date.now());
    const second = await create("Lovely place");
    expect(second.status).toBe(429);
    expect(Number(second.headers.get("retry-after"))).toBeGreaterThanOrEqual(59);
    expect(await jsonOf(second)).toEqual(failure("rate_limit_error"));
  });

  test("an unknown path is told in Anthropic's form", async () => {
    const { postTo } = await messages();
    const response = await postTo("/messages/count_tokens", {});
    expect(response.status).toBe(404);
    expect(await jsonOf(response)).toEqual(failure("not_found_error"));
  });
});
