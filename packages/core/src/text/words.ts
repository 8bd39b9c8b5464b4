import { fold } from "./fold.ts";

/** A word of a text: its folded form, and where it stands, as UTF-16 offsets `[start, end)`. */
export interface Word {
  readonly folded: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Letters, marks and digits; an apostrophe between letters and a dot between digits belong to the word (`isn't`, `1.5`),
 * so do a sign before a number (`-1`) and plus or number signs after a letter (`C++`, `C#`). Each repetition begins with
 * a character the one before cannot take, so matching is linear.
 */
const wordPattern =
  /(?:(?<![\p{L}\p{M}\p{N}])[-+−](?=\p{Nd}))?[\p{L}\p{M}\p{N}\p{Cf}]+(?:(?:['’](?=\p{L})|(?<=\p{Nd})\.(?=\p{Nd}))[\p{L}\p{M}\p{N}\p{Cf}]+)*[+#]*/gu;

/** Scripts written without spaces: each character is taken as a word. */
const unspaced =
  /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]\p{M}*/u;
const unspacedOrRest = new RegExp(`${unspaced.source}|(?:(?!${unspaced.source}).)+`, "gsu");

const nothing: ReadonlySet<string> = new Set();

/**
 * The words of `text[start, end)`, in order. White space and punctuation part words and are dropped, but for the
 * characters in `symbols`, each of which counts as a word of its own.
 */
export function wordsOf(
  text: string,
  symbols: ReadonlySet<string> = nothing,
  start = 0,
  end = text.length,
): Word[] {
  const words: Word[] = [];
  const piece = start === 0 && end === text.length ? text : text.slice(start, end);
  let parsed = 0;
  for (const match of piece.matchAll(wordPattern)) {
    if (symbols.size > 0) addSymbols(words, piece, parsed, match.index, start, symbols);
    parsed = match.index + match[0].length;
    addWord(words, match[0], start + match.index);
  }
  if (symbols.size > 0) addSymbols(words, piece, parsed, piece.length, start, symbols);
  return words;
}

function addWord(words: Word[], written: string, start: number): void {
  if (!unspaced.test(written)) {
    const folded = fold(written);
    if (folded !== "") words.push({ folded, start, end: start + written.length });
    return;
  }
  for (const part of written.matchAll(unspacedOrRest)) {
    const folded = fold(part[0]);
    const from = start + part.index;
    if (folded !== "") words.push({ folded, start: from, end: from + part[0].length });
  }
}

function addSymbols(
  words: Word[],
  piece: string,
  from: number,
  to: number,
  offset: number,
  symbols: ReadonlySet<string>,
): void {
  let at = from;
  for (const character of piece.slice(from, to)) {
    const folded = fold(character);
    if (symbols.has(folded))
      words.push({ folded, start: offset + at, end: offset + at + character.length });
    at += character.length;
  }
}

/** What two texts have in common when they have the same words. Empty where a text has none. */
export const keyOf = (words: readonly Word[]): string => words.map((word) => word.folded).join(" ");
