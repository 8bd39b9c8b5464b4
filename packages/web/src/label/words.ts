import type {
  LabelDefinition,
  LabelValue,
  Option,
  SpanValue,
  Verification,
} from "@countersign/core";
import { optionOf, spansOf, valuesOf } from "./value.ts";

/** One thing a value says. */
export interface Said extends Pick<Option, "text" | "colour"> {
  readonly key: string;
  readonly place: number | null;
}

/** What a value says, one by one: options by their texts, a ranking with its ranks, spans as how many of each option. */
export function chipsOf(definition: LabelDefinition | undefined, value: LabelValue): Said[] {
  const spans = spansOf(value);
  if (spans.length > 0) return spanChips(definition, spans);
  const ranked = definition?.kind === "ranking";
  return valuesOf(value).map((one, at) => {
    const { option, place } = optionOf(definition, one);
    const text = ranked ? `${at + 1} ${option.text}` : option.text;
    return { key: `${at} ${one}`, text, place, colour: option.colour };
  });
}

function spanChips(definition: LabelDefinition | undefined, spans: readonly SpanValue[]): Said[] {
  const counts = new Map<string, number>();
  for (const { value } of spans)
    for (const one of [value].flat().map(String)) counts.set(one, (counts.get(one) ?? 0) + 1);
  return [...counts].map(([one, n]) => {
    const { option, place } = optionOf(definition, one);
    const text = n === 1 ? option.text : `${option.text} ×${n}`;
    return { key: one, text, place, colour: option.colour };
  });
}

/** What a list with nothing in it says. */
export const noneWords = (definition: LabelDefinition | undefined): string =>
  definition?.level === "span" ? "no spans" : "none of them";

/** A value as people read it: its options' texts. */
export const wordsOf = (definition: LabelDefinition | undefined, value: LabelValue): string =>
  chipsOf(definition, value)
    .map(({ text }) => text)
    .join(", ") || noneWords(definition);

/** What a verifier did, to be read after the verifier's name: “confirmed “negative””. */
export function deedOf(
  { verdict, judged, value }: Verification,
  definition: LabelDefinition | undefined,
): string {
  const said = (one: LabelValue) => `“${wordsOf(definition, one)}”`;
  switch (verdict) {
    case "CONFIRMS":
      return `confirmed ${said(judged)}`;
    case "CORRECTS":
      return `corrected ${said(judged)} to ${said(value ?? "")}`;
    case "RETRACTS":
      return "took the verdict back";
  }
}
