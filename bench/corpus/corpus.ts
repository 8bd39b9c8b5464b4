import { normal, randomNumbers } from "./random.ts";

/** A made-up record, with the label that is true of it. */
export interface CorpusRecord {
  readonly key: string;
  readonly text: string;
  readonly metadata: {
    readonly stars: number;
    readonly language: string;
    readonly channel: string;
    readonly day: string;
    readonly verified: boolean;
  };
  readonly truth: string;
}

/** The options of the corpus's one label. */
export const options = ["negative", "neutral", "positive"] as const;

const languages = ["en", "en", "en", "en", "en", "de", "de", "fr", "es", "nl"] as const;
const channels = ["mail", "app", "phone", "forum"] as const;
const vocabularySize = 20_000;
const medianWords = 24;

/**
 * Records that are the same for the same seed, however many are taken. Words are as frequent as words are (Zipf), lengths
 * as lengths of messages are: log-normal, half of them below 150 characters, one in a hundred above 1,000.
 */
export function* corpus(count: number, seed = 1): Generator<CorpusRecord> {
  const words = vocabulary(seed);
  for (let n = 0; n < count; n += 1) yield recordOf(n, seed, words);
}

function recordOf(n: number, seed: number, words: readonly string[]): CorpusRecord {
  const random = randomNumbers(seed * 7_368_787 + n);
  const length = Math.round(medianWords * Math.exp(0.85 * normal(random)));
  const text = Array.from({ length: Math.min(Math.max(length, 3), 2000) }, () =>
    wordAt(words, random),
  ).join(" ");
  const stars = 1 + Math.floor(random() * 5);
  const day = new Date(Date.UTC(2025, 0, 1) + Math.floor(random() * 365) * 86_400_000);
  return {
    key: `r${n}`,
    text: `${text} (case ${n})`,
    metadata: {
      stars,
      language: picked(languages, random),
      channel: picked(channels, random),
      day: day.toISOString().slice(0, 10),
      verified: random() < 0.1,
    },
    truth: options[stars < 3 ? 0 : stars === 3 ? 1 : 2] ?? "neutral",
  };
}

/** What an annotator says of a record: the truth as often as it is good, with a confidence that knows a little of it. */
export function saidOf(
  truth: string,
  accuracy: number,
  random: () => number,
): { readonly value: string; readonly confidence: number } {
  const right = random() < accuracy;
  const others = options.filter((option) => option !== truth);
  const value = right ? truth : picked(others, random);
  const sure = right ? 1 - random() ** 2 * 0.5 : 0.4 + random() * 0.55;
  return { value, confidence: Math.round(sure * 1e4) / 1e4 };
}

/** The words of the corpus, the most frequent first. */
function vocabulary(seed: number): string[] {
  const random = randomNumbers(seed);
  const onsets = [..."bcdfghklmnprstvw", "st", "tr", "ch", "pl", ""];
  const vowels = [..."aeiou", "ea", "ou", "ie"];
  const ends = ["", "", "n", "r", "s", "t", "l", "nd", "ng"];
  const syllable = () => picked(onsets, random) + picked(vowels, random) + picked(ends, random);
  const words = new Set<string>();
  while (words.size < vocabularySize) {
    const syllables = 1 + Math.floor(random() * (words.size < 200 ? 2 : 4));
    words.add(Array.from({ length: syllables }, syllable).join(""));
  }
  return [...words];
}

/** Ranks are drawn by their logarithm, which makes the frequency of a word fall with its rank. */
const wordAt = (words: readonly string[], random: () => number): string =>
  words[Math.floor(words.length ** random()) - 1] ?? "";

function picked<Value>(values: readonly Value[], random: () => number): Value {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new Error("there is nothing to pick from");
  return value;
}
