import type { Option } from "../schema/schema.ts";
import type { Vocabulary } from "../schema/vocabulary.ts";
import { fold } from "../text/fold.ts";
import type { Word } from "../text/words.ts";
import { denied, parted } from "./negation.ts";
import type { Span } from "./reading.ts";

/** An option's words standing in running text. */
export interface Mention {
  readonly option: Option;
  readonly span: Span;
  /** Indices of its words, `[first, last]`. */
  readonly first: number;
  readonly last: number;
  /** It is a word of everyday running text, a number or a letter. */
  readonly common: boolean;
  /** The words around it leave no doubt that it is what is said: “the tone is clearly positive.” */
  readonly clear: boolean;
  /** It is named only to be denied: “not positive”. */
  readonly denied: boolean;
}

const set = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/u));

/** Words that may lead up to an answer without changing it. */
const openers = set(`
  is are was were be being been it's that's seems appears sounds feels looks reads remains stays
  it as a an like say choose select pick classify label answer option category class boxed
  expresses express expressing conveys conveying indicates indicating shows showing suggests
  very mostly slightly somewhat clearly definitely overall quite strongly generally primarily predominantly largely
  fairly likely probably highly extremely entirely purely simply certainly obviously mainly
  therefore thus hence so but rather instead however
  es está ist sind est è é är er jest это является 是 为 は είναι
`);

/** Words that may follow an answer without changing it. */
const followers = set(`
  because since as due given in about with toward towards overall for here sentiment tone label class category option
  text review message sentence statement tweet comment emotion stance opinion rating
  です 的
`);

/** Words too common in running text to be taken for an option without a clear sign. */
const everyday = set(`
  yes no not none other all any both some it is in on or and so true false good bad right wrong
`);

/** The options named in a text, with repeats, in order. Where options share a phrase, each of them is named by it. */
export function mentionsIn(
  vocabulary: Vocabulary,
  text: string,
  words: readonly Word[],
): Mention[] {
  const occurrences = vocabulary.phrases.occurrences(words).flatMap(({ items, first, length }) => {
    const last = first + length - 1;
    const start = words[first]?.start ?? 0;
    const end = words[last]?.end ?? 0;
    if (joined(text, words, first, last)) return [];
    const written = text.slice(start, end);
    const common = isEveryday(written);
    const clear = leadsUp(text, words, first) && followsOn(text, words, last);
    if (common && (!clear || miscased(vocabulary, written) || heads(text, end))) return [];
    return [{ items, first, last, span: [start, end] as const, common, clear }];
  });
  const own = new Set<number>();
  for (const { first, last } of occurrences)
    for (let index = first; index <= last; index++) own.add(index);
  return occurrences.flatMap(({ items, ...mention }) => {
    const { first, last } = mention;
    const isDenied = denied(text, words, first, last, (index) => own.has(index));
    return items.map((option) => ({ ...mention, option, denied: isDenied }));
  });
}

/** A hyphen or nothing at all between an option and its neighbour makes another word of them: “non-positive”. */
function joined(text: string, words: readonly Word[], first: number, last: number): boolean {
  const [before, start, end, after] = [
    words[first - 1],
    words[first],
    words[last],
    words[last + 1],
  ];
  return (
    (before !== undefined &&
      start !== undefined &&
      joins(text, before, start) &&
      !openers.has(before.folded)) ||
    (after !== undefined &&
      end !== undefined &&
      joins(text, end, after) &&
      !followers.has(after.folded))
  );
}

const joins = (text: string, word: Word, next: Word): boolean =>
  next.start - word.end <= 1 && /^[-‐‑_'’]?$/u.test(text.slice(word.end, next.start));

/** Whether an option is written with a word of everyday language, a number or a single letter. */
export const isEveryday = (written: string): boolean =>
  everyday.has(fold(written)) ||
  /^[-+−]?[\p{N}.]+$/u.test(written) ||
  /^(?:\p{Ll}|\p{Lu})$/u.test(written);

/** What a colon follows heads what comes next: “A: the first choice.” */
const heads = (text: string, end: number): boolean => /^\s*[:：]/u.test(text.slice(end, end + 8));

/** A single letter counts only in the case the schema has it: “A”, not the article. */
const miscased = (vocabulary: Vocabulary, written: string): boolean =>
  /^\p{L}$/u.test(written) && !vocabulary.exact.has(written);

function leadsUp(text: string, words: readonly Word[], first: number): boolean {
  const before = words[first - 1];
  return !before || openers.has(before.folded) || parted(text, words, first - 1);
}

function followsOn(text: string, words: readonly Word[], last: number): boolean {
  const after = words[last + 1];
  return !after || followers.has(after.folded) || parted(text, words, last);
}

/** Words that begin an explanation. */
const explains = set(
  "because since as due given for reason reasoning explanation justification note",
);

/**
 * The option a text begins with, where what follows only explains it: “positive, because …”, “Positive. The …”,
 * “positive (not negative)”. A second option named in the same breath leaves none.
 */
export function leadingMention(
  text: string,
  words: readonly Word[],
  mentions: readonly Mention[],
): Mention | undefined {
  const [leading, second] = mentions;
  if (leading?.first !== 0 || leading.denied || second?.first === 0) return undefined;
  const word = words[leading.last];
  const next = words[leading.last + 1];
  if (!word || !next) return undefined;
  const gap = text.slice(word.end, next.start);
  const sentenceEnds = /[.!\n\r(。！]|\s[-—–]+\s/u.test(gap);
  if (!sentenceEnds && !explains.has(next.folded)) return undefined;
  const listed =
    second !== undefined &&
    second.first === leading.last + 1 &&
    !second.denied &&
    second.option !== leading.option &&
    (words[second.last + 1] === undefined || parted(text, words, second.last));
  return listed ? undefined : leading;
}
