import { type LabelValue, sameValue } from "@countersign/core";
import type { NewLabel, Verdict } from "../worker/finished-item.ts";

/** A label as a job stored it. */
export interface StoredLabel {
  readonly id: number;
  readonly name: string;
  readonly value: LabelValue;
  readonly confidence: number | null;
  readonly rule: string | undefined;
}

/** What reading a reply again does to the labels of its item. */
export interface Differences {
  readonly gained: readonly NewLabel[];
  /** Another value, or the same one read by another rule or with another confidence. */
  readonly updated: readonly { readonly old: StoredLabel; readonly now: NewLabel }[];
  readonly lost: readonly StoredLabel[];
}

/** Compares the labels of an item with what its reply says now. */
export function differencesOf(
  stored: readonly StoredLabel[],
  { labels }: Pick<Verdict, "labels">,
): Differences {
  const before = new Map(stored.map((label) => [label.name, label]));
  const now = new Set(labels.map(({ name }) => name));
  return {
    gained: labels.filter(({ name }) => !before.has(name)),
    updated: labels.flatMap((label) => {
      const old = before.get(label.name);
      return old && !isSame(old, label) ? [{ old, now: label }] : [];
    }),
    lost: stored.filter(({ name }) => !now.has(name)),
  };
}

const isSame = (old: StoredLabel, now: NewLabel): boolean =>
  sameValue(old.value, now.value) &&
  old.confidence === now.confidence &&
  old.rule === now.metadata.rule;
