import { JobSettings } from "@countersign/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { ProviderAct } from "./provider-act.ts";
import { type RehearsalInput, type RehearsedItem, rehearse } from "./rehearse.ts";

const items = (count: number) => Array.from({ length: count }, () => ({ characters: 400 }));

const reply = (afterMs: number): ProviderAct => ({
  kind: "reply",
  afterMs,
  inputTokens: 100,
  outputTokens: 10,
  headers: {},
  declined: false,
});

const error = (status: number, message: string): ProviderAct => ({
  kind: "error",
  afterMs: 10,
  status,
  headers: {},
  body: JSON.stringify({ error: { message } }),
});

const rehearsal = (
  count: number,
  act: RehearsalInput<RehearsedItem>["act"],
  settings: Partial<JobSettings> = {},
  more: Partial<RehearsalInput<RehearsedItem>> = {},
) =>
  rehearse({
    items: items(count),
    settings: JobSettings.parse(settings),
    act,
    seed: 1,
    ...more,
  });

test("takes as long as calls one after the other in so many places", async () => {
  const { seconds, outcomes, concurrency, calls } = await rehearsal(1600, () => reply(1000), {
    concurrency: 16,
  });
  // It begins with four at once.
  expect(seconds).toBeGreaterThanOrEqual(100);
  expect(seconds).toBeLessThanOrEqual(103);
  expect(outcomes.answered).toBe(1600);
  expect(calls).toBe(1600);
  expect(concurrency.most).toBe(16);
  expect(concurrency.settled).toBeGreaterThan(15.5);
});

test("keeps to the job's own limits", async () => {
  const { seconds } = await rehearsal(300, () => reply(100), { requestsPerMinute: 60 });
  expect(seconds).toBeGreaterThanOrEqual(296);
  expect(seconds).toBeLessThanOrEqual(301);
});

test("tells retries by cause, and fails an item after its attempts", async () => {
  const acts: Record<number, ProviderAct> = {
    10: error(500, "oops"),
    20: { kind: "broken", afterMs: 5 },
    30: { kind: "unreadable", afterMs: 5 },
    40: { kind: "silence" },
    50: error(429, "slow down"),
  };
  const told = await rehearsal(200, (_, position) => acts[position] ?? reply(100), {
    maxAttempts: 2,
    timeoutSeconds: 3,
  });
  expect(told.failedCalls).toEqual({
    "server-error": 2,
    connection: 2,
    "malformed-reply": 2,
    timeout: 2,
    "rate-limited": 2,
  });
  expect(told.retries).toBe(5);
  expect(told.turnedAway).toEqual({ calls: 2, share: 2 / 205 });
  expect(told.outcomes).toMatchObject({ answered: 195, failed: 5 });
  expect(told.pause).toBeNull();
});

test("a reply later than the timeout is a timeout, and what is refused or too long is no failure", async () => {
  const { outcomes, failedCalls } = await rehearsal(
    30,
    (_, position) => {
      if (position === 1) return reply(4000);
      if (position === 2) return { ...reply(10), declined: true } as ProviderAct;
      if (position === 3) return error(413, "too long");
      return reply(10);
    },
    { timeoutSeconds: 3, maxAttempts: 1 },
  );
  expect(outcomes).toEqual({
    answered: 27,
    refused: 1,
    "prompt-too-long": 1,
    failed: 1,
    "not-asked": 0,
  });
  expect(failedCalls).toEqual({ timeout: 1 });
});

test("pauses for a wrong key in the provider's words, and asks for nothing more", async () => {
  const { pause, calls, outcomes } = await rehearsal(1000, () => error(401, "No such key."));
  expect(pause).toEqual({ atSeconds: 0.01, reason: "bad-key", what: "No such key." });
  expect(calls).toBeLessThanOrEqual(5);
  expect(outcomes["not-asked"]).toBe(1000);
});

test("pauses when the provider fails everything from some time on", async () => {
  const { pause, outcomes } = await rehearsal(
    3000,
    (_, __, now) => (now > 5000 ? error(503, "overloaded") : reply(100)),
    { maxAttempts: 3 },
  );
  expect(pause).toMatchObject({ reason: "overloaded", what: "overloaded" });
  expect(pause?.atSeconds).toBeGreaterThan(5);
  // Only what was under way when it began may fail; many more had been taken up to be asked.
  expect(outcomes.failed).toBeLessThanOrEqual(16);
  expect(outcomes.answered + outcomes.failed + outcomes["not-asked"]).toBe(3000);
});

test("pauses when the budget is used up", async () => {
  const model = { provider: "openai", model: "gpt-4.1-mini" } as const;
  const records = await rehearsal(1000, () => reply(100), { budget: { records: 100 } });
  expect(records.pause).toMatchObject({ reason: "budget", what: "records" });
  expect(records.outcomes.answered).toBeGreaterThanOrEqual(100);
  expect(records.outcomes.answered).toBeLessThanOrEqual(100 + 16);
  const usd = await rehearsal(1000, () => reply(100), { budget: { usd: 0.01 } }, { model });
  expect(usd.pause).toMatchObject({ reason: "budget", what: "usd" });
  expect(usd.usd).toBeGreaterThanOrEqual(0.01);
  expect(usd.usd).toBeLessThan(0.011);
});

test("costs are those of the model, and unknown where none is named", async () => {
  const model = { provider: "openai", model: "gpt-4.1-mini" } as const;
  // $0.40 and $1.60 a million, as the price list has them.
  const { usd, inputTokens, outputTokens } = await rehearsal(10, () => reply(1), {}, { model });
  expect([inputTokens, outputTokens]).toEqual([1000, 100]);
  expect(usd).toBeCloseTo(1000 * 0.4e-6 + 100 * 1.6e-6);
  expect((await rehearsal(10, () => reply(1))).usd).toBeNull();
});

test("no item at all takes no time", async () => {
  expect(await rehearsal(0, () => reply(1))).toMatchObject({ items: 0, seconds: 0, slices: [] });
});

test("whatever the provider does, every item ends once, and the same seed ends the same", async () => {
  const act = fc.oneof(
    fc.nat(5000).map(reply),
    fc.constantFrom(429, 500, 503, 400, 413).map((status) => error(status, "no")),
    fc.nat(100).map((afterMs): ProviderAct => ({ kind: "broken", afterMs })),
    fc.constant<ProviderAct>({ kind: "silence" }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 20 }), async (acts) => {
      const run = () => {
        let call = 0;
        return rehearsal(
          60,
          () => {
            call += 1;
            return acts[call % acts.length] ?? reply(1);
          },
          { maxAttempts: 3, timeoutSeconds: 5 },
        );
      };
      const first = await run();
      expect(Object.values(first.outcomes).reduce((sum, n) => sum + n, 0)).toBe(60);
      if (first.outcomes["not-asked"] > 0) expect(first.pause).not.toBeNull();
      expect(await run()).toEqual(first);
    }),
    { numRuns: 40 },
  );
});
