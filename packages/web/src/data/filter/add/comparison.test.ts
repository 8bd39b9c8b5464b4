import { expect, it } from "vitest";
import { type Compared, comparisonOf, nothingCompared } from "./comparison.ts";

const asked = (
  operator: Compared["operator"],
  kind: "text" | "number" | "boolean" | "day",
  text: string,
  several: string[] = [],
) => comparisonOf({ ...nothingCompared, operator, operand: { kind, text }, several });

it.each([
  ["the same figures as a text", asked("==", "text", "007"), { "==": "007" }],
  ["as a number", asked("==", "number", "007"), { "==": 7 }],
  ["yes", asked("!=", "boolean", "true"), { "!=": true }],
  ["a day", asked(">=", "day", "2026-01-31"), { ">=": "2026-01-31" }],
  ["any of several numbers", asked("in", "number", "", ["1", "2"]), { in: [1, 2] }],
  ["whether it is there", asked("exists", "text", ""), { exists: true }],
  ["whether it is missing", asked("missing", "text", ""), { exists: false }],
])("a comparison is written with its kind: %s", (_, comparison, expected) => {
  expect(comparison).toEqual(expected);
});

it.each([
  ["no value", asked("==", "text", "")],
  ["no number", asked("<", "number", "seven")],
  ["no day", asked("<", "day", "31.1.2026")],
  ["a list with something that is no number", asked("in", "number", "", ["1", "x"])],
  ["an empty list", asked("in", "text", "", [])],
  ["yes and no in order", asked("<", "boolean", "true")],
])("nothing is asked while it is not written whole: %s", (_, comparison) => {
  expect(comparison).toBeUndefined();
});
