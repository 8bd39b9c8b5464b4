import {
  type LabelDefinition,
  type LabelValue,
  type Option,
  optionsOf,
  ratingOf,
  type SpanValue,
  saidIn,
  sameValue,
} from "@countersign/core";

export { sameValue };

/** A label's value as a list of what it says, each as a word; spans by what is said of them. */
export const valuesOf = (value: LabelValue): readonly string[] => saidIn(value).map(String);

export interface PlacedOption {
  readonly option: Option;
  /** Place in the schema from 0; null where the schema no longer has the value. */
  readonly place: number | null;
}

/** Finds a value's option; a value from an older schema, a number or a text is shown as it was stored. */
export function optionOf(definition: LabelDefinition | undefined, value: string): PlacedOption {
  const options = definition ? optionsOf(definition) : [];
  const place = options.findIndex((option) => option.value === value);
  const option = options[place];
  return option ? { option, place } : { option: { value, text: value }, place: null };
}

/** What a label is chosen from, with one key each: options, or the numbers of a rating. None where it is written. */
export const answersOf = (definition: LabelDefinition): readonly Option[] =>
  definition.kind === "ranking"
    ? []
    : (ratingOf(definition)?.map((number) => ({ value: String(number), text: String(number) })) ??
      optionsOf(definition));

/** Whether the whole label is an answer, or several, so that it can be given by keys and menus. */
export const isChosenFrom = (definition: LabelDefinition): boolean =>
  definition.level === "record" && answersOf(definition).length > 0;

/** An answer's word as it is stored. */
export const factOf = ({ kind }: LabelDefinition, answer: string): string | number =>
  kind === "number" ? Number(answer) : answer;

/** The spans of a value; none where it has no such. */
export const spansOf = (value: LabelValue | undefined): readonly SpanValue[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === "object") : [];

/** The list of words of a value; none where it has no such. */
export const listOf = (value: LabelValue | undefined): readonly string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
