import { describe, expect, test } from "vitest";
import { sentiment, single, topics } from "../labels.ts";
import { readOne, said } from "../said.ts";

describe("fuzzy matching", () => {
  const fuzzy = { threshold: 0.8, margin: 0.2 };
  test("takes the nearest option, only where asked for", () => {
    expect(said(sentiment, "positve")).toBe("(unknown-option)");
    expect(readOne(sentiment, "Sentiment: positve", { fuzzy })).toMatchObject({
      value: "pos",
      rule: "line/fuzzy",
    });
    expect(said(sentiment, "psoitive", { fuzzy })).toBe("pos");
    expect(said(topics, "[sport, politcs]", { fuzzy })).toEqual(["politics", "sports"]);
  });
  test("takes none that is too far, or hardly nearer than another, or denied", () => {
    expect(said(sentiment, "possible", { fuzzy })).toBe("(unknown-option)");
    const near = single("label", "clause a", "clause b");
    expect(said(near, "clause c", { fuzzy: { threshold: 0.8, margin: 0.1 } })).toBe("(ambiguous)");
    expect(said(sentiment, "not positve", { fuzzy: { threshold: 0.5, margin: 0.1 } })).toBe(
      "(unknown-option)",
    );
  });
});
