import { type Label, type LabelDefinition, type LabelValue, optionsOf } from "@countersign/core";
import { sameValue } from "../../label/value.ts";

/** How a label stands: unverified, or whose value holds since when. */
export type Standing = Pick<Label, "status" | "verified">;

/** Whether two standings say the same, whenever they were come to; the status follows from what the machine said. */
export const sameStanding = (a: Standing, b: Standing): boolean =>
  a.verified?.by === b.verified?.by &&
  (a.verified === b.verified ||
    (a.verified !== null && b.verified !== null && sameValue(a.verified.value, b.verified.value)));

/** Agreeing with the machine confirms, anything else corrects. */
export const verdictOn = (suggested: LabelValue, chosen: LabelValue): "CONFIRMS" | "CORRECTS" =>
  sameValue(suggested, chosen) ? "CONFIRMS" : "CORRECTS";

/** How a label stands once `by` has chosen `value` for it. */
export function standingAfter(
  suggested: LabelValue,
  value: LabelValue,
  by: string,
  at: string,
): Standing {
  const status = verdictOn(suggested, value) === "CONFIRMS" ? "confirmed" : "corrected";
  return { status, verified: { value, by, at } };
}

/** The value with one option added or taken away, in schema order. */
export function toggled(
  definition: LabelDefinition,
  value: readonly string[],
  option: string,
): string[] {
  const chosen = new Set(value);
  if (!chosen.delete(option)) chosen.add(option);
  return optionsOf(definition)
    .map(({ value }) => value)
    .filter((each) => chosen.has(each));
}
