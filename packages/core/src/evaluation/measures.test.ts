import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LabelDefinition } from "../schema/schema.ts";
import { kendallTau } from "./kendall.ts";
import { measuring } from "./measures.ts";
import { rouge } from "./rouge.ts";

const options = ["a", "b", "c", "d", "e"];
const label = (rest: object) => LabelDefinition.parse({ name: "x", ...rest });
const asOptions = (...values: string[]) => values.map((value) => ({ value, text: value }));

describe("Kendall's tau", () => {
  test("is as published", () => {
    // Kendall (1938): one inversion of neighbours among five leaves (9 − 1) / 10.
    expect(kendallTau(["a", "b", "c", "d", "e"], ["b", "a", "c", "d", "e"], options)).toBeCloseTo(
      0.8,
    );
    // Of ten pairs three are tied in both; six stand in order and one does not: (6 − 1) / 7.
    expect(kendallTau(["a", "b"], ["b", "a"], options)).toBeCloseTo(0.7142857, 6);
    // Four pairs are reversed, and each order ties one pair of the six: −4 / 5.
    expect(kendallTau(["a", "b"], ["c", "d"], ["a", "b", "c", "d"])).toBeCloseTo(-0.8);
  });

  test("is 1 for an order and itself, −1 for its reverse, and the same both ways", () => {
    const order = fc.shuffledSubarray(options, { minLength: 5 });
    fc.assert(
      fc.property(order, order, (a, b) => {
        expect(kendallTau(a, a, options)).toBe(1);
        expect(kendallTau(a, a.toReversed(), options)).toBe(-1);
        expect(kendallTau(a, b, options)).toBeCloseTo(kendallTau(b, a, options), 12);
      }),
    );
  });
});

describe("ROUGE", () => {
  test("counts words, pairs and the longest common row", () => {
    // Lin (2004), section 3: “police killed the gunman” against two sentences of equal words in other order.
    const gold = "police killed the gunman";
    expect(rouge(gold, "police kill the gunman").rougeL).toBeCloseTo(3 / 4);
    expect(rouge(gold, "the gunman kill police").rougeL).toBeCloseTo(2 / 4);
    expect(rouge(gold, "police kill the gunman").rouge2).toBeCloseTo(1 / 3);
    expect(rouge(gold, "the gunman police killed").rouge2).toBeCloseTo(2 / 3);
    expect(rouge(gold, "the the the police").rouge1).toBeCloseTo(2 / 4);
  });

  test("looks at words, not at case and punctuation; characters where there are no spaces", () => {
    expect(rouge("The guest, pleased.", "the GUEST pleased")).toEqual({
      rouge1: 1,
      rouge2: 1,
      rougeL: 1,
    });
    expect(rouge("房间很好", "房间不好").rouge1).toBeCloseTo(3 / 4);
    expect(rouge("", "words")).toEqual({ rouge1: 0, rouge2: 0, rougeL: 0 });
  });

  test("is a share, the same both ways, and 1 for a text of two words and itself", () => {
    fc.assert(
      fc.property(fc.lorem({ maxCount: 8 }), fc.lorem({ maxCount: 8 }), (a, b) => {
        const [one, other] = [rouge(a, b), rouge(b, a)];
        for (const name of ["rouge1", "rouge2", "rougeL"] as const) {
          expect(one[name]).toBeCloseTo(other[name], 12);
          expect(one[name]).toBeGreaterThanOrEqual(0);
          expect(one[name]).toBeLessThanOrEqual(1);
        }
        expect(rouge(`x ${a}`, `x ${a}`).rouge2).toBe(1);
      }),
    );
  });
});

test("numbers are measured by their distance", () => {
  const stars = measuring(label({ kind: "number", min: 1, max: 5, step: 1 }));
  for (const [gold, predicted] of [
    [5, 5],
    [4, 5],
    [1, 4],
  ] as const)
    stars?.add(gold, predicted);
  expect(stars?.result()).toMatchObject({
    kind: "number",
    withinStep: { hits: 2, n: 3 },
    meanAbsoluteError: 4 / 3,
  });
  const tenths = measuring(label({ kind: "number", min: 0, max: 1, step: 0.1 }));
  tenths?.add(0.3, 0.2);
  expect(tenths?.result()).toMatchObject({ withinStep: { hits: 1 } });
  const endless = measuring(label({ kind: "number" }));
  expect(endless?.result()).toEqual({ kind: "number", withinStep: null, meanAbsoluteError: null });
});

describe("spans", () => {
  const at = (start: number, end: number, value: string | number | string[]) => ({
    start,
    end,
    value,
  });
  const who = label({ level: "span", options: asOptions("per", "loc") });

  test("count as found exactly, or by a character, by option", () => {
    const measured = measuring(who);
    measured?.add(
      [at(0, 5, "per"), at(10, 15, "loc"), at(20, 30, "per")],
      [at(0, 5, "per"), at(12, 14, "loc"), at(20, 30, "loc"), at(20, 22, "per"), at(24, 26, "per")],
    );
    const result = measured?.result();
    expect(result).toMatchObject({
      kind: "span",
      exact: { precision: { hits: 1, n: 5 }, recall: { hits: 1, n: 3 }, f1: 2 / 8 },
      overlap: { precision: { hits: 3, n: 5 }, recall: { hits: 3, n: 3 }, f1: 6 / 8 },
      options: [
        { value: "per", overlap: { precision: { hits: 2, n: 3 }, recall: { hits: 2, n: 2 } } },
        { value: "loc", exact: { f1: 0 }, overlap: { f1: 2 / 3 } },
      ],
    });
  });

  test("with several options count for each of them, with numbers and texts for all", () => {
    const several = measuring(
      label({ level: "span", kind: "multiple", options: asOptions("a", "b") }),
    );
    several?.add([at(0, 3, ["a", "b"])], [at(0, 3, ["a"])]);
    expect(several?.result()).toMatchObject({ exact: { f1: 2 / 3 } });
    const notes = measuring(label({ level: "span", kind: "text" }));
    notes?.add([at(0, 3, "one")], [at(0, 3, "two")]);
    expect(notes?.result()).toMatchObject({ exact: { f1: 0 }, overlap: { f1: 1 }, options: [] });
  });

  test("are matched one to one, so that no side has more hits than spans, and equal lists are all right", () => {
    const spans = fc
      .array(fc.tuple(fc.nat(20), fc.integer({ min: 1, max: 8 }), fc.constantFrom("per", "loc")), {
        maxLength: 6,
      })
      .map((list) => [
        ...new Map(list.map(([s, l, v]) => [`${s} ${l} ${v}`, at(s, s + l, v)])).values(),
      ]);
    fc.assert(
      fc.property(spans, spans, (gold, predicted) => {
        const measured = measuring(who);
        measured?.add(gold, predicted);
        const result = measured?.result();
        if (result?.kind !== "span") throw new Error("spans are measured as such");
        const { exact, overlap } = result;
        expect(overlap.recall.hits).toBeLessThanOrEqual(gold.length);
        expect(overlap.precision.hits).toBeLessThanOrEqual(predicted.length);
        expect(exact.recall.hits).toBeLessThanOrEqual(overlap.recall.hits);
        const same = measuring(who);
        same?.add(gold, gold);
        expect(same?.result()).toMatchObject({ exact: { f1: gold.length === 0 ? null : 1 } });
      }),
    );
  });
});
