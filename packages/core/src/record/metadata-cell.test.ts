import { expect, test } from "vitest";
import { valueOfCell } from "./metadata-cell.ts";

test.each([
  ["3", 3],
  ["-0.5", -0.5],
  ["1e3", 1000],
  ["true", true],
  ["false", false],
  ["[1, 2.5]", [1, 2.5]],
  ["007", "007"],
  ["1e400", "1e400"],
  ["12345678901234567890", "12345678901234567890"],
  ["2026-01-31", "2026-01-31"],
  ['[1, "a"]', '[1, "a"]'],
  ["trueish", "trueish"],
  ["[draft]", "[draft]"],
  ["null", "null"],
  ["good", "good"],
])("the cell %s is read as %j", (cell, value) => {
  expect(valueOfCell(cell)).toEqual(value);
});
