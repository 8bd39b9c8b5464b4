import type { Answer, Passage } from "./answer.ts";

/** A JSON value with its place in the text, `[start, end)`; for a string that is what stands between the quotes. */
export type Json = (
  | { readonly kind: "scalar"; readonly text: string; readonly quoted: boolean }
  | { readonly kind: "array"; readonly items: readonly Json[] }
  | { readonly kind: "object"; readonly entries: readonly JsonEntry[] }
) & { readonly start: number; readonly end: number };

export interface JsonEntry {
  readonly key: JsonScalar;
  readonly value: Json;
}

export type JsonScalar = Json & { readonly kind: "scalar" };

/** What could be read: `complete` where it is one well-formed value; `end` is where reading stopped. */
export interface JsonReading {
  readonly value: Json | undefined;
  readonly end: number;
  readonly complete: boolean;
}

const deepest = 64;

/**
 * Reads one JSON value (RFC 8259) that begins at `start`, telling where each part stands, which JSON.parse does not.
 * Of a value that breaks off it keeps the entries and items that are complete. Takes time linear in what it reads.
 */
export function readJson(text: string, start: number, end: number, depth = 0): JsonReading {
  const at = skipSpace(text, start, end);
  const opening = at < end ? text.charAt(at) : "";
  if (opening === '"') return readString(text, at, end);
  if (depth >= deepest) return { value: undefined, end: at, complete: false };
  if (opening === "{") return readObject(text, at, end, depth);
  if (opening === "[") return readArray(text, at, end, depth);
  return readWord(text, at, end);
}

const space = /[ \t\n\r]*/y;

function skipSpace(text: string, start: number, end: number): number {
  space.lastIndex = start;
  space.test(text);
  return Math.min(space.lastIndex, end);
}

const stringBody = /(?:[^"\\\p{Cc}]|\\.)*"/uy;

function readString(text: string, start: number, end: number): JsonReading {
  stringBody.lastIndex = start + 1;
  const closed = stringBody.test(text) && stringBody.lastIndex <= end;
  if (!closed) return { value: undefined, end, complete: false };
  const after = stringBody.lastIndex;
  const decoded = decode(text.slice(start, after));
  if (decoded === undefined) return { value: undefined, end: after, complete: false };
  const value: Json = {
    kind: "scalar",
    text: decoded,
    quoted: true,
    start: start + 1,
    end: after - 1,
  };
  return { value, end: after, complete: true };
}

function decode(literal: string): string | undefined {
  if (!literal.includes("\\")) return literal.slice(1, -1);
  try {
    return JSON.parse(literal);
  } catch {
    return undefined;
  }
}

const word = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?=[\s,}\]])/y;

function readWord(text: string, start: number, end: number): JsonReading {
  word.lastIndex = start;
  const written = word.exec(text)?.[0];
  if (written === undefined || start + written.length > end)
    return { value: undefined, end: start, complete: false };
  const after = start + written.length;
  const value: Json = { kind: "scalar", text: written, quoted: false, start, end: after };
  return { value, end: after, complete: true };
}

function readArray(text: string, start: number, end: number, depth: number): JsonReading {
  const items: Json[] = [];
  const stopped = (at: number, complete: boolean): JsonReading => ({
    value: { kind: "array", items, start, end: at },
    end: at,
    complete,
  });
  let at = skipSpace(text, start + 1, end);
  if (text.charAt(at) === "]" && at < end) return stopped(at + 1, true);
  for (;;) {
    const item = readJson(text, at, end, depth + 1);
    if (item.value && isKept(item)) items.push(item.value);
    if (!item.complete) return stopped(item.end, false);
    at = skipSpace(text, item.end, end);
    const mark = at < end ? text.charAt(at) : "";
    if (mark === "]") return stopped(at + 1, true);
    if (mark !== ",") return stopped(at, false);
    at += 1;
  }
}

function readObject(text: string, start: number, end: number, depth: number): JsonReading {
  const entries: JsonEntry[] = [];
  const stopped = (at: number, complete: boolean): JsonReading => ({
    value: { kind: "object", entries, start, end: at },
    end: at,
    complete,
  });
  let at = skipSpace(text, start + 1, end);
  if (text.charAt(at) === "}" && at < end) return stopped(at + 1, true);
  for (;;) {
    const keyAt = skipSpace(text, at, end);
    if (keyAt >= end || text.charAt(keyAt) !== '"') return stopped(keyAt, false);
    const key = readString(text, keyAt, end);
    if (key.value?.kind !== "scalar") return stopped(key.end, false);
    const colon = skipSpace(text, key.end, end);
    if (colon >= end || text.charAt(colon) !== ":") return stopped(colon, false);
    const value = readJson(text, colon + 1, end, depth + 1);
    if (value.value && isKept(value)) entries.push({ key: key.value, value: value.value });
    if (!value.complete) return stopped(value.end, false);
    at = skipSpace(text, value.end, end);
    const mark = at < end ? text.charAt(at) : "";
    if (mark === "}") return stopped(at + 1, true);
    if (mark !== ",") return stopped(at, false);
    at += 1;
  }
}

/** Entries of an object that breaks off stand for themselves; a list that breaks off is another list. */
const isKept = (reading: JsonReading): boolean =>
  reading.complete || reading.value?.kind === "object";

/**
 * Reads a scalar as an answer. Where its text is not written plainly, but with escapes, the spans are those of the whole
 * literal.
 */
export function readScalar(
  text: string,
  scalar: JsonScalar,
  read: (passage: Passage) => Answer,
): Answer {
  const { start, end } = scalar;
  if (scalar.text === text.slice(start, end)) return read({ text, start, end, cut: false });
  const answer = read({ text: scalar.text, start: 0, end: scalar.text.length, cut: false });
  if (!answer.ok) return answer;
  return {
    ...answer,
    chosen: answer.chosen.map(({ option }) => ({ option, span: [start, end] as const })),
    ...(answer.said && { said: { ...answer.said, span: [start, end] as const } }),
  };
}
