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
  fairly likely probably highly extremely entirely purely simply certainly obviously mainly absolutely
  author writer speaker user customer text review message tweet statement sentence comment with toward towards
  therefore thus hence so but rather instead however
  es está ist sind est è é är er jest это является 是 为 は είναι
`);

/** Words that may follow an answer without changing it. */
const followers = set(`
  because since as due given in about with toward towards overall for here sentiment tone label class category option
  text review message sentence statement tweet comment emotion stance opinion rating rather instead
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
    const around: Surroundings = { text, words, first, last, names: vocabulary.nameWords };
    if (joined(around)) return [];
    const written = text.slice(start, end);
    const common = isEveryday(written);
    const clear = leadsUp(around) && followsOn(around);
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

/** Where an occurrence of an option, the words `[first, last]`, stands. */
interface Surroundings {
  readonly text: string;
  readonly words: readonly Word[];
  readonly first: number;
  readonly last: number;
  /** The words of the label's own name, which may stand on either side. */
  readonly names: ReadonlySet<string>;
}

/** A hyphen or nothing at all between an option and its neighbour makes another word of them: “non-positive”. */
const joined = ({ text, words, first, last, names }: Surroundings): boolean =>
  (joins(text, words[first - 1], words[first]) && !leads(words[first - 1], names)) ||
  (joins(text, words[last], words[last + 1]) && !follows(words[last + 1], names));

const joins = (text: string, word: Word | undefined, next: Word | undefined): boolean =>
  word !== undefined &&
  next !== undefined &&
  next.start - word.end <= 1 &&
  /^[-‐‑_'’]?$/u.test(text.slice(word.end, next.start));

const leads = (word: Word | undefined, names: ReadonlySet<string>): boolean =>
  word !== undefined && (openers.has(word.folded) || names.has(word.folded));

const follows = (word: Word | undefined, names: ReadonlySet<string>): boolean =>
  word !== undefined && (followers.has(word.folded) || names.has(word.folded));

const leadsUp = ({ text, words, first, names }: Surroundings): boolean =>
  first === 0 || leads(words[first - 1], names) || parted(text, words, first - 1);

/** A question asserts nothing, so that a question mark does not do. */
function followsOn({ text, words, last, names }: Surroundings): boolean {
  const end = words[last]?.end ?? 0;
  const next = words[last + 1];
  if (/[?？؟]/u.test(text.slice(end, next?.start ?? end + 8))) return false;
  return !next || follows(next, names) || parted(text, words, last);
}

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

/** Words that begin an explanation. */
const explains = set(
  "because since as due given for reason reasoning explanation justification note",
);

/**
 * The option a text begins with, where what follows only explains it: “positive, because …”, “Positive. The …”,
 * “positive (not negative)”. If a second option is asserted after it, there is none.
 */
export function leadingMention(
  text: string,
  words: readonly Word[],
  mentions: readonly Mention[],
): Mention | undefined {
  const [leading] = mentions;
  if (leading?.first !== 0 || leading.denied || contradicts(mentions, leading)) return undefined;
  const word = words[leading.last];
  const next = words[leading.last + 1];
  if (!word || !next) return undefined;
  const explained =
    /[.!\n\r(。！]|\s[-—–]+\s/u.test(text.slice(word.end, next.start)) || explains.has(next.folded);
  return explained ? leading : undefined;
}

/** Whether another option is asserted beside this one. */
export const contradicts = (
  mentions: readonly Mention[],
  { option }: { readonly option: Option },
): boolean => mentions.some((other) => other.option !== option && other.clear && !other.denied);
