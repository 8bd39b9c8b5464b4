import type { Annotator, Label, LabelDefinition, LabelledRecord } from "@countersign/core";
import { sameValue } from "../../label/value.ts";
import type { Item } from "../../review/queue/item.ts";

/** One question about one record: what a person answers with one decision. */
export interface Slot {
  /** Tells it from all others of the tab. */
  readonly id: number;
  readonly definition: LabelDefinition;
  readonly item: Item;
}

/** Whose labels are asked for, and what a label of one's own is made of. */
export interface Asking {
  readonly mode: "verify" | "label";
  readonly job: number | null;
  readonly definitions: readonly LabelDefinition[];
  /** In whose name is decided. */
  readonly by: string;
}

/** Numbers slots by record and label name, so that one met again is the same. */
export interface Numbering {
  of(record: number, name: string): number;
  /** What a number stands for. */
  placeOf(id: number): { readonly record: number; readonly name: string } | undefined;
}

export function newNumbering(): Numbering {
  const ids = new Map<string, number>();
  const places: { record: number; name: string }[] = [];
  return {
    of(record, name) {
      const key = `${record} ${name}`;
      const id = ids.get(key) ?? places.push({ record, name });
      ids.set(key, id);
      return id;
    },
    placeOf: (id) => places[id - 1],
  };
}

const nobody: Annotator = { id: 0, kind: "job", name: "", job: null };

/**
 * A label as the review's session knows it: what the machine said, and over it what the person says. To verify it is the
 * job's. To label, a stand-in with a number below zero is made of the suggestion, if there is one, and one's own label.
 */
export function labelOf(
  record: Pick<LabelledRecord, "labels">,
  definition: LabelDefinition,
  { mode, job, by }: Asking,
  slot: number,
): Label | undefined {
  const named = record.labels.filter(({ name }) => name === definition.name);
  const suggested = named.find(({ annotator }) => job !== null && annotator.job === job);
  if (mode === "verify") return suggested;
  const own = named.find(({ annotator }) => annotator.kind === "person" && annotator.name === by);
  const base: Label = suggested ?? {
    id: 0,
    name: definition.name,
    value: [],
    annotator: nobody,
    schemaVersion: 0,
    confidence: null,
    confidenceMethod: null,
    metadata: {},
    createdAt: own?.createdAt ?? "",
    status: "unverified",
    verified: null,
  };
  const status = own && (sameValue(own.value, base.value) ? "confirmed" : "corrected");
  return {
    ...base,
    id: -slot,
    status: status ?? "unverified",
    verified: own ? { value: own.value, by, at: own.createdAt } : null,
  };
}

/** The questions about a record, in the schema's order; a job may have left some without a label to judge. */
export const slotsOf = (record: LabelledRecord, asking: Asking, numbering: Numbering): Slot[] =>
  asking.definitions.flatMap((definition) => {
    const id = numbering.of(record.id, definition.name);
    const label = labelOf(record, definition, asking, id);
    return label ? [{ id, definition, item: { record, label, others: [] } }] : [];
  });

/**
 * The slot to show next: the first open one after the current, else the first of all; undefined where none is open.
 *
 * @param open whether a slot is still to be answered, and its record in the person's hand
 */
export function nextSlot(
  slots: readonly Slot[],
  current: number | undefined,
  open: (slot: Slot) => boolean,
): Slot | undefined {
  const at = slots.findIndex(({ id }) => id === current);
  return (
    slots.slice(at + 1).find(open) ??
    slots.slice(0, at + 1).find((slot) => slot.id !== current && open(slot))
  );
}
