/** Texts less alike than this are not similar: low, so that some words find the long texts that have them. */
export const leastSimilarity = 0.05;

/**
 * How alike two texts are: the share of their trigrams that both have, as PostgreSQL's pg_trgm counts them: of each word,
 * in lower case, with two blanks before it and one behind.
 */
export function textSimilarity(one: string, other: string): number {
  const [left, right] = [trigramsOf(one), trigramsOf(other)];
  if (left.size === 0 || right.size === 0) return 0;
  const common = [...left].filter((trigram) => right.has(trigram)).length;
  return Math.fround(common / (left.size + right.size - common));
}

function trigramsOf(text: string): Set<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(
    words.flatMap((word) => {
      const letters = [...`  ${word} `];
      return letters.slice(2).map((_, at) => letters.slice(at, at + 3).join(""));
    }),
  );
}

/** The cosine of the angle between two vectors of one length; 0 where either has no direction. */
export function cosine(one: ArrayLike<number>, other: ArrayLike<number>): number {
  let [product, left, right] = [0, 0, 0];
  for (let at = 0; at < one.length; at += 1) {
    const [a, b] = [one[at] ?? 0, other[at] ?? 0];
    product += a * b;
    left += a * a;
    right += b * b;
  }
  return left === 0 || right === 0 ? 0 : product / Math.sqrt(left * right);
}

/** A record with its score; {@link mostAlike} orders them. */
export interface Scored {
  readonly id: number;
  readonly score: number;
}

/** The records with the highest scores, at most `top`: highest first, of equals the lower id. */
export const mostAlike = (scored: readonly Scored[], top: number): Scored[] =>
  scored.toSorted((a, b) => b.score - a.score || a.id - b.id).slice(0, top);
