import { expect, test } from "vitest";
import { tellingTerms } from "./telling-terms.ts";

const sample = Array.from({ length: 100 }, (_, n) =>
  n % 2 === 0 ? "the bag came late" : `the seat was fine${n === 1 ? " and plumcoloured" : ""}`,
);

test("the rarest words come first, as many as find enough texts", () => {
  const among = { sample, size: 1000 };
  const text = ["The late bag was plumcoloured, unheard-of"];
  expect(tellingTerms(text, among, { texts: 20, terms: 24 })).toEqual(
    ["unheard", "of", "plumcoloured"].filter(long),
  );
  expect(tellingTerms(text, among, { texts: 1, terms: 24 })).toEqual(["unheard"]);
  expect(tellingTerms(text, among, { texts: 1000, terms: 2 })).toHaveLength(2);
  expect(tellingTerms(["the"], among, { texts: 1, terms: 24 })).toEqual(["the"]);
});

const long = (term: string) => term.length > 2;

test("words of languages without blanks are long enough for an index", () => {
  const terms = tellingTerms(
    ["我的行李来晚了"],
    { sample, size: 1000 },
    { texts: 1000, terms: 24 },
  );
  expect(terms.length).toBeGreaterThan(1);
  for (const term of terms) expect([...term].length).toBeGreaterThanOrEqual(3);
});

test("a text without words has none", () => {
  expect(tellingTerms(["?! …"], { sample, size: 1000 }, { texts: 20, terms: 24 })).toEqual([]);
  expect(tellingTerms(["fresh words"], { sample: [], size: 0 }, { texts: 20, terms: 24 })).toEqual([
    "fresh",
    "words",
  ]);
});
