import { light } from "../theme/tokens.ts";

/** The colour of the option at a place of the schema, as a CSS value; options without a place have none. */
export const optionColour = (place: number | null): string =>
  place === null
    ? "var(--colour-line-strong)"
    : `var(--colour-option-${place % light.options.length})`;
