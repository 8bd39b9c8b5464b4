import { fold } from "../text/fold.ts";
import { keyOf } from "../text/words.ts";
import type { LabelDefinition } from "./schema.ts";
import { vocabularyOf } from "./vocabulary.ts";

/**
 * The value of the option that a cell, a word or an answer is: its value or text exactly, else without regard to case,
 * Unicode form, white space and punctuation. `undefined` where it is none of them, or could be more than one.
 */
export function matchOption(definition: LabelDefinition, text: string): string | undefined {
  const vocabulary = vocabularyOf(definition);
  const written = text.trim();
  const option =
    vocabulary.exact.get(written) ??
    vocabulary.folded.get(fold(written)) ??
    vocabulary.keys.get(keyOf(vocabulary.words(written)));
  return option?.value;
}
