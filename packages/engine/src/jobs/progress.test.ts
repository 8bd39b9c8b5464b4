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
    reused: 0,
    inputTokens: 0,
    outputTokens: 0,
    cost: 0,
    seconds: 4.5,
    itemsPerSecond: 0,
    secondsLeft: null,
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
    count("retries", 30),
    count("cost", 0.25),
  ];
  const progress = progressOf({ ...course, counts });
  expect(progress).toMatchObject({
    remaining: 900,
    reasons: { timeout: 10 },
    calls: 130,
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
  expect(progressOf({ ...course, state: "cancelled", counts, runningSince: null })).toMatchObject({
    remaining: 0,
    outcomes: { labelled: 20, cancelled: 980 },
  });
});
