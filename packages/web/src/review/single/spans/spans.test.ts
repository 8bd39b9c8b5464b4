import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lanesOf, segmentsOf } from "./segments.ts";
import { snapped, withEnd, withStart, wordAfter, wordBefore, wordsIn } from "./text-words.ts";

const at = (start: number, end: number) => ({ start, end });

describe("spans are drawn", () => {
  it("in lanes, one beneath the other where they overlap", () => {
    expect(lanesOf([at(0, 10), at(2, 5), at(4, 8), at(6, 9), at(10, 12)])).toEqual([0, 1, 2, 1, 0]);
  });

  it("over segments that are the text again, each with the spans that lie over it", () => {
    expect(segmentsOf(10, [at(2, 6), at(4, 8)])).toEqual([
      { ...at(0, 2), spans: [] },
      { ...at(2, 4), spans: [0] },
      { ...at(4, 6), spans: [0, 1] },
      { ...at(6, 8), spans: [1] },
      { ...at(8, 10), spans: [] },
    ]);
    const span = fc.tuple(fc.nat(40), fc.integer({ min: 1, max: 9 })).map(([s, l]) => at(s, s + l));
    fc.assert(
      fc.property(fc.string({ minLength: 50, maxLength: 60 }), fc.array(span), (text, spans) => {
        const segments = segmentsOf(text.length, spans);
        expect(segments.map(({ start, end }) => text.slice(start, end)).join("")).toBe(text);
        const sorted = spans.toSorted((a, b) => a.start - b.start);
        const lanes = lanesOf(sorted);
        for (const [i, a] of sorted.entries())
          for (const [j, b] of sorted.entries())
            if (i < j && a.start < b.end && b.start < a.end) expect(lanes[i]).not.toBe(lanes[j]);
      }),
    );
  });
});

describe("a selection", () => {
  const text = "Ann-Marie met  Ben, didn’t she?";
  const words = wordsIn(text);
  const words_ = (of: { start: number; end: number } | undefined) =>
    of && text.slice(of.start, of.end);

  it("is widened to whole words", () => {
    expect(words_(snapped(text, words, at(11, 17)))).toBe("met  Ben");
    expect(words_(snapped(text, words, at(13, 15)))).toBe(undefined);
    expect(words_(snapped(text, words, at(15, 19)))).toBe("Ben,");
  });

  it("moves and grows word by word, and never to nothing", () => {
    const ben = snapped(text, words, at(15, 16)) ?? at(0, 0);
    expect(words_(wordAfter(words, ben.end))).toBe("didn’t");
    expect(words_(wordBefore(words, ben.start))).toBe("met");
    expect(words_(withEnd(words, ben, 1))).toBe("Ben, didn’t");
    expect(words_(withEnd(words, ben, -1))).toBe("Ben");
    expect(words_(withStart(words, ben, -1))).toBe("met  Ben");
    expect(words_(withStart(words, ben, 1))).toBe("Ben");
  });

  it("finds words where there are no spaces", () => {
    expect(wordsIn("房间很好").length).toBeGreaterThan(1);
    expect(wordsIn("مرحبا بالعالم")).toHaveLength(2);
  });
});
