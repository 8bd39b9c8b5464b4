import { type LabelDefinition, type Option, ratingOf } from "@countersign/core";

/** Digits, then the letters that neither view uses or keeps free for flag and note. */
const keys = [..."123456789acdeghilmopqrvwxyz"];

/** The key of the option at `place` in the schema; those beyond the last key are reached by their name. */
export const optionKey = (place: number): string | undefined => keys[place];

/** The key of an answer: of a rating of single digits the digit itself, else that of its place. */
export function answerKey(
  definition: LabelDefinition,
  { value }: Option,
  place: number,
): string | undefined {
  const digits = ratingOf(definition)?.every((number) => /^\d$/.test(String(number)));
  return digits ? value : optionKey(place);
}
