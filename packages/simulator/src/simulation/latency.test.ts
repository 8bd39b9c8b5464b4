import { expect, test } from "vitest";
import { Latency } from "../options.ts";
import { drawn } from "./draws.ts";
import { milliseconds } from "./latency.ts";

const times = (latency: Latency) =>
  Array.from({ length: 20_000 }, (_, i) => milliseconds(latency, drawn(1, `prompt ${i}`, 1))).sort(
    (a, b) => a - b,
  );

const quantile = (sorted: readonly number[], share: number) =>
  sorted[Math.floor(share * sorted.length)];

test("calls take the median with the stated spread, and the stated share of them the tail", () => {
  const sorted = times(
    Latency.parse({ medianMs: 400, spread: 0.5, tailShare: 0.01, tailMs: 30_000 }),
  );
  expect(quantile(sorted, 0.495)).toBeCloseTo(400, -1.5);
  expect(quantile(sorted, 0.8413 * 0.99)).toBeCloseTo(400 * Math.exp(0.5), -1.5);
  expect(sorted.filter((ms) => ms === 30_000).length / sorted.length).toBeCloseTo(0.01, 2);
});

test("without a median there is no wait", () => {
  expect(new Set(times(Latency.parse({})))).toEqual(new Set([0]));
});
