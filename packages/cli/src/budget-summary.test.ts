import { JobProgress, JobSettings } from "@countersign/core";
import { expect, test } from "vitest";
import { describeBudget } from "./budget-summary.ts";

const progress = JobProgress.parse({
  total: 500,
  outcomes: {
    labelled: 100,
    "invalid-reply": 0,
    refused: 0,
    "prompt-too-long": 0,
    failed: 0,
    cancelled: 0,
  },
  remaining: 400,
  distribution: {},
  reasons: {},
  calls: 100,
  retries: 0,
  reused: 0,
  inputTokens: 9000,
  outputTokens: 1000,
  cost: 1.25,
  seconds: 10,
  itemsPerSecond: 10,
  secondsLeft: 40,
});

test("a job says what it used of each part of its budget", () => {
  const settings = JobSettings.parse({ budget: { usd: 5, tokens: 20_000, records: 200 } });
  expect(describeBudget({ settings, progress })).toEqual([
    "budget: $1.25 of $5.00",
    "budget: 10,000 of 20,000 tokens",
    "budget: 100 of 200 records",
  ]);
});

test("a job without a budget says nothing of one", () => {
  expect(describeBudget({ settings: JobSettings.parse({}), progress })).toEqual([]);
});
