import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TextIndex } from "./text-index.ts";

const index = (...texts: string[]) => new TextIndex(new Set(texts));

describe("finding a known text in a prompt", () => {
  test("finds texts of every length, wherever they stand", () => {
    const texts = Array.from(
      { length: 40 },
      (_, i) => "x".repeat(i) + String.fromCodePoint(200 + i),
    );
    const known = index(...texts);
    for (const text of texts)
      for (const prompt of [text, `before ${text}`, `${text} after`, `before\n${text}\nafter`])
        expect(known.find(prompt)).toBe(text);
  });

  test("prefers the text that contains another", () => {
    const known = index("not good", "good", "not good at all, thanks", "thanks");
    expect(known.find("Text: not good at all, thanks.")).toBe("not good at all, thanks");
    expect(known.find("Text: not good at all")).toBe("not good");
  });

  test("takes the last of equally long texts", () => {
    expect(index("first", "other").find("first, then other, then end")).toBe("other");
    expect(index("first", "other").find("other, then first, then end")).toBe("first");
  });

  test("finds nothing in a prompt that holds no text, or only a part of one", () => {
    const known = index("the parcel never came", "ok?");
    expect(known.find("the parcel never")).toBeUndefined();
    expect(known.find("")).toBeUndefined();
  });

  test("agrees with trying every text, whatever texts and prompt are", () => {
    const letters = fc.string({
      unit: fc.constantFrom("a", "b", "c", "🙂", "é"),
      minLength: 1,
      maxLength: 24,
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(letters, { minLength: 1, maxLength: 30 }),
        fc.array(letters),
        (texts, parts) => {
          const prompt = parts.join("");
          const contained = texts.filter((text) => prompt.includes(text));
          const longest = Math.max(...contained.map((text) => text.length));
          const last = contained
            .filter((text) => text.length === longest)
            .toSorted((a, b) => prompt.lastIndexOf(a) - prompt.lastIndexOf(b))
            .at(-1);
          expect(index(...texts).find(prompt)).toBe(last);
        },
      ),
    );
  });
});
