import { z } from "zod";
import type { SpanValue } from "./label.ts";

type Fact = SpanValue["value"];

/**
 * Spans as they are stored: within the text, cutting no character in two, in the text's order, the shorter before the
 * longer of those that begin together, none twice. `undefined` where one of them is unusable.
 */
export function canonicalSpans(
  spans: readonly SpanValue[],
  text: string,
  canonical: (fact: Fact) => Fact | undefined,
): SpanValue[] | undefined {
  const usable: SpanValue[] = [];
  for (const { start, end, value } of spans) {
    const fact = canonical(value);
    if (fact === undefined || start >= end || end > text.length) return undefined;
    if (isInCharacter(text, start) || isInCharacter(text, end)) return undefined;
    usable.push({ end, start, value: fact });
  }
  const sorted = sortedSpans(usable);
  return sorted.length < usable.length ? undefined : sorted;
}

/** Spans in the text's order, the shorter before the longer of those that begin together, each once. */
export function sortedSpans(spans: readonly SpanValue[]): SpanValue[] {
  const keyed = new Map(spans.map((span) => [keyOf(span), span]));
  return [...keyed]
    .sort(([aKey, a], [bKey, b]) => a.start - b.start || a.end - b.end || (aKey < bKey ? -1 : 1))
    .map(([, span]) => span);
}

const keyOf = ({ start, end, value }: SpanValue): string => JSON.stringify([start, end, value]);

/** Whether a place lies between the two halves of a character. */
export const isInCharacter = (text: string, at: number): boolean =>
  at > 0 && at < text.length && (text.codePointAt(at - 1) ?? 0) > 0xffff;

const WrittenSpan = z.strictObject({
  start: z.int().min(0),
  end: z.int().min(1),
  value: z.unknown(),
  text: z.string().optional(),
});

/**
 * Spans as a file has them: `[{start, end, value}]`, each perhaps with the `text` it covers. Where the texts are given
 * and lie there only if offsets count whole characters, as Python does, the offsets are taken so; where they do not lie
 * there at all, nothing is.
 */
export function readSpans(
  written: unknown,
  text: string,
  read: (fact: unknown) => Fact | undefined,
): SpanValue[] | undefined {
  const spans = z.array(WrittenSpan).safeParse(written).data;
  if (!spans) return undefined;
  const inCharacters = characterPlaces(text);
  const places = [(at: number) => at, (at: number) => inCharacters[at] ?? Number.NaN].find(
    (place) =>
      spans.every(
        (span) =>
          span.text === undefined || text.slice(place(span.start), place(span.end)) === span.text,
      ),
  );
  if (!places) return undefined;
  const values: SpanValue[] = [];
  for (const span of spans) {
    const value = read(span.value);
    if (value === undefined) return undefined;
    values.push({ end: places(span.end), start: places(span.start), value });
  }
  return canonicalSpans(values, text, (fact) => fact);
}

/** Where in UTF-16 each character of a text begins, and where it ends. */
function characterPlaces(text: string): number[] {
  const places = [0];
  let at = 0;
  for (const character of text) {
    at += character.length;
    places.push(at);
  }
  return places;
}

/** Spans with the words they cover, for a person or a program that counts otherwise. */
export const quotedSpans = (spans: readonly SpanValue[], text: string) =>
  spans.map(({ start, end, value }) => ({ start, end, value, text: text.slice(start, end) }));

/** A text in which some words stand more often than this is none to count in. */
const mostPlaces = 10_000;

/** Where words stand in a text, from left to right; places may overlap. */
export function placesOf(words: string, text: string): number[] {
  const places: number[] = [];
  if (words.trim() === "") return places;
  for (
    let at = text.indexOf(words);
    at >= 0 && places.length < mostPlaces;
    at = text.indexOf(words, at + 1)
  )
    if (!isInCharacter(text, at) && !isInCharacter(text, at + words.length)) places.push(at);
  return places;
}
