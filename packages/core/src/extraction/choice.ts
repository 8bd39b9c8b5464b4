import type { Vocabulary } from "../schema/vocabulary.ts";
import { type Answer, missed, type Passage, torn } from "./answer.ts";
import { readFuzzily } from "./fuzzy.ts";
import { leadingMention, type Mention, mentionsIn } from "./mentions.ts";
import { readPlain } from "./plain.ts";
import type { FuzzyMatching } from "./reading.ts";
import { refuses } from "./refusal.ts";

/** Reads the answer to a single choice: the option itself, else the one option the words come down to. */
export function readChoice(
  vocabulary: Vocabulary,
  passage: Passage,
  fuzzy: FuzzyMatching | undefined,
): Answer {
  const { text, start, end } = passage;
  if (!/\S/u.test(text.slice(start, end))) return missed("no-label", passage);
  return (
    readPlain(vocabulary, passage) ??
    readMentioned(vocabulary, passage) ??
    (fuzzy && readFuzzily(vocabulary, passage, fuzzy)) ??
    missed("unknown-option", passage)
  );
}

/**
 * Reads a passage that says more than the option. The option it begins with stands where the rest explains it; else
 * there must be one option that is named and not denied, once at least beyond doubt. A refusal is no answer, whatever it
 * names. `undefined` where the passage neither names an option nor refuses.
 */
export function readMentioned(vocabulary: Vocabulary, passage: Passage): Answer | undefined {
  const { text, start, end, cut } = passage;
  const words = vocabulary.words(text, start, end);
  const mentions = mentionsIn(vocabulary, text, words);
  const leading = leadingMention(text, words, mentions);
  if (leading && !leading.common) return mentioned(leading);
  if (refuses(words, ownWords(mentions))) return missed("refusal", passage);
  if (mentions.length === 0) return undefined;
  if (cut) return missed("truncated", passage);
  return leading ? mentioned(leading) : soleOption(mentions, passage);
}

const ownWords = (mentions: readonly Mention[]): ((index: number) => boolean) => {
  return (index) => mentions.some(({ first, last }) => first <= index && index <= last);
};

function soleOption(mentions: readonly Mention[], passage: Passage): Answer | undefined {
  const meant = mentions.filter((mention) => !mention.denied);
  if (meant.length === 0) return missed("negated", passage);
  const options = new Set(meant.map((mention) => mention.option));
  if (options.size > 1) return torn(options);
  const clear = meant.findLast((mention) => mention.clear);
  return clear && mentioned(clear);
}

const mentioned = ({ option, span }: Mention): Answer => ({
  ok: true,
  match: "mentioned",
  chosen: [{ option, span }],
});
