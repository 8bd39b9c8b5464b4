import type { AnnotatorKind, Label, LabelValue } from "./label.ts";

/** Where a final label comes from, strongest first. `model` is a machine's label that no person has seen. */
export type FinalSource = "corrected" | "confirmed" | "person" | "model";

export interface FinalLabel {
  readonly value: LabelValue;
  readonly source: FinalSource;
  /** The person or job the value comes from. */
  readonly by: string;
}

/**
 * The one label that stands for a record and label name: the one with the newest verification, else a person's own,
 * else that of the newest job among those given. Gold labels never stand: they are what the others are measured against.
 *
 * @param labels all labels of one record and one label name
 */
export function standingLabel(labels: readonly Label[]): Label | undefined {
  return (
    newest(labels, (label) => label.verified?.at) ??
    newest(labels, madeBy("person")) ??
    modelLabel(labels)
  );
}

/** What the machine says: the label of the newest job among those given, whatever people said of it. */
export const modelLabel = (labels: readonly Label[]): Label | undefined =>
  newest(labels, madeBy("job"));

/**
 * What the standing label says, and always where that comes from.
 *
 * @param labels all labels of one record and one label name
 */
export function finalLabel(labels: readonly Label[]): FinalLabel | undefined {
  const label = standingLabel(labels);
  if (!label) return undefined;
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

const madeBy = (kind: AnnotatorKind) => (label: Label) =>
  label.annotator.kind === kind ? label.createdAt : undefined;

/** The label with the latest moment; of equals the higher id. Labels without a moment are passed over. */
function newest(
  labels: readonly Label[],
  moment: (label: Label) => string | undefined,
): Label | undefined {
  let best: Label | undefined;
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
