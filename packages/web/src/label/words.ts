import type { LabelDefinition, LabelValue, Verification } from "@countersign/core";
import { optionOf, valuesOf } from "./value.ts";

/** A value as people read it: its options' texts. */
export const wordsOf = (definition: LabelDefinition | undefined, value: LabelValue): string =>
  valuesOf(value)
    .map((one) => optionOf(definition, one).option.text)
    .join(", ") || "none of them";

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
