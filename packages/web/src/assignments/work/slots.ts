import type { AssignedRecord, Label, LabelDefinition, LabelledRecord } from "@countersign/core";
import { sameValue } from "../../label/value.ts";
import type { Item } from "../../review/queue/item.ts";

/** One question about one record: what a person answers with one decision. */
export interface Slot {
  /** Tells it from all others of the tab. */
  readonly id: number;
  readonly definition: LabelDefinition;
  readonly item: Item;
  /** What the job said was not sent: it is to be judged unseen. */
  readonly unseen: boolean;
}

/** A record in hand, as it was sent. */
export type Handed = Pick<AssignedRecord, "record" | "toJudge">;

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

/** A label of which nothing is known but its name and, of a job's, its number and its job. */
const blank = (name: string, id: number, job: number | null): Label => ({
  id,
  name,
  value: [],
  annotator: { id: 0, kind: "job", name: "", job },
  schemaVersion: 0,
  confidence: null,
  confidenceMethod: null,
  metadata: {},
  createdAt: "",
  status: "unverified",
  verified: null,
});

/**
 * A label as the review's session knows it: what the machine said, and over it what the person says. To verify it is the
 * job's, of which nothing is known but its number where it is to be judged unseen. To label, a stand-in with a number below zero is made of the suggestion, if there is one, and one's own label.
 */
export function labelOf(
  {
    record,
    toJudge,
  }: { readonly record: Pick<LabelledRecord, "labels"> } & Pick<Handed, "toJudge">,
  definition: LabelDefinition,
  { mode, job, by }: Asking,
  slot: number,
): Label | undefined {
  const named = record.labels.filter(({ name }) => name === definition.name);
  const suggested = named.find(({ annotator }) => job !== null && annotator.job === job);
  if (mode === "verify") {
    const unseen = toJudge.find(({ name }) => name === definition.name);
    return suggested ?? (unseen && blank(definition.name, unseen.label, job));
  }
  const own = named.find(({ annotator }) => annotator.kind === "person" && annotator.name === by);
  const base: Label = suggested ?? {
    ...blank(definition.name, 0, null),
    createdAt: own?.createdAt ?? "",
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
export const slotsOf = (handed: Handed, asking: Asking, numbering: Numbering): Slot[] =>
  asking.definitions.flatMap((definition) => {
    const { record, toJudge } = handed;
    const id = numbering.of(record.id, definition.name);
    const label = labelOf(handed, definition, asking, id);
    const unseen = toJudge.some(({ name }) => name === definition.name);
    return label ? [{ id, definition, item: { record, label, others: [] }, unseen }] : [];
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
