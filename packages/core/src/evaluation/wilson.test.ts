import fc from "fast-check";
import { expect, test } from "vitest";
import { wilson } from "./wilson.ts";

test.each([
  // Newcombe 1998, Statistics in Medicine 17, table I, method 3.
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
  // MEGAnno+'s two prompts: 22 and 24 of 30 is no finding.
  [22, 30, 0.5555, 0.8582],
  [24, 30, 0.6269, 0.9049],
  [29, 29, 0.883, 1],
])("%i of %i lies between %f and %f", (hits, n, low, high) => {
  const share = wilson(hits, n);
  expect(share.value).toBe(hits / n);
  expect(share.low).toBeCloseTo(low, 4);
  expect(share.high).toBeCloseTo(high, 4);
});

test("a share of nothing says nothing", () => {
  expect(wilson(0, 0)).toEqual({ hits: 0, n: 0, value: null, low: null, high: null });
});

test("a higher level gives a wider interval", () => {
  // z = 1.6449: Wilson's interval for 90 %.
  expect(wilson(8, 10, 0.9).low).toBeCloseTo(0.5408, 4);
  expect(wilson(8, 10, 0.9).high).toBeCloseTo(0.9314, 4);
});

test("the interval holds the share, lies in [0, 1] and mirrors that of the complement", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1_000_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (n, part) => {
        const hits = Math.round(part * n);
        const { low, high, value } = wilson(hits, n);
        if (low === null || high === null || value === null) throw new Error("n is not 0");
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(value);
        expect(high).toBeGreaterThanOrEqual(value);
        expect(wilson(n - hits, n).high).toBeCloseTo(1 - low, 9);
      },
    ),
  );
});
