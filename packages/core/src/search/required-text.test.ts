import { expect, test } from "vitest";
import { requiredTexts } from "./required-text.ts";

test.each([
  ["case 99[0-9]+7\\)", ["case 99"]],
  ["refund.*money", ["refund", "money"]],
  ["(refund|money) back", [" back"]],
  ["colou?r", ["colo"]],
  ["colo{0,1}rful", ["col", "rful"]],
  ["colo{1,2}rful", ["colo", "rful"]],
  ["ab+c", []],
  ["late\\d+bags", ["late", "bags"]],
  ["\\mlate\\M", ["late"]],
  ["^hello there$", ["hello there"]],
  ["a.b", []],
  ["[[:alpha:]]+ing", ["ing"]],
])("what %s matches holds %j", (pattern, texts) => {
  expect(requiredTexts(pattern)).toEqual(texts);
});

test.each([
  ["refund|money"],
  ["(?i)refund"],
  ["***=refund"],
  ["\\u0041bcdef"],
  ["(refund)\\1 money"],
  ["Straße und mehr"],
  ["(unclosed refund"],
  ["[unclosed refund"],
  ["refund{x}"],
  ["[[.hyphen.]]refund"],
])("of %s nothing is required, as it is not read for certain", (pattern) => {
  expect(requiredTexts(pattern)).toEqual([]);
});
