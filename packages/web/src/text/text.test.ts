import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { excerpt } from "./excerpt.ts";
import { segments } from "./segments.ts";

describe("segments", () => {
  it("mark every match, whatever its case", () => {
    expect(segments("Late again. So late!", "late")).toEqual([
      { text: "Late", match: true, at: 0 },
      { text: " again. So ", match: false, at: 4 },
      { text: "late", match: true, at: 15 },
      { text: "!", match: false, at: 19 },
    ]);
  });

  it("take the keyword for what it says, not for a pattern", () => {
    expect(segments("a.b axb (c)", "a.b").filter(({ match }) => match)).toHaveLength(1);
    expect(segments("<b>(c)</b>", "(c)</").filter(({ match }) => match)).toHaveLength(1);
  });

  it("joined are the text again", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme" }),
        fc.option(fc.string({ maxLength: 3 }), { nil: undefined }),
        (text, keyword) => {
          const cut = segments(text, keyword);
          expect(cut.map((segment) => segment.text).join("")).toBe(text);
          for (const { at, text: part } of cut) expect(text.startsWith(part, at)).toBe(true);
        },
      ),
    );
  });
});

describe("an excerpt", () => {
  it("is one line", () => {
    expect(excerpt("first\n\n  second\tthird ", undefined)).toBe("first second third");
  });

  it("begins shortly before a match that lies far in, at a word", () => {
    const line = excerpt(`${"word ".repeat(100)}needle and more`, "NEEDLE");
    expect(line).toMatch(/^… (word ){5,6}needle and more$/);
  });

  it("is short however long the text, and cuts no character in two", () => {
    expect(excerpt("😀".repeat(5000), undefined, 99)).toHaveLength(98);
    expect(excerpt("x".repeat(1_000_000), "x".repeat(10))).toHaveLength(400);
  });
});
