import { rankedLength } from "../schema/schema.ts";
import type { Vocabulary } from "../schema/vocabulary.ts";
import { type Answer, missed, type Passage, trimmed } from "./answer.ts";
import { readList } from "./list.ts";
import type { FuzzyMatching } from "./reading.ts";

/** Reads the answer to a ranking: options in order, as many as are asked for, none twice. */
export function readRanking(
  vocabulary: Vocabulary,
  passage: Passage,
  fuzzy: FuzzyMatching | undefined,
): Answer {
  if (!countsUp(passage)) return missed("ambiguous", passage);
  const list = readList(vocabulary, passage, fuzzy);
  return ranked(vocabulary, list, passage);
}

/** A list of options as a ranking, or why it is none. */
export function ranked({ definition }: Vocabulary, list: Answer, passage: Passage): Answer {
  if (!list.ok || definition.kind !== "ranking") return list;
  const { length } = list.chosen;
  if (length === 0) return missed("no-label", passage);
  if (new Set(list.chosen.map(({ option }) => option)).size < length)
    return missed("repeated-option", passage);
  return length === rankedLength(definition) ? list : missed("incomplete-ranking", passage);
}

/** Whether the numbers before the items of a list, if there are any, count up from one: others tell another order. */
function countsUp(passage: Passage): boolean {
  const { text, start, end } = trimmed(passage);
  const numbers = [...text.slice(start, end).matchAll(/^[ \t*_>-]*(\d{1,4})[.)](?=\s)/gmu)];
  return numbers.every(([, number], index) => Number(number) === index + 1);
}
