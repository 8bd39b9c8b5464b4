import type { Label, LabelValue } from "./label.ts";

/** Where a final label comes from, strongest first. `model` is a machine's label that no person has seen. */
export type FinalSource = "corrected" | "confirmed" | "person" | "model";

export interface FinalLabel {
  readonly value: LabelValue;
  readonly source: FinalSource;
  /** The person or job the value comes from. */
  readonly by: string;
}

/**
 * The one label that stands for a record and label name: the newest verification, else a person's own label,
 * else the label of the newest job among those given, and always with its source. Gold labels never stand: they are what the
 * others are measured against.
 *
 * @param labels all labels of one record and one label name
 */
export function finalLabel(labels: readonly Label[]): FinalLabel | undefined {
  const verified = newest(labels, (label) => label.verified?.at);
  if (verified?.verified)
    return {
      value: verified.verified.value,
      source: verified.status === "corrected" ? "corrected" : "confirmed",
      by: verified.verified.by,
    };
  const own = newest(labels, (label) =>
    label.annotator.kind === "person" ? label.createdAt : undefined,
  );
  if (own) return { value: own.value, source: "person", by: own.annotator.name };
  const model = newest(labels, (label) =>
    label.annotator.kind === "job" ? label.createdAt : undefined,
  );
  return model && { value: model.value, source: "model", by: model.annotator.name };
}

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
