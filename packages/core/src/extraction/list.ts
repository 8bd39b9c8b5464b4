import { isChoice } from "../schema/schema.ts";
import type { Vocabulary } from "../schema/vocabulary.ts";
import { keyOf } from "../text/words.ts";
import { type Answer, type Chosen, missed, type Passage, trimmed } from "./answer.ts";
import { readFuzzily } from "./fuzzy.ts";
import { readJson, readScalar } from "./json.ts";
import { itemsAsAsked, itemsOf, withoutBrackets, withoutBullet } from "./list-items.ts";
import { readExact, readPlain } from "./plain.ts";
import type { AnswerMatch, FuzzyMatching } from "./reading.ts";
import { refuses } from "./refusal.ts";

/**
 * Reads the answer to a multiple choice: options in a JSON array, after the separator our own prompts ask for, after
 * any usual separator or bullet, or in a row with “and” between them. All that is listed must be options: half an answer
 * would be another answer. Words for nothing give the empty list, unless they are an option.
 */
export function readList(
  vocabulary: Vocabulary,
  passage: Passage,
  fuzzy: FuzzyMatching | undefined,
): Answer {
  const whole = trimmed(passage);
  if (whole.cut && !/[\])}.]$/.test(whole.text.slice(whole.start, whole.end)))
    return missed("truncated", passage);
  const inner = withoutBrackets(whole);
  return (
    asAsked(vocabulary, whole) ??
    fromJson(vocabulary, whole, fuzzy) ??
    fromNothing(vocabulary, inner, inner !== whole) ??
    parted(vocabulary, inner, fuzzy) ??
    inARow(vocabulary, inner) ??
    refused(vocabulary, whole) ??
    noOption(passage)
  );
}

/**
 * Options as written in the schema, behind the separator that our own prompts ask for; where no mark is free to part
 * them, in a JSON array.
 */
function asAsked(vocabulary: Vocabulary, passage: Passage): Answer | undefined {
  const { definition } = vocabulary;
  const items = isChoice(definition) ? itemsAsAsked(definition, passage) : undefined;
  const list = items
    ? together(items.map((item) => readExact(vocabulary, item) ?? noOption(item)))
    : fromJson(vocabulary, passage, undefined);
  return list?.ok && list.match === "exact" ? list : readExact(vocabulary, passage);
}

const noOption = (passage: Passage): Answer => missed("unknown-option", passage);

const nothing: Answer = { ok: true, match: "normalised", chosen: [] };

/** Items of a multiple choice, each read for itself, as one answer; the first that is no option speaks for all. */
export function together(items: readonly Answer[]): Answer {
  const chosen: Chosen[] = [];
  let match: AnswerMatch = "exact";
  for (const item of items) {
    if (!item.ok) return item;
    chosen.push(...item.chosen);
    if (strength.indexOf(item.match) > strength.indexOf(match)) match = item.match;
  }
  return { ok: true, match, chosen };
}

/** The ways an item can be matched, the strongest first. */
const strength: readonly AnswerMatch[] = ["exact", "normalised", "translated", "fuzzy"];

/** One item of a list: an option and nothing else. */
export const readItem = (
  vocabulary: Vocabulary,
  passage: Passage,
  fuzzy: FuzzyMatching | undefined,
): Answer =>
  readPlain(vocabulary, passage) ??
  (fuzzy && readFuzzily(vocabulary, passage, fuzzy)) ??
  noOption(passage);

/** Strings between brackets, read as JSON so that separators inside them part nothing. */
function fromJson(
  vocabulary: Vocabulary,
  passage: Passage,
  fuzzy: FuzzyMatching | undefined,
): Answer | undefined {
  if (passage.text.charAt(passage.start) !== "[") return undefined;
  const { value, end, complete } = readJson(passage.text, passage.start, passage.end);
  if (!complete || end !== passage.end || value?.kind !== "array") return undefined;
  const items = value.items.map((item) =>
    item.kind === "scalar"
      ? readScalar(passage.text, item, (one) => readItem(vocabulary, one, fuzzy))
      : noOption(passage),
  );
  return together(items);
}

const wordsForNothing: ReadonlySet<string> = new Set(
  `none; nothing; n a; na; null; empty; none of the above; none of these; none of them; no option; no options; no label;
  no labels; not applicable`.split(/;\s*/u),
);

function fromNothing(
  vocabulary: Vocabulary,
  passage: Passage,
  bracketed: boolean,
): Answer | undefined {
  if (passage.start === passage.end) return bracketed ? nothing : undefined;
  const key = keyOf(vocabulary.words(passage.text, passage.start, passage.end));
  return wordsForNothing.has(key) && !vocabulary.keys.has(key) ? nothing : undefined;
}

function parted(
  vocabulary: Vocabulary,
  passage: Passage,
  fuzzy: FuzzyMatching | undefined,
): Answer | undefined {
  const items = itemsOf(passage).map((item) => readListed(vocabulary, item, fuzzy));
  return items.length > 0 && items.every((item) => item.ok) ? together(items) : undefined;
}

/** An item as it is, since a sign before a number is part of it, else without the bullet before it. */
function readListed(
  vocabulary: Vocabulary,
  passage: Passage,
  fuzzy: FuzzyMatching | undefined,
): Answer {
  const asItIs = readPlain(vocabulary, passage);
  return asItIs?.ok ? asItIs : readItem(vocabulary, withoutBullet(passage), fuzzy);
}

const joiners = new Set("and plus also y e et und en och og i и 和 与 及 と".split(" "));
const joiningMarks = /^[\s,;|/&+、，"'“”‘’()*_`.–—-]*$/u;

/** Options one after another, the longest first where one holds another, with nothing but “and” between them. */
function inARow(vocabulary: Vocabulary, passage: Passage): Answer | undefined {
  const { text, start, end } = passage;
  const words = vocabulary.words(text, start, end);
  const chosen: Chosen[] = [];
  let read = start;
  for (let index = 0; index < words.length; ) {
    const occurrence = vocabulary.phrases.longestAt(words, index);
    const length = occurrence?.length ?? 1;
    const [first, last] = [words[index], words[index + length - 1]];
    if (!first || !last || !joiningMarks.test(text.slice(read, first.start))) return undefined;
    const [option, other] = occurrence?.items ?? [];
    if (other) return missed("ambiguous", passage);
    if (option) chosen.push({ option, span: [first.start, last.end] });
    else if (!joiners.has(first.folded)) return undefined;
    read = last.end;
    index += length;
  }
  return chosen.length > 0 && joiningMarks.test(text.slice(read, end))
    ? { ok: true, match: "normalised", chosen }
    : undefined;
}

const refused = (vocabulary: Vocabulary, passage: Passage): Answer | undefined =>
  refuses(vocabulary.words(passage.text, passage.start, passage.end), () => false)
    ? missed("refusal", passage)
    : undefined;
