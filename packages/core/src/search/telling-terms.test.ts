import { expect, test } from "vitest";
import { tellingTerms } from "./telling-terms.ts";

const sample = Array.from({ length: 100 }, (_, n) =>
  n % 2 === 0 ? "the bag came late" : `the seat was fine${n === 1 ? " and plumcoloured" : ""}`,
);

test("the rarest words come first, as many as find enough texts", () => {
  const among = { sample, size: 1000 };
  const text = ["The late bag was plumcoloured, unheard-of"];
  expect(tellingTerms(text, among, 20)).toEqual(["unheard", "of", "plumcoloured"].filter(long));
  expect(tellingTerms(text, among, 1)).toEqual(["unheard"]);
  expect(tellingTerms(["the"], among, 1)).toEqual(["the"]);
});

const long = (term: string) => term.length > 2;

test("words of languages without blanks are long enough for an index", () => {
  const terms = tellingTerms(["我的行李来晚了"], { sample, size: 1000 }, 1000);
  expect(terms.length).toBeGreaterThan(1);
  for (const term of terms) expect([...term].length).toBeGreaterThanOrEqual(3);
});

test("a text without words has none", () => {
  expect(tellingTerms(["?! …"], { sample, size: 1000 }, 20)).toEqual([]);
  expect(tellingTerms(["fresh words"], { sample: [], size: 0 }, 20)).toEqual(["fresh", "words"]);
});
