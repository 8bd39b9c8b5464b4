import { expect, test } from "vitest";
import { type Count, type Course, progressOf } from "./progress.ts";

const count = (counter: string, n: number, key = ""): Count => ({ counter, key, n });

const course: Course = {
  state: "running",
  total: 1000,
  counts: [],
  seconds: 0,
  runningSince: 1000,
  now: 1004.5,
  budget: {},
  gauges: [],
};

test("a job that has just begun knows its size and nothing else", () => {
  expect(progressOf(course)).toEqual({
    total: 1000,
    outcomes: {
      labelled: 0,
      "invalid-reply": 0,
      refused: 0,
      "prompt-too-long": 0,
      failed: 0,
      cancelled: 0,
    },
    remaining: 1000,
    distribution: {},
    reasons: {},
    calls: 0,
    retries: 0,
    retriesBy: {},
    reused: 0,
    inputTokens: 0,
    outputTokens: 0,
    cost: 0,
    expectedCost: null,
    budget: [],
    seconds: 4.5,
    itemsPerSecond: 0,
    secondsLeft: null,
    endsAt: null,
    stages: {
      prepare: { done: 1000, complete: true, tooLong: 0 },
      call: { done: 0, underWay: 0, calls: 0, retries: 0, reused: 0, failed: 0 },
      extract: { done: 0, invalid: 0, refused: 0 },
      store: { done: 0, unstored: 0, remaining: 1000, cancelled: 0 },
    },
    live: null,
  });
});

test("totals are told apart by their names", () => {
  const counts = [
    count("outcome", 90, "labelled"),
    count("outcome", 10, "failed"),
    count("reason", 10, "timeout"),
    count("label:tone", 60, "good"),
    count("label:tone", 30, "bad"),
    count("label:__proto__", 5, "toString"),
    count("calls", 130),
    count("retries", 20, "rate-limited"),
    count("retries", 4, "timeout"),
    count("retries", 6),
    count("cost", 0.25),
  ];
  const progress = progressOf({ ...course, counts });
  expect(progress).toMatchObject({
    remaining: 900,
    reasons: { timeout: 10 },
    calls: 130,
    retries: 30,
    retriesBy: { "rate-limited": 20, timeout: 4 },
    cost: 0.25,
  });
  expect(Object.entries(progress.distribution)).toEqual([
    ["tone", { good: 60, bad: 30 }],
    ["__proto__", { toString: 5 }],
  ]);
});

test("the speed is that of the last ten seconds, and tells how long the rest will take", () => {
  const counts = [
    count("outcome", 600, "labelled"),
    count("pace", 500, "1080"),
    count("pace", 50, "1095"),
    count("pace", 45, "1099"),
  ];
  const progress = progressOf({ ...course, counts, now: 1100.5 });
  expect(progress.itemsPerSecond).toBeCloseTo(95 / 9.5);
  expect(progress.secondsLeft).toBeCloseTo(40);
  expect(progress.endsAt).toBe("1970-01-01T00:19:01Z");
});

test("where few finish, the speed is that of the last minute, so that it does not jump", () => {
  const counts = [
    count("outcome", 6, "labelled"),
    count("pace", 5, "1050"),
    count("pace", 1, "1099"),
  ];
  const progress = progressOf({ ...course, counts, now: 1100.5 });
  expect(progress.itemsPerSecond).toBeCloseTo(6 / 59.5);
});

test("an end beyond all calendars is not told", () => {
  const counts = [count("pace", 1, "1000")];
  const progress = progressOf({ ...course, total: 1e15, counts, now: 1000.5 });
  expect(progress.endsAt).toBeNull();
});

test("the cost to be expected is that of the items so far, for all; what was cancelled costs nothing", () => {
  const counts = [count("outcome", 200, "labelled"), count("cost", 0.5)];
  expect(progressOf({ ...course, counts }).expectedCost).toBeCloseTo(2.5);
  expect(progressOf({ ...course, state: "cancelled", counts }).expectedCost).toBeCloseTo(0.5);
});

test("each part of a budget tells how much of it is used", () => {
  const counts = [
    count("outcome", 200, "labelled"),
    count("cost", 0.5),
    count("input-tokens", 900),
    count("output-tokens", 100),
  ];
  const budget = { usd: 2, tokens: 800 };
  expect(progressOf({ ...course, counts, budget }).budget).toEqual([
    { kind: "usd", used: 0.5, of: 2, share: 0.25 },
    { kind: "tokens", used: 1000, of: 800, share: 1.25 },
  ]);
});

test("the stages tell where the items are, and the workers what is under way; of a job at rest nothing is", () => {
  const counts = [
    count("outcome", 70, "labelled"),
    count("outcome", 10, "invalid-reply"),
    count("outcome", 5, "refused"),
    count("outcome", 4, "failed"),
    count("outcome", 1, "prompt-too-long"),
    count("calls", 100),
    count("retries", 11, "timeout"),
    count("reused", 2),
  ];
  const gauge = {
    worker: 1,
    host: "a",
    underWay: 3,
    allowed: 4,
    unstored: 1,
    heldBy: null,
    until: null,
  };
  const gauges = [gauge, { ...gauge, worker: 2, underWay: 5, allowed: 16 }];
  const { stages, live } = progressOf({ ...course, counts, gauges });
  expect(stages).toEqual({
    prepare: { done: 1000, complete: true, tooLong: 1 },
    call: { done: 85, underWay: 8, calls: 100, retries: 11, reused: 2, failed: 4 },
    extract: { done: 70, invalid: 10, refused: 5 },
    store: { done: 90, unstored: 2, remaining: 910, cancelled: 0 },
  });
  expect(live).toEqual({ underWay: 8, allowed: 20, unstored: 2, workers: gauges });
  expect(progressOf({ ...course, state: "done", counts, gauges }).live).toBeNull();
});

test("the speed of a job that began a moment ago is not a matter of how short the moment is", () => {
  const counts = [count("pace", 100, "1000")];
  expect(progressOf({ ...course, counts, now: 1000.01 }).itemsPerSecond).toBe(200);
});

test("a job at rest has the speed of all its running time", () => {
  const counts = [count("outcome", 1000, "labelled")];
  const rest = { ...course, state: "done", counts, seconds: 20, runningSince: null } as const;
  expect(progressOf(rest)).toMatchObject({ seconds: 20, itemsPerSecond: 50, secondsLeft: null });
  expect(progressOf({ ...rest, seconds: 0 }).itemsPerSecond).toBe(0);
});

test("the cost is unknown as soon as one reply's is", () => {
  const counts = [count("cost", 0.5), count("unpriced", 1)];
  expect(progressOf({ ...course, counts }).cost).toBeNull();
});

test("a cancelled job has nothing left, also while its items are still being marked", () => {
  const counts = [count("outcome", 20, "labelled"), count("outcome", 300, "cancelled")];
  const cancelled = { ...course, state: "cancelled", counts, runningSince: null } as const;
  expect(progressOf({ ...cancelled, seconds: 4 })).toMatchObject({
    remaining: 0,
    outcomes: { labelled: 20, cancelled: 980 },
    stages: { store: { done: 20, cancelled: 980 } },
    itemsPerSecond: 5,
  });
});
