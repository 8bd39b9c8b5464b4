import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { evaluate, type ValuePair } from "./evaluate.ts";

const measured = (pairs: readonly ValuePair[], options: readonly string[] = ["yes", "no"]) =>
  evaluate({
    label: "spam",
    of: { job: 1 },
    pairs,
    measures: null,
    options,
    examples: 0,
    unknownGold: [],
  });

/** gold, predicted, n */
const pairs = (...rows: [string, string | null, number][]): ValuePair[] =>
  rows.map(([gold, predicted, n]) => ({ gold, predicted, n }));

describe("an evaluation", () => {
  test("gives the textbook's kappa, precision, recall and F1", () => {
    // Cohen's kappa of 20/5/10/15: 0.7 observed, 0.5 by chance.
    const result = measured(
      pairs(["yes", "yes", 20], ["yes", "no", 5], ["no", "yes", 10], ["no", "no", 15]),
    );
    expect(result.accuracy).toMatchObject({ hits: 35, n: 50, value: 0.7 });
    expect(result.kappa).toBeCloseTo(0.4, 12);
    const [yes, no] = result.classes;
    expect(yes).toMatchObject({ value: "yes", gold: 25, predicted: 30 });
    expect(yes?.precision.value).toBeCloseTo(20 / 30, 12);
    expect(yes?.recall.value).toBeCloseTo(20 / 25, 12);
    expect(yes?.f1).toBeCloseTo(40 / 55, 12);
    expect(no?.f1).toBeCloseTo(30 / 45, 12);
    expect(result.macroF1).toBeCloseTo((40 / 55 + 30 / 45) / 2, 12);
  });

  test("agrees with a three-class example worked by hand", () => {
    const result = measured(
      pairs(
        ["a", "a", 4],
        ["a", "b", 1],
        ["b", "b", 2],
        ["b", "c", 1],
        ["c", "a", 1],
        ["c", "c", 1],
      ),
      ["a", "b", "c"],
    );
    // observed 7/10; chance (5·5 + 3·3 + 2·2) / 100 = 0.38
    expect(result.kappa).toBeCloseTo((0.7 - 0.38) / (1 - 0.38), 12);
    expect(result.classes.map(({ f1 }) => f1)).toEqual([8 / 10, 4 / 6, 2 / 4]);
    expect(result.macroF1).toBeCloseTo((8 / 10 + 4 / 6 + 2 / 4) / 3, 12);
  });

  test("shows beside accuracy how many records it is of", () => {
    const result = measured(pairs(["yes", "yes", 8], ["yes", null, 2], ["no", null, 10]));
    expect(result.coverage).toMatchObject({ hits: 8, n: 20, value: 0.4 });
    expect(result.accuracy).toMatchObject({ hits: 8, n: 8, value: 1 });
    expect(result.classes[0]).toMatchObject({ gold: 10, recall: { hits: 8, n: 8 } });
    expect(result.confusion).toContainEqual({ gold: "no", predicted: null, n: 10 });
  });

  test("has no kappa where both gave one value to all, and 0 where only one of them did", () => {
    expect(measured(pairs(["yes", "yes", 7])).kappa).toBe(null);
    expect(measured(pairs(["yes", "yes", 7], ["no", "yes", 3])).kappa).toBe(0);
  });

  test("of nothing says nothing, and breaks nothing", () => {
    const result = measured([]);
    expect(result).toMatchObject({
      coverage: { n: 0, value: null },
      accuracy: { n: 0, value: null },
      kappa: null,
      macroF1: null,
      confusion: [],
    });
    expect(result.classes).toMatchObject([
      { value: "yes", f1: null, precision: { value: null }, recall: { value: null } },
      { value: "no" },
    ]);
  });

  test("leaves classes that never occur out of macro F1", () => {
    const result = measured(pairs(["yes", "yes", 5]), ["yes", "no", "maybe"]);
    expect(result.macroF1).toBe(1);
    expect(result.classes.map(({ f1 }) => f1)).toEqual([1, null, null]);
  });

  test("counts values that are no option any more, after those that are", () => {
    const result = measured(pairs(["yes", "spammy", 2], ["yes", "yes", 2]));
    expect(result.classes.map(({ value }) => value)).toEqual(["yes", "no", "spammy"]);
    expect(result.accuracy.value).toBe(0.5);
  });

  test("does not depend on how the counts are split or ordered", () => {
    const value = fc.constantFrom("a", "b", "c");
    const pair = fc.record({
      gold: value,
      predicted: fc.option(value),
      n: fc.integer({ min: 1, max: 50 }),
    });
    const splittable = fc
      .array(pair, { maxLength: 8 })
      .chain((list) =>
        fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
      );
    fc.assert(
      fc.property(splittable, ([list, shuffled]) => {
        const split = shuffled.flatMap((one) =>
          Array.from({ length: one.n }, () => ({ ...one, n: 1 })),
        );
        const { confusion, ...whole } = measured(list, ["a", "b", "c"]);
        const { confusion: fromSingles, ...singles } = measured(split, ["a", "b", "c"]);
        expect(singles).toEqual(whole);
        expect(new Set(fromSingles.map((one) => JSON.stringify(one)))).toEqual(
          new Set(confusion.map((one) => JSON.stringify(one))),
        );
        if (whole.kappa !== null) {
          expect(whole.kappa).toBeLessThanOrEqual(1);
          expect(whole.kappa).toBeGreaterThanOrEqual(-1);
        }
      }),
    );
  });
});
