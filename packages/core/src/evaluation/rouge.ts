import { wordsOf } from "../text/words.ts";

/** F1 of the words, of the pairs of words, and of the longest common row of words, of two texts. Each in [0, 1]. */
export interface Rouge {
  readonly rouge1: number;
  readonly rouge2: number;
  readonly rougeL: number;
}

/** Words of a text that are compared; the time of the longest common row grows with their square. */
const mostWords = 4000;

/**
 * ROUGE-1, ROUGE-2 and ROUGE-L (Lin 2004, “ROUGE: A package for automatic evaluation of summaries”) as F1, precision and
 * recall weighing the same. Words are folded, not stemmed; characters of scripts without spaces are words each.
 */
export function rouge(gold: string, predicted: string): Rouge {
  const a = wordsIn(gold);
  const b = wordsIn(predicted);
  return {
    rouge1: f1(common(a, b), a.length, b.length),
    rouge2: f1(common(pairs(a), pairs(b)), a.length - 1, b.length - 1),
    rougeL: f1(longestCommonRow(a, b), a.length, b.length),
  };
}

const wordsIn = (text: string): string[] =>
  wordsOf(text)
    .slice(0, mostWords)
    .map(({ folded }) => folded);

const pairs = (words: readonly string[]): string[] =>
  words.slice(1).map((word, index) => `${words[index]} ${word}`);

/** How many items two lists have in common, each as often as both have it. */
function common(a: readonly string[], b: readonly string[]): number {
  const left = new Map<string, number>();
  for (const item of a) left.set(item, (left.get(item) ?? 0) + 1);
  let hits = 0;
  for (const item of b) {
    const n = left.get(item) ?? 0;
    if (n === 0) continue;
    hits++;
    left.set(item, n - 1);
  }
  return hits;
}

/** The length of the longest row of words that both lists have in this order, others between them. */
function longestCommonRow(a: readonly string[], b: readonly string[]): number {
  let above = new Uint16Array(b.length + 1);
  for (const word of a) {
    const row = new Uint16Array(b.length + 1);
    for (let at = 0; at < b.length; at++)
      row[at + 1] =
        word === b[at] ? (above[at] ?? 0) + 1 : Math.max(row[at] ?? 0, above[at + 1] ?? 0);
    above = row;
  }
  return above[b.length] ?? 0;
}

/** Of texts that have no words, or no pairs of them, it is 0, as the published implementations have it. */
const f1 = (hits: number, gold: number, predicted: number): number =>
  hits === 0 ? 0 : (2 * hits) / (gold + predicted);
