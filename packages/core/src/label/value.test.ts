import { expect, test } from "vitest";
import { LabelDefinition } from "../schema/schema.ts";
import { canonicalValue, readValue } from "./value.ts";

const options = [
  { value: "neg", text: "negative" },
  { value: "pos", text: "positive" },
];
const single = LabelDefinition.parse({ name: "tone", options });
const multiple = LabelDefinition.parse({ name: "tones", kind: "multiple", options });

test("a single choice is exactly one option's value", () => {
  expect(canonicalValue(single, "pos")).toBe("pos");
  expect(canonicalValue(single, "positive")).toBeUndefined();
  expect(canonicalValue(single, ["pos"])).toBeUndefined();
});

test("a multiple choice is put into the schema's order", () => {
  expect(canonicalValue(multiple, ["pos", "neg"])).toEqual(["neg", "pos"]);
  expect(canonicalValue(multiple, [])).toEqual([]);
});

test("a multiple choice names no option twice and none that is unknown", () => {
  expect(canonicalValue(multiple, ["pos", "pos"])).toBeUndefined();
  expect(canonicalValue(multiple, ["pos", "meh"])).toBeUndefined();
  expect(canonicalValue(multiple, "pos")).toBeUndefined();
});

test("a cell is read by value or by text", () => {
  expect(readValue(single, "pos")).toBe("pos");
  expect(readValue(single, " Negative ")).toBe("neg");
  expect(readValue(single, "meh")).toBeUndefined();
});

test("a cell of a multiple choice is a JSON list or one option", () => {
  expect(readValue(multiple, '["positive", "neg"]')).toEqual(["neg", "pos"]);
  expect(readValue(multiple, "[]")).toEqual([]);
  expect(readValue(multiple, "pos")).toEqual(["pos"]);
  expect(readValue(multiple, '["pos", "positive"]')).toBeUndefined();
  expect(readValue(multiple, '["pos", 3]')).toBeUndefined();
  expect(readValue(multiple, "[pos, neg")).toBeUndefined();
});
