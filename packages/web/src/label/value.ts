import type { LabelDefinition, LabelValue, Option } from "@countersign/core";

/** A label's value as a list: one value of a single choice, any number of a multiple one. */
export const valuesOf = (value: LabelValue): readonly string[] =>
  typeof value === "string" ? [value] : value;

export const sameValue = (a: LabelValue, b: LabelValue): boolean =>
  JSON.stringify(valuesOf(a)) === JSON.stringify(valuesOf(b));

export interface PlacedOption {
  readonly option: Option;
  /** Place in the schema from 0; null where the schema no longer has the value. */
  readonly place: number | null;
}

/** Finds a value's option; a value from an older schema is shown as it was stored. */
export function optionOf(definition: LabelDefinition | undefined, value: string): PlacedOption {
  const place = definition?.options.findIndex((option) => option.value === value) ?? -1;
  const option = definition?.options[place];
  return option ? { option, place } : { option: { value, text: value }, place: null };
}
