import { describe, expect, test } from "vitest";
import { FaultRule, itemOf } from "../src/index.ts";
import { completionOf, failureOf, model, simulator } from "./client.ts";

const replies = Array.from({ length: 200 }, (_, i) => ({
  match: `Message number ${i}.`,
  reply: `sentiment: ${["negative", "neutral", "positive"][i % 3]}`,
}));

const met = (fault: FaultRule["fault"]) =>
  simulator({ replies, faults: [{ fault, attempts: { from: 1, to: 1 } }] });

const question = "Message number 7.";

describe("faults", () => {
  test.each([
    ["429", 429, "requests", "rate_limit_exceeded"],
    ["500", 500, "server_error", null],
    ["503", 503, "server_error", null],
    ["quota", 429, "insufficient_quota", "insufficient_quota"],
    ["context-length", 400, "invalid_request_error", "context_length_exceeded"],
    ["content-filter", 400, "invalid_request_error", "content_filter"],
  ] as const)(
    "%s is an error in OpenAI's form, and the next attempt is answered",
    async (fault, status, type, code) => {
      const { ask, said, log } = await met(fault);
      const response = await ask(question);
      expect(response.status).toBe(status);
      expect(response.headers.get("x-countersign-simulated")).toBe("true");
      expect(await failureOf(response)).toMatchObject({ type, code });
      expect(await said(question)).toBe("sentiment: neutral");
      expect(log.map(({ attempt, outcome, status }) => ({ attempt, outcome, status }))).toEqual([
        { attempt: 1, outcome: fault, status },
        { attempt: 2, outcome: "answered", status: 200 },
      ]);
    },
  );

  test("a timeout never answers, however long the caller waits", async () => {
    const { post, said, counts, log } = await met("timeout");
    const body = { model, messages: [{ role: "user", content: question }] };
    const patience = new AbortController();
    const waiting = expect(post(body, {}, patience.signal)).rejects.toThrow(/aborted/);
    await expect.poll(() => counts().inFlight, { timeout: 10_000 }).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(counts().inFlight).toBe(1);
    patience.abort();
    await waiting;
    expect(await said(question)).toBe("sentiment: neutral");
    await expect.poll(() => counts().inFlight, { timeout: 10_000 }).toBe(0);
    expect(log.map((call) => call.outcome).sort()).toEqual(["answered", "timeout"]);
  });

  test("a reset breaks the connection off without an answer", async () => {
    const { ask, said, counts } = await met("reset");
    await expect(ask(question)).rejects.toMatchObject({ cause: { code: "ECONNRESET" } });
    expect(await said(question)).toBe("sentiment: neutral");
    expect(counts().outcomes).toEqual({ reset: 1, answered: 1 });
  });

  test("a truncated body ends before its stated length", async () => {
    const { ask, said } = await met("truncated");
    const response = await ask(question);
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow(/terminated/);
    expect(await said(question)).toBe("sentiment: neutral");
  });

  test("a malformed body arrives whole and is no JSON", async () => {
    const { ask, said } = await met("malformed");
    const response = await ask(question);
    const body = await response.text();
    expect(response.status).toBe(200);
    expect(response.headers.get("content-length")).toBe(String(body.length));
    expect(() => JSON.parse(body)).toThrow(SyntaxError);
    expect(await said(question)).toBe("sentiment: neutral");
  });

  test("an empty answer has no choices", async () => {
    const { ask, said } = await met("empty");
    const response = await ask(question);
    expect(response.status).toBe(200);
    expect((await completionOf(response)).choices).toEqual([]);
    expect(await said(question)).toBe("sentiment: neutral");
  });

  test("a refusal and a wrong label stay, however often they are asked for", async () => {
    const refusing = await simulator({ replies, faults: [{ fault: "refusal" }] });
    const mistaken = await simulator({ replies, faults: [{ fault: "wrong-label" }] });
    for (const _ of [1, 2, 3]) {
      expect(await refusing.said(question)).toMatch(/^I'm sorry/);
      const wrong = await mistaken.said(question);
      expect(wrong).toMatch(/^sentiment: (negative|positive)$/);
      expect(await mistaken.said(question)).toBe(wrong);
    }
  });

  test("fall on the same calls with the same seed, in whatever order calls come", async () => {
    const faults = ["429", "500", "reset", "malformed"].map((fault) =>
      FaultRule.parse({ fault, share: 0.1 }),
    );
    const fates = async (seed: number, order: (i: number) => number) => {
      const { ask, log, counts } = await simulator({ replies, faults, seed });
      const questions = replies.map((_, i) => `Q: ${replies[order(i)]?.match}`);
      for (const _ of [1, 2])
        await Promise.all(
          questions.map((text) =>
            ask(text)
              .then((r) => r.text())
              .catch(() => ""),
          ),
        );
      await expect.poll(() => counts().inFlight, { timeout: 10_000 }).toBe(0);
      return new Map(log.map((call) => [`${call.item} ${call.attempt}`, call.outcome]));
    };
    const forwards = await fates(5, (i) => i);
    expect(forwards.size).toBe(400);
    expect(await fates(5, (i) => 199 - i)).toEqual(forwards);
    expect(await fates(6, (i) => i)).not.toEqual(forwards);
    const failed = [...forwards.values()].filter((outcome) => outcome !== "answered").length;
    expect(failed / 400).toBeCloseTo(0.4, 1);
  });
});

describe("limits", () => {
  test("turn away what exceeds them, with OpenAI's headers, and let it in when it has waited", async () => {
    const { ask, log } = await simulator({
      replies,
      limits: { requestsPerMinute: 240, burstSeconds: 0.25 },
    });
    const first = await ask(question);
    expect(first.headers.get("x-ratelimit-limit-requests")).toBe("240");
    expect(first.headers.get("x-ratelimit-remaining-requests")).toMatch(/^[01]$/);
    expect(first.headers.get("x-ratelimit-reset-requests")).toMatch(/^\d+m?s$/);

    let rejected = first;
    while (rejected.status === 200) rejected = await ask(question);
    expect(rejected.headers.get("retry-after")).toBe("1");
    const wait = Number(rejected.headers.get("retry-after-ms"));
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(250);
    expect(await failureOf(rejected)).toMatchObject({
      type: "requests",
      code: "rate_limit_exceeded",
    });

    await new Promise((resolve) => setTimeout(resolve, wait));
    expect((await ask(question)).status).toBe(200);
    const turnedAway = log.filter((call) => call.outcome === "rate-limited");
    expect(turnedAway.length).toBeGreaterThan(0);
    expect(turnedAway.every((call) => call.attempt === 0 && call.status === 429)).toBe(true);
  });

  test("count what a request may put out, where it says so", async () => {
    const { ask } = await simulator({ replies, limits: { tokensPerMinute: 500 } });
    expect((await ask(question, { max_tokens: 400 })).status).toBe(200);
    const second = await ask(question, { max_completion_tokens: 400 });
    expect(second.status).toBe(429);
    expect(await failureOf(second)).toMatchObject({ type: "tokens" });
    expect((await ask(question)).status).toBe(200);
  });

  test("work without a word in the headers, when told to", async () => {
    const { ask } = await simulator({
      replies,
      limits: { requestsPerMinute: 1, headers: false },
    });
    await ask(question);
    const second = await ask(question);
    expect(second.status).toBe(429);
    expect([...second.headers.keys()].filter((name) => /ratelimit|retry/.test(name))).toEqual([]);
  });
});

describe("time and counts", () => {
  test("a call takes its latency, and one that the caller gives up is logged as abandoned", async () => {
    const { ask, post, counts, log } = await simulator({ replies, latency: { medianMs: 400 } });
    const startedAt = performance.now();
    await ask(question);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(399);

    const body = { model, messages: [{ role: "user", content: "Message number 8." }] };
    const patience = new AbortController();
    const waiting = expect(post(body, {}, patience.signal)).rejects.toThrow(/aborted/);
    await expect.poll(() => counts().inFlight, { timeout: 10_000 }).toBe(1);
    patience.abort();
    await waiting;
    await expect.poll(() => counts().inFlight, { timeout: 10_000 }).toBe(0);
    expect(log.map(({ item, outcome, status }) => ({ item, outcome, status }))).toEqual([
      { item: itemOf(question), outcome: "answered", status: 200 },
      { item: itemOf("Message number 8."), outcome: "abandoned", status: null },
    ]);
  });

  test("counts every call, and how many were under way at once", async () => {
    const { ask, counts } = await simulator({ replies, latency: { medianMs: 500 } });
    const asked = Promise.all(replies.slice(0, 12).map(({ match }) => ask(match)));
    await expect.poll(() => counts().inFlight, { timeout: 10_000 }).toBe(12);
    await asked;
    await ask(question);
    expect(counts()).toEqual({
      total: 13,
      inFlight: 0,
      mostInFlight: 12,
      prompts: 12,
      outcomes: { answered: 13 },
      batched: { total: 0, outcomes: {} },
    });
  });

  test("closing drops those who still wait", async () => {
    const { ask, close, counts } = await simulator({ replies, faults: [{ fault: "timeout" }] });
    const waiting = expect(ask(question)).rejects.toThrow();
    await expect.poll(() => counts().inFlight, { timeout: 10_000 }).toBe(1);
    await close();
    await waiting;
  });
});
