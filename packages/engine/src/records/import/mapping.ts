import type { ColumnMapping, LabelDefinition } from "@countersign/core";
import { quoted } from "./rejections.ts";

/** What is asked of a file: its mapping, and the labels that it holds gold for. */
export interface ImportPlan {
  readonly mapping: ColumnMapping;
  readonly gold: readonly { readonly definition: LabelDefinition; readonly column: string }[];
}

/** Where a plan's columns stand in a row. */
export interface Places {
  readonly columns: readonly string[];
  readonly text: number;
  readonly key: number | undefined;
  readonly metadata: readonly { readonly name: string; readonly at: number }[];
  readonly gold: readonly { readonly definition: LabelDefinition; readonly at: number }[];
}

/** Finds a plan's columns among those of a row. Metadata and gold may be absent from a row. */
export function locate(plan: ImportPlan, columns: readonly string[]): Places | { missing: string } {
  const at = new Map(columns.map((column, index) => [column, index]));
  const { key, text, metadata } = plan.mapping;
  const textAt = at.get(text);
  if (textAt === undefined) return { missing: text };
  const keyAt = key === undefined ? undefined : at.get(key);
  if (key !== undefined && keyAt === undefined) return { missing: key };
  return {
    columns,
    text: textAt,
    key: keyAt,
    metadata: metadata.flatMap((name) => placed(at.get(name), { name })),
    gold: plan.gold.flatMap(({ column, definition }) => placed(at.get(column), { definition })),
  };
}

const placed = <What extends object>(at: number | undefined, what: What) =>
  at === undefined ? [] : [{ ...what, at }];

/** The columns asked for that are not among those given. */
export function absentColumns({ mapping, gold }: ImportPlan, columns: readonly string[]): string[] {
  const { key = mapping.text, text, metadata } = mapping;
  const wanted = new Set([key, text, ...metadata, ...gold.map(({ column }) => column)]);
  return [...wanted].filter((column) => !columns.includes(column));
}

/** Why a column cannot be read, naming those that could. */
export function noSuchColumn(columns: readonly string[]): string {
  const shown = columns.slice(0, 50).map(quoted).join(", ");
  return `is missing; the columns are ${shown}${columns.length > 50 ? ", …" : ""}`;
}
