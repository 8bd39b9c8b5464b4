import type { Placed } from "./segments.ts";

/** The words of a text in its own language's sense: what a double click would select. */
export function wordsIn(text: string): readonly Placed[] {
  const segmenter = new Intl.Segmenter(undefined, { granularity: "word" });
  return [...segmenter.segment(text)].flatMap(({ index, segment, isWordLike }) =>
    isWordLike || /[^\s\p{P}]/u.test(segment)
      ? [{ start: index, end: index + segment.length }]
      : [],
  );
}

/** A selection widened to the whole words it touches, without white space at its ends; undefined where it holds none. */
export function snapped(
  text: string,
  words: readonly Placed[],
  { start, end }: Placed,
): Placed | undefined {
  const first = words.find((word) => word.end > start);
  const last = words.findLast((word) => word.start < end);
  const from = first && first.start < end ? Math.min(first.start, startOf(text, start)) : start;
  const to = last && last.end > start ? Math.max(last.end, endOf(text, end)) : end;
  const inner = text.slice(from, to);
  const trimmed = inner.trim();
  if (trimmed === "") return undefined;
  const lead = inner.length - inner.trimStart().length;
  return { start: from + lead, end: from + lead + trimmed.length };
}

const startOf = (text: string, start: number): number =>
  start + (/^\s*/u.exec(text.slice(start))?.[0].length ?? 0);

const endOf = (text: string, end: number): number => text.slice(0, end).trimEnd().length;

/** The next word after a place, or the last before it; undefined at the text's end. */
export const wordAfter = (words: readonly Placed[], at: number): Placed | undefined =>
  words.find(({ start }) => start >= at);
export const wordBefore = (words: readonly Placed[], at: number): Placed | undefined =>
  words.findLast(({ end }) => end <= at);

/** A stretch with its end one word further on or back; never less than a word. */
export function withEnd(words: readonly Placed[], span: Placed, by: 1 | -1): Placed {
  const to = by === 1 ? wordAfter(words, span.end) : wordBefore(words, span.end - 1);
  return to && to.end > span.start ? { ...span, end: to.end } : span;
}

/** A stretch with its beginning one word back or further on; never less than a word. */
export function withStart(words: readonly Placed[], span: Placed, by: 1 | -1): Placed {
  const to = by === -1 ? wordBefore(words, span.start) : wordAfter(words, span.start + 1);
  return to && to.start < span.end ? { ...span, start: to.start } : span;
}
