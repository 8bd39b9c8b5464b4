import type { Option } from "../schema/schema.ts";
import type { Vocabulary } from "../schema/vocabulary.ts";
import { fold } from "../text/fold.ts";
import { keyOf } from "../text/words.ts";
import { type Answer, missed, type Passage, trimmed } from "./answer.ts";
import { denied } from "./negation.ts";
import type { AnswerMatch } from "./reading.ts";
import { translationsOf } from "./translation.ts";

/** No option, whatever marks stand around it, is longer than this. */
const longestPlain = 1000;

/** Reads a passage that is an option's value or text as written in the schema, white space around it aside. */
export function readExact(vocabulary: Vocabulary, passage: Passage): Answer | undefined {
  const { text, start, end, cut } = trimmed(passage);
  const option = vocabulary.exact.get(text.slice(start, end));
  return option && settled(vocabulary, passage, option, "exact", start, end, cut);
}

/**
 * Reads a passage that is an option and nothing else: its value or text as written, else but for case, Unicode form and
 * punctuation, else another language's word for it. `undefined` where it is no such passage.
 */
export function readPlain(vocabulary: Vocabulary, passage: Passage): Answer | undefined {
  const exact = readExact(vocabulary, passage);
  if (exact) return exact;

  const { text, start, end, cut } = trimmed(passage);
  if (end - start > longestPlain) return undefined;
  const words = vocabulary.words(text, start, end);
  const [first, last] = [words[0], words.at(-1)];
  if (!first || !last) return undefined;
  const folded = vocabulary.folded.get(fold(text.slice(start, end)));
  if (folded) return settled(vocabulary, passage, folded, "normalised", first.start, last.end, cut);

  const key = keyOf(words);
  const option = vocabulary.keys.get(key);
  if (option === null) return missed("ambiguous", passage);
  const chosen = option ?? translationsOf(vocabulary.definition).get(key);
  if (!chosen) return undefined;
  if (denied(text, words, 0, words.length - 1, () => true)) return missed("negated", passage);
  const match = option ? "normalised" : "translated";
  return settled(vocabulary, passage, chosen, match, first.start, last.end, cut);
}

/** At the token limit an option stands only if no longer option begins with what is written. */
function settled(
  vocabulary: Vocabulary,
  passage: Passage,
  option: Option,
  match: AnswerMatch,
  start: number,
  end: number,
  cut: boolean,
): Answer {
  if (cut && mayGoOn(vocabulary, option, fold(passage.text.slice(start, end))))
    return missed("truncated", passage);
  return { ok: true, match, chosen: [{ option, span: [start, end] }] };
}

const mayGoOn = (vocabulary: Vocabulary, option: Option, written: string): boolean =>
  [...vocabulary.folded].some(
    ([folded, other]) =>
      other !== option && folded.length > written.length && folded.startsWith(written),
  );
