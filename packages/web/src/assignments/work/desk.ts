import { type Label, type LabelledRecord, standingVerdict } from "@countersign/core";
import type { Countersign } from "@countersign/sdk";
import { sameValue } from "../../label/value.ts";
import type { Post } from "../../review/session/deliver.ts";
import { type Desk, isPassing, keepDesk, wordsOf } from "../../review/session/desk.ts";
import type { Letter } from "../../review/session/outbox.ts";
import { type Asking, labelOf, type Numbering, newNumbering, type Slot } from "./slots.ts";

/** A desk for an assignment, with its numbering. */
export interface AssignmentDesk {
  readonly desk: Desk;
  readonly numbering: Numbering;
  /** Remembers what was suggested for a question, which an answer does not say again. */
  know(slots: readonly Slot[]): void;
}

interface Kept extends AssignmentDesk {
  client: Countersign;
  asking: Asking;
  /** By the question's number. */
  readonly suggested: Map<number, Label>;
  /** Numbers of labels that were to be judged unseen. */
  readonly unseen: Set<number>;
}

const kept = new Map<string, Kept>();

/** The desk for an assignment, the same one as long as the tab is open, so that what is unsaved goes on being sent. */
export function assignmentDesk(
  client: Countersign,
  project: string,
  assignment: string,
  asking: Asking,
): AssignmentDesk {
  const key = JSON.stringify([project, "assignment", assignment, asking.by]);
  const there = kept.get(key);
  if (there) {
    // A new token makes a new client, and a new schema other definitions.
    there.client = client;
    there.asking = asking;
    return there;
  }
  const numbering = newNumbering();
  const current = () => kept.get(key) ?? made;
  const suggested = new Map<number, Label>();
  const unseen = new Set<number>();
  const made: Kept = {
    client,
    asking,
    numbering,
    suggested,
    unseen,
    know: (slots) => {
      for (const slot of slots) {
        suggested.set(slot.id, slot.item.label);
        if (slot.unseen) unseen.add(slot.item.label.id);
      }
    },
    desk: keepDesk(key, () => postTo(project, assignment, numbering, current)),
  };
  kept.set(key, made);
  return made;
}

function postTo(
  project: string,
  assignment: string,
  numbering: Numbering,
  current: () => Kept,
): Post {
  return {
    isPassing,
    wordsOf,
    async send(letter) {
      const { client, asking, unseen } = current();
      if (asking.mode === "verify") {
        const decisions = letter.decisions.map(({ label, verdict, value, seen, after }) => {
          if (!unseen.has(label) || verdict === "RETRACTS")
            return { label, verdict, seen, ...(value !== undefined && { value }) };
          // The server knows whether the job said the same.
          return { label, verdict: "CORRECTS" as const, seen, value: after.verified?.value };
        });
        return (await client.verifications.record({ project, assignment, decisions })).labels;
      }
      const labels = letter.decisions.flatMap(({ label, verdict, after, seen }) => {
        const place = numbering.placeOf(-label);
        const value = verdict === "RETRACTS" ? null : (after.verified?.value ?? null);
        return place ? [{ record: place.record, name: place.name, value, seen }] : [];
      });
      const stored = await client.labels.set({ project, assignment, labels });
      return labels.flatMap(({ record, name }, at) => {
        const label = stored.labels[at];
        return standInOf(current(), numbering, record, name, label ? [label] : []);
      });
    },
    look: (letter) => labelsNow(project, current(), numbering, letter),
  };
}

/** A label of one's own as the session knows it, over what was suggested. */
function standInOf(
  { asking, suggested }: Kept,
  numbering: Numbering,
  record: number,
  name: string,
  labels: readonly Label[],
): Label[] {
  const definition = asking.definitions.find((one) => one.name === name);
  if (!definition) return [];
  const slot = numbering.of(record, name);
  const own = labelOf(
    { record: { labels: [...labels] }, toJudge: [] },
    definition,
    { ...asking, job: null },
    slot,
  );
  if (!own) return [];
  const before = suggested.get(slot) ?? own;
  const status = !own.verified
    ? "unverified"
    : sameValue(own.verified.value, before.value)
      ? "confirmed"
      : "corrected";
  return [{ ...before, status, verified: own.verified }];
}

/** The labels that a letter is about as they stand, seen as one person sees them. */
async function labelsNow(
  project: string,
  now: Kept,
  numbering: Numbering,
  { act }: Letter,
): Promise<Label[]> {
  const { client, asking } = now;
  const found: Label[] = [];
  for (const { record: slot, label: id } of act.judgements) {
    const place = numbering.placeOf(slot);
    if (!place) continue;
    const record = await client.records.get({ project, record: place.record });
    const own = record.verifications.filter((one) => one.label === id);
    const verdict = standingVerdict(own, asking.by);
    const label = record.labels.find((one) => one.id === id);
    if (asking.mode === "label")
      found.push(...standInOf(now, numbering, place.record, place.name, ownLabels(record, asking)));
    else if (label)
      found.push({
        ...label,
        status: !verdict
          ? "unverified"
          : verdict.verdict === "CONFIRMS"
            ? "confirmed"
            : "corrected",
        verified:
          verdict && verdict.value !== null
            ? { value: verdict.value, by: verdict.verifier, at: verdict.at }
            : null,
      });
  }
  return found;
}

const ownLabels = ({ labels }: LabelledRecord, { by }: Asking): Label[] =>
  labels.filter(({ annotator }) => annotator.kind === "person" && annotator.name === by);
