import type { Annotator, AnnotatorKind, Label, LabelValue } from "./label.ts";

/** Where a final label comes from, strongest first. `model` is a machine's label that no person has seen. */
export type FinalSource = "corrected" | "confirmed" | "person" | "model";

export interface FinalLabel {
  readonly value: LabelValue;
  readonly source: FinalSource;
  /** The person or job the value comes from. */
  readonly by: string;
}

/** As much of a label as decides what stands. Moments are compared as text: any form will do that sorts as time goes. */
export interface Standing
  extends Pick<Label, "id" | "value" | "createdAt" | "status" | "verified"> {
  readonly annotator: Pick<Annotator, "kind" | "name">;
}

/**
 * The one label that stands for a record and label name: the one with the newest verification, a job's or an imported
 * model's, else a person's own, else that of the newest job among those given. Gold labels never stand: they are what the
 * others are measured against. An imported model's stands only verified: nobody here knows how it was made.
 *
 * @param labels all labels of one record and one label name
 */
export function standingLabel<Given extends Standing>(labels: readonly Given[]): Given | undefined {
  return (
    newest(labels, (label) => label.verified?.at) ??
    newest(labels, madeBy("person")) ??
    modelLabel(labels)
  );
}

/** What the machine says: the label of the newest job among those given, whatever people said of it. */
export const modelLabel = <Given extends Standing>(labels: readonly Given[]): Given | undefined =>
  newest(labels, madeBy("job"));

/**
 * What the standing label says, and always where that comes from.
 *
 * @param labels all labels of one record and one label name
 */
export function finalLabel(labels: readonly Standing[]): FinalLabel | undefined {
  const label = standingLabel(labels);
  return label && saidBy(label);
}

/** What a label that stands says: its verdict's value where it has one, else its own. */
export function saidBy(label: Standing): FinalLabel {
  if (label.verified)
    return {
      value: label.verified.value,
      source: label.status === "corrected" ? "corrected" : "confirmed",
      by: label.verified.by,
    };
  return {
    value: label.value,
    source: label.annotator.kind === "person" ? "person" : "model",
    by: label.annotator.name,
  };
}

const madeBy = (kind: AnnotatorKind) => (label: Standing) =>
  label.annotator.kind === kind ? label.createdAt : undefined;

/** The label with the latest moment; of equals the higher id. Labels without a moment are passed over. */
function newest<Given extends Standing>(
  labels: readonly Given[],
  moment: (label: Given) => string | undefined,
): Given | undefined {
  let best: Given | undefined;
  let bestAt = "";
  for (const label of labels) {
    const at = moment(label);
    if (at === undefined) continue;
    if (!best || at > bestAt || (at === bestAt && label.id > best.id)) {
      best = label;
      bestAt = at;
    }
  }
  return best;
}
