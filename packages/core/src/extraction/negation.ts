import { Phrases } from "../text/phrases.ts";
import { type Word, wordsOf } from "../text/words.ts";

/** Words that deny what follows, in the languages models answer in most. */
const negators = new Phrases<true>();
for (const phrase of `
  not; no; never; neither; nor; none; nothing; without; cannot; non; hardly; barely; scarcely; lack; lacks; lacking;
  absent; devoid; unlike; rather than; instead of; other than; opposed to; far from; free of; free from; anything but;
  nunca; ni; sin; tampoco; pas; jamais; sans; aucun; aucune; nicht; kein; keine; keinen; keiner; nie; weder; ohne;
  senza; né; não; nem; sem; niet; geen; nooit; zonder; inte; ikke; ej; ingen; bez; не; нет; ни; без; değil; ليس; ليست;
  لا; غير; नहीं; 不; 非; 没; 無; 无; 未; 否; ない; ません; 아니
`.split(";"))
  negators.add(
    wordsOf(phrase).map((word) => word.folded),
    true,
  );

/** Words that turn a sentence round: what was denied before them is not denied after them. */
const turns = new Set([
  "but",
  "however",
  "rather",
  "instead",
  "although",
  "yet",
  "sino",
  "sondern",
  "mais",
  "ma",
  "mas",
  "но",
  "而是",
]);

/** How many words ahead of an option its denial may stand: “I do not think that anyone would call this spam”. */
const reachAhead = 30;

/** How far behind an option its denial may stand: “spam it is not”, “olumlu değil”. */
const reachBehind = 3;

/** Signs before a word that deny it: not, not equal, struck through, crossed out, a box left empty. */
const denyingSign = /(?:[¬≠☐❌✗✘]\s*|~~|\[ ?\]\s*|!=?)["'“‘*_`]*$/u;

/** A boundary between clauses, which a denial does not cross. */
const clauseEnd = /[.,;:!?…\n\r()—–。，；：！？、،؛؟।]/u;

/**
 * Whether the words `[first, last]` of a text are denied where they stand. Words for which `spare` holds, other options'
 * own, deny nothing.
 */
export function denied(
  text: string,
  words: readonly Word[],
  first: number,
  last: number,
  spare: (index: number) => boolean,
): boolean {
  const own = words[first];
  if (own && denyingSign.test(text.slice(Math.max(0, own.start - 8), own.start))) return true;
  const farthest = Math.max(0, first - reachAhead);
  for (let index = first - 1; index >= farthest && !parted(text, words, index); index--) {
    const word = words[index];
    if (!word || turns.has(word.folded)) break;
    const length = spare(index) ? 0 : negationAt(words, index);
    if (length > 0 && index + length <= first) return true;
  }
  const end = Math.min(words.length, last + 1 + reachBehind);
  for (let index = last + 1; index < end && !parted(text, words, index - 1); index++) {
    const word = words[index];
    if (!word || turns.has(word.folded)) break;
    if (!spare(index) && negationAt(words, index) > 0) return true;
  }
  return false;
}

/** Whether anything is denied in a text. */
export const denies = (words: readonly Word[]): boolean =>
  words.some((_, index) => negationAt(words, index) > 0);

/** How many words from here on are a denial; 0 where there is none. */
const negationAt = (words: readonly Word[], index: number): number =>
  words[index]?.folded.endsWith("n't") ? 1 : (negators.longestAt(words, index)?.length ?? 0);

/** Whether a clause ends between a word and the next. */
export function parted(text: string, words: readonly Word[], index: number): boolean {
  const word = words[index];
  const next = words[index + 1];
  return !word || !next || clauseEnd.test(text.slice(word.end, next.start));
}
