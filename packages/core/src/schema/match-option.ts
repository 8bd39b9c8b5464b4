import { fold } from "../text/fold.ts";
import { keyOf } from "../text/words.ts";
import type { LabelDefinition, Option } from "./schema.ts";
import { vocabularyOf } from "./vocabulary.ts";

/** How near a text was to the option it was matched with. */
export type OptionMatch = "exact" | "normalised";

/**
 * The value of the option that a cell, a word or an answer is: its value or text exactly, else without regard to case,
 * Unicode form, white space and punctuation. `undefined` where it is none of them, or could be more than one.
 */
export function matchOption(definition: LabelDefinition, text: string): string | undefined {
  return findOption(definition, text)?.option.value;
}

/** As {@link matchOption}, with the option itself and how it was matched. */
export function findOption(
  definition: LabelDefinition,
  text: string,
): { readonly option: Option; readonly match: OptionMatch } | undefined {
  const vocabulary = vocabularyOf(definition);
  const written = text.trim();
  const exact = vocabulary.exact.get(written);
  if (exact) return { option: exact, match: "exact" };
  const option =
    vocabulary.folded.get(fold(written)) ?? vocabulary.keys.get(keyOf(vocabulary.words(written)));
  return option ? { option, match: "normalised" } : undefined;
}
