import fc from "fast-check";
import { expect, test } from "vitest";
import { LabelDefinition } from "../schema/schema.ts";
import { countedAs } from "./counted.ts";

const label = (rest: object) => LabelDefinition.parse({ name: "x", ...rest });
const options = ["a", "b"].map((value) => ({ value, text: value }));

test("options count under themselves, spans under theirs, a ranking under its first", () => {
  expect(countedAs(label({ options }), "a")).toEqual(["a"]);
  expect(countedAs(label({ kind: "multiple", options }), ["a", "b"])).toEqual(["a", "b"]);
  expect(countedAs(label({ kind: "ranking", options }), ["b", "a"])).toEqual(["b"]);
  expect(countedAs(label({ level: "span", options }), [{ start: 0, end: 2, value: "b" }])).toEqual([
    "b",
  ]);
  expect(countedAs(label({ kind: "text" }), "so it is")).toEqual([]);
});

test("a rating counts by number, other numbers by range", () => {
  expect(countedAs(label({ kind: "number", min: 1, max: 5, step: 1 }), 4)).toEqual(["4"]);
  const percent = label({ kind: "number", min: 0, max: 100 });
  expect([0, 9.9, 10, 100].map((number) => countedAs(percent, number)[0])).toEqual([
    "0 to 10",
    "0 to 10",
    "10 to 20",
    "90 to 100",
  ]);
  const endless = label({ kind: "number" });
  expect([0, 3, -3, 0.15, 5000].map((number) => countedAs(endless, number)[0])).toEqual([
    "0",
    "2 to 5",
    "-5 to -2",
    "0.1 to 0.2",
    "5000 to 10000",
  ]);
});

test("a number lies within its range", () => {
  const endless = label({ kind: "number" });
  fc.assert(
    fc.property(fc.double({ min: -1e12, max: 1e12, noNaN: true }), (number) => {
      const [range = ""] = countedAs(endless, number);
      const [low = Number.NaN, high = low] = range.split(" to ").map(Number);
      fc.pre(number === 0 || Math.abs(number) > 1e-300);
      expect(low - Math.abs(low) * 1e-9).toBeLessThanOrEqual(number);
      expect(high + Math.abs(high) * 1e-9).toBeGreaterThanOrEqual(number);
    }),
  );
});
