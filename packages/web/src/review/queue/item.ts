import type { Label, LabelledRecord } from "@countersign/core";
import { isBy, type Reviewed } from "../search/search-document.ts";

/** A record of the queue with the label that is reviewed, and what others have said under the same name. */
export interface Item {
  readonly record: LabelledRecord;
  readonly label: Label;
  readonly others: readonly Label[];
}

/** Undefined where the record has no such label. Gold is left out: who reviews must not see the truth. */
export function itemOf(record: LabelledRecord, reviewed: Reviewed): Item | undefined {
  const named = record.labels.filter(
    ({ name, annotator }) => name === reviewed.definition.name && annotator.kind !== "gold",
  );
  const label = named.find(({ annotator }) => isBy(annotator, reviewed.by));
  return label && { record, label, others: named.filter((other) => other !== label) };
}
