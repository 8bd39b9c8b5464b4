import type { Label } from "@countersign/core";
import type { Item } from "../queue/item.ts";

/** A selected row, as much of it as a verdict needs; its record need not be loaded. */
export interface Selected {
  readonly record: number;
  readonly key: string;
  readonly label: Label;
}

/** The selected rows by record. */
export type Selection = ReadonlyMap<number, Selected>;

export const noSelection: Selection = new Map();

/** The most labels that one act judges: what the server records at once. */
export const mostAtOnce = 10_000;

const selected = ({ record, label }: Item): [number, Selected] => [
  record.id,
  { record: record.id, key: record.key, label },
];

/** The row is selected, or no longer. */
export function withToggled(selection: Selection, item: Item): Selection {
  const rest = new Map(selection);
  if (!rest.delete(item.record.id)) rest.set(...selected(item));
  return rest;
}

/** All rows from one place to another, in either direction, are selected as well. */
export function withRange(
  selection: Selection,
  items: readonly Item[],
  from: number,
  to: number,
): Selection {
  const range = items.slice(Math.min(from, to), Math.max(from, to) + 1);
  return new Map([...selection, ...range.map(selected)]);
}

/** So many of the items as one act can judge. */
export const selectionOf = (items: readonly Item[]): Selection =>
  new Map(items.slice(0, mostAtOnce).map(selected));
