import { Writable } from "node:stream";
import type { Job, JobProgress } from "@countersign/core";
import { expect, test } from "vitest";
import { JobProgressView } from "./progress.ts";

/** A stream that keeps what is written to it; `columns` and `rows` are a terminal's. */
function streamOf(isTTY: boolean, columns = 80, rows = 24) {
  let written = "";
  const stream = Object.assign(
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        written += chunk.toString();
        done();
      },
    }),
    { isTTY, columns, rows },
  );
  return { stream, written: () => written };
}

const progress: JobProgress = {
  total: 1000,
  outcomes: {
    labelled: 380,
    "invalid-reply": 20,
    refused: 0,
    "prompt-too-long": 0,
    failed: 0,
    cancelled: 0,
  },
  remaining: 600,
  distribution: {},
  reasons: { "unknown-option": 20 },
  calls: 415,
  retries: 15,
  retriesBy: { timeout: 3, "rate-limited": 12 },
  reused: 0,
  inputTokens: 40_000,
  outputTokens: 2000,
  cost: 0.4,
  expectedCost: 1,
  budget: [{ kind: "usd", used: 0.4, of: 5, share: 0.08 }],
  seconds: 40,
  itemsPerSecond: 10,
  secondsLeft: 60,
  endsAt: "2026-05-03T12:00:00Z",
  stages: {
    prepare: { done: 1000, complete: true, tooLong: 0 },
    call: { done: 400, underWay: 6, calls: 415, retries: 15, reused: 0, failed: 0 },
    extract: { done: 380, invalid: 20, refused: 0 },
    store: { done: 400, unstored: 0, remaining: 600, cancelled: 0 },
  },
  live: {
    underWay: 6,
    allowed: 8,
    unstored: 0,
    workers: [
      {
        worker: 1,
        host: "a",
        underWay: 6,
        allowed: 8,
        unstored: 0,
        heldBy: "rate-limit",
        until: null,
      },
    ],
  },
};

const job: Job = {
  id: 7,
  agent: { id: "x", name: "small", model: "m" },
  labels: ["tone"],
  schemaVersion: 1,
  settings: { concurrency: 16, maxAttempts: 6, timeoutSeconds: 120 },
  state: "running",
  pause: null,
  batches: null,
  simulated: false,
  createdAt: "2026-05-03T11:00:00Z",
  createdBy: "ann",
  startedAt: "2026-05-03T11:00:00Z",
  finishedAt: null,
  progress,
};

test("a terminal shows stages, rate, calls under way, retries by cause, spend, end and reasons, drawn over each other", () => {
  const { stream, written } = streamOf(true, 120);
  const view = new JobProgressView(stream);
  view.update(job);
  const first = written();
  for (const words of [
    "40 %  400 of 1,000  running",
    "prepare 1,000 → call 400 answered, 6 under way → extract 380 labelled → store 400",
    "10.0 items/s, 6 of 8 calls under way, paced by the provider’s rate limit",
    "15 retries: rate-limited 12, timeout 3",
    "cost $0.4000 of about $1.00; budget $0.4000 of $5.00 (8 %)",
    "in 1 min 0 s",
    "unknown-option 20",
  ])
    expect(first).toContain(words);
  const height = first.split("\n").length;
  view.update(job);
  const second = written().slice(first.length);
  expect(second).toContain(`\u001b[${height - 1}A`);
  expect(second).toContain("\u001b[0J");
  view.end();
  expect(written().endsWith("\n")).toBe(true);
});

test("a terminal that is small, or unwell of words, is not overrun", () => {
  const { stream, written } = streamOf(true, 30, 4);
  const what = "Nope.\u001b[2J\n".repeat(9);
  new JobProgressView(stream).update({
    ...job,
    state: "paused",
    pause: { reason: "provider", what, next: "" },
  });
  const lines = written().split("\n");
  expect(lines).toHaveLength(3);
  for (const line of lines.slice(1)) expect(line.length).toBeLessThan(30);
  expect(written()).not.toContain("\u001b[2J");
});

test("elsewhere a line comes every two seconds, and at once when the job's state changes", () => {
  const { stream, written } = streamOf(false);
  let now = 0;
  const view = new JobProgressView(stream, () => now);
  for (now = 0; now < 5000; now += 250) view.update(job);
  expect(written().trim().split("\n")).toHaveLength(3);
  expect(written().split("\n")[0]).toMatch(
    /^job 7 running 40 % {2}400\/1,000 {2}10\.0 items\/s, 6 of 8 .* 15 retries: rate-limited 12, timeout 3 .*ends .*, in 1 min 0 s$/,
  );
  view.update({ ...job, state: "done", progress: { ...progress, live: null } });
  view.end();
  expect(written().trim().split("\n")).toHaveLength(4);
  expect(written()).not.toContain("\u001b");
});
