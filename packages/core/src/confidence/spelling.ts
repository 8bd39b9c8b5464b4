import { scaleOf } from "../schema/scale.ts";
import { type LabelDefinition, type Option, optionsOf } from "../schema/schema.ts";
import { fold } from "../text/fold.ts";
import { type Bytes, fromUtf8, utf8 } from "./bytes.ts";

/** One way of writing an option, its value or its text, as bytes that can be compared with what a model began to write. */
export interface Spelling {
  readonly option: Option;
  readonly bytes: Bytes;
}

/** Marks around an option's words that are not part of them. */
const decoration = /^[\s"'“”‘’«»()[\]{}*_`~]+(?=.)/u;

/** Spaces, dashes and underscores between words are alike; case and Unicode form do not count. */
const spelled = (text: string): string =>
  fold(text).replaceAll(/(?<=[\p{L}\p{M}\p{N}])[\p{Zs}\t_-]+/gu, " ");

const made = new WeakMap<LabelDefinition, readonly Spelling[]>();

/** A number is weighed against the others of its scale where it has no more of them than this. */
const longestScale = 1001;

/** All spellings of a label's options; of a short scale each number is one. None for texts and endless numbers. */
export function spellingsOf(definition: LabelDefinition): readonly Spelling[] {
  const known = made.get(definition);
  if (known) return known;
  const spellings = answersOf(definition).flatMap((option) =>
    [...new Set([option.value, option.text].map((form) => utf8(undecorated(form))))].map(
      (bytes) => ({ option, bytes }),
    ),
  );
  made.set(definition, spellings);
  return spellings;
}

const answersOf = (definition: LabelDefinition): readonly Option[] =>
  scaleOf(definition, longestScale)?.map((number) => {
    const written = String(number);
    return { value: written, text: written };
  }) ?? optionsOf(definition);

const undecorated = (text: string): string => spelled(text.replace(decoration, ""));

/** What was written so far, spelled; marks before the first word left out. Its last character may be incomplete. */
export function beginning(written: Bytes): Bytes {
  const { text, rest } = fromUtf8(written);
  return utf8(spelled(text.replace(/^[\s"'“”‘’«»()[\]{}*_`~]+/u, ""))) + rest;
}

/** Whether what was written may go on to this spelling, or is it with a mark behind it. */
export function fits(begun: Bytes, { bytes }: Spelling): boolean {
  if (bytes.startsWith(begun)) return true;
  return begun.startsWith(bytes) && endsWord.test(fromUtf8(begun.slice(bytes.length)).text);
}

const endsWord = /^\s*(?:[^\p{L}\p{M}\p{N}\s]|$)/u;
