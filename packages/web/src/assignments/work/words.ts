import type { Assignment, LabelValue } from "@countersign/core";
import { verdictOn } from "../../review/session/verdict.ts";

/** What a person is asked in an assignment. */
export const titleOf = ({ mode }: Pick<Assignment, "mode">): string =>
  mode === "verify" ? "Is this label right?" : "What is this?";

/** What choosing a value does. */
export function verb(
  { mode, suggestion }: Pick<Assignment, "mode" | "suggestion">,
  suggested: LabelValue,
  value: LabelValue,
): string {
  if (mode === "label") return "labelled";
  // What the job says is not known yet.
  if (suggestion === "hidden") return "judged";
  return verdictOn(suggested, value) === "CONFIRMS" ? "confirmed" : "corrected to";
}
