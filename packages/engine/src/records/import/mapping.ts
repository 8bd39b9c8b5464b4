import {
  type Codes,
  type ColumnMapping,
  type ContentKind,
  type LabelColumn,
  type LabelDefinition,
  metadataName,
} from "@countersign/core";
import { quoted } from "./quoted.ts";

/** A column with labels, and what its cells stand for. */
interface Coded {
  readonly definition: LabelDefinition;
  readonly column: string;
  readonly codes: Codes;
}

/** What is asked of a file: its mapping, and the labels that it holds. */
export interface ImportPlan {
  readonly mapping: ColumnMapping;
  /** The column of the records' content; without one the file has labels for records that are there. */
  readonly content: { readonly kind: ContentKind; readonly column: string } | undefined;
  readonly gold: readonly Coded[];
  readonly labels: readonly (Coded & Pick<LabelColumn, "by" | "kind" | "confidence">)[];
  /** The schema's labels, for those that a file brings along. */
  readonly definitions: readonly LabelDefinition[];
}

/** A label's cell in a row. */
interface CodedPlace {
  readonly definition: LabelDefinition;
  readonly at: number;
  readonly codes: Codes;
}

/** Where a plan's columns stand in a row. */
export interface Places {
  readonly plan: ImportPlan;
  readonly columns: readonly string[];
  readonly content: { readonly kind: ContentKind; readonly at: number } | undefined;
  readonly key: number | undefined;
  readonly metadata: readonly {
    readonly name: string;
    readonly at: number;
    /** Whether a cell without a type stays text, whatever it says. */
    readonly isText: boolean;
  }[];
  readonly gold: readonly CodedPlace[];
  readonly labels: readonly (CodedPlace & {
    readonly kind: LabelColumn["kind"];
    readonly by: { readonly name: string } | { readonly at: number };
    readonly confidence: number | undefined;
  })[];
}

/**
 * Finds a plan's columns among those of a row. Metadata and labels may be absent from a row.
 *
 * @param codes what the file itself says that a column's cells stand for
 */
export function locate(
  plan: ImportPlan,
  columns: readonly string[],
  codes: ReadonlyMap<string, Codes> = new Map(),
): Places | { missing: string } {
  const at = new Map(columns.map((column, index) => [column, index]));
  const { key } = plan.mapping;
  const contentAt = plan.content && at.get(plan.content.column);
  if (plan.content && contentAt === undefined) return { missing: plan.content.column };
  const keyAt = key === undefined ? undefined : at.get(key);
  if (key !== undefined && keyAt === undefined) return { missing: key };
  const coded = ({ definition, column, codes: own }: Coded) =>
    placed(at.get(column), { definition, codes: { ...codes.get(column), ...own } });
  return {
    plan,
    columns,
    content:
      plan.content && contentAt !== undefined
        ? { kind: plan.content.kind, at: contentAt }
        : undefined,
    key: keyAt,
    metadata: plan.mapping.metadata.flatMap((given) => {
      const name = metadataName(given);
      return placed(at.get(name), { name, isText: typeof given !== "string" });
    }),
    gold: plan.gold.flatMap(coded),
    labels: plan.labels.flatMap((label) => {
      const by = "name" in label.by ? label.by : { at: at.get(label.by.column) };
      if ("at" in by && by.at === undefined) return [];
      const whose = "at" in by ? { at: by.at ?? 0 } : by;
      const confidence = label.confidence === undefined ? undefined : at.get(label.confidence);
      return coded(label).map((place) => ({ ...place, kind: label.kind, by: whose, confidence }));
    }),
  };
}

const placed = <What extends object>(at: number | undefined, what: What) =>
  at === undefined ? [] : [{ ...what, at }];

/** Every column that a plan asks for, once. */
export function columnsAsked({ mapping, content, gold, labels }: ImportPlan): string[] {
  const wanted = [
    ...(mapping.key === undefined ? [] : [mapping.key]),
    ...(content ? [content.column] : []),
    ...mapping.metadata.map(metadataName),
    ...gold.map(({ column }) => column),
    ...labels.flatMap(({ column, by, confidence }) => [
      column,
      ...("column" in by ? [by.column] : []),
      ...(confidence === undefined ? [] : [confidence]),
    ]),
  ];
  return [...new Set(wanted)];
}

/** The columns asked for that are not among those given. */
export function absentColumns(plan: ImportPlan, columns: readonly string[]): string[] {
  const there = new Set(columns);
  return columnsAsked(plan).filter((column) => !there.has(column));
}

/** Why a column cannot be read, naming those that could. */
export function noSuchColumn(columns: readonly string[]): string {
  const shown = columns.slice(0, 50).map(quoted).join(", ");
  return `is missing; the columns are ${shown}${columns.length > 50 ? ", …" : ""}`;
}
