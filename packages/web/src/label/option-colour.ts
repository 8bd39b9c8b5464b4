import { colourNames, type Option } from "@countersign/core";
import { light } from "../theme/tokens.ts";

/**
 * The colour of an option, as a CSS value: the one it was given, else that of its place in the schema; options without a
 * place have none.
 */
export const optionColour = (place: number | null, colour?: Option["colour"]): string => {
  if (colour?.startsWith("#")) return colour;
  const names: readonly string[] = colourNames;
  const named = names.indexOf(colour ?? "");
  const at = named >= 0 ? named : place;
  return at === null
    ? "var(--colour-line-strong)"
    : `var(--colour-option-${at % light.options.length})`;
};
