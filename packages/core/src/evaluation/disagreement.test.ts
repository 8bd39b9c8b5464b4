import { expect, test } from "vitest";
import { measurePair } from "./disagreement.ts";

test("kappa is the agreement beyond chance, as in Cohen's example of two raters", () => {
  // 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no: 0.7 observed, 0.5 by chance.
  const products = 25 * 30 + 25 * 20;
  const pair = measurePair({ one: 1, other: 2, compared: 50, agreeing: 35, products });
  expect(pair.agreement).toMatchObject({ hits: 35, n: 50, value: 0.7 });
  expect(pair.kappa).toBeCloseTo(0.4, 12);
});

test("two annotators who always say the same one thing agree wholly, and kappa says nothing", () => {
  const pair = measurePair({ one: 1, other: 2, compared: 9, agreeing: 9, products: 81 });
  expect([pair.agreement.value, pair.kappa]).toEqual([1, null]);
});

test("one constant annotator agrees no more than by chance", () => {
  expect(measurePair({ one: 1, other: 2, compared: 10, agreeing: 4, products: 40 }).kappa).toBe(0);
});
