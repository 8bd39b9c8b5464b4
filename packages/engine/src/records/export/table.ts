import {
  type ExportOptions,
  err,
  type LabelDefinition,
  type LabelValue,
  ok,
  type Problem,
  quotedSpans,
  type RecordSource,
  type Result,
} from "@countersign/core";
import { factsOf, type LabelFacts, type Machine, originOf } from "./facts.ts";
import type { Frame } from "./frame.ts";
import { type ExportedLabel, isoMoment, type LabelledRow } from "./snapshot.ts";

/** What a cell of a table holds. A list is a multiple choice's value; what is JSON is its text. */
export type Cell = string | number | boolean | readonly string[] | readonly number[] | null;

/**
 * `list` holds lists of texts, `json` JSON as text, `class` the number of one of the column's classes and `classes` lists
 * of such numbers; the others what they say. Every cell may be empty.
 */
export type ColumnType =
  | "text"
  | "integer"
  | "number"
  | "boolean"
  | "list"
  | "json"
  | "class"
  | "classes";

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly classes?: readonly string[];
}

/** Records as rows of cells: how a table's columns are called and what rows a record is. */
export interface Table {
  readonly columns: readonly Column[];
  rowsOf(record: LabelledRow): readonly (readonly Cell[])[];
}

interface ColumnOf<Subject> extends Column {
  readonly cell: (subject: Subject) => Cell;
}

/** The columns that may be chosen and, of those, which are. */
export function tableOf(
  options: Pick<ExportOptions, "shape" | "columns" | "replies">,
  frame: Frame,
): Result<Table, Problem<"export-not-possible">> {
  if (options.shape === "long") {
    const columns = chosen(longColumns(frame, options.replies), options.columns);
    return columns.ok ? ok(longTable(columns.value, frame)) : columns;
  }
  const columns = chosen(wideColumns(frame, options.replies), options.columns);
  return columns.ok ? ok(wideTable(columns.value, frame)) : columns;
}

/**
 * The table of a dataset to learn from: as the wide one, with what stands for each label right after the text, under the
 * label's own name and as the number of its class.
 */
export function datasetTable(
  options: Pick<ExportOptions, "columns" | "replies">,
  frame: Frame,
): Result<Table, Problem<"export-not-possible">> {
  const [key, text, ...others] = wideColumns(frame, options.replies);
  const first = key && text ? [key, text] : [];
  const columns = chosen([...first, ...classColumns(frame), ...others], options.columns);
  return columns.ok ? ok(wideTable(columns.value, frame)) : columns;
}

/** A choice as the number of its class, other labels as what they say. */
const classColumns = ({ names, definitions }: Frame): ColumnOf<WideSubject>[] =>
  definitions.map((definition, at) => {
    const name = names[at] ?? "";
    const { kind, level } = definition;
    if (level === "span" || (kind !== "single" && kind !== "multiple"))
      return {
        name,
        type: valueType(definition),
        cell: ({ facts, row }) => valueCell(definition, facts[at]?.final?.value, row.content),
      };
    const classes = definition.options.map(({ value }) => value);
    const numbers = new Map(classes.map((value, number) => [value, number]));
    const numbersOf = (value: LabelValue) =>
      [value].flat().flatMap((one) => (typeof one === "string" ? (numbers.get(one) ?? []) : []));
    return {
      name,
      type: kind === "multiple" ? "classes" : "class",
      classes,
      cell: ({ facts }) => {
        const value = facts[at]?.final?.value;
        if (value === undefined) return null;
        return kind === "multiple" ? numbersOf(value) : (numbersOf(value)[0] ?? null);
      },
    };
  });

/** A column's name, or `tone.*` for all that begin with `tone.`; each column once, where it is first asked for. */
function chosen<Subject>(
  given: readonly ColumnOf<Subject>[],
  names: readonly string[] | undefined,
): Result<readonly ColumnOf<Subject>[], Problem<"export-not-possible">> {
  const columns = withOwnNames(given);
  if (names === undefined) return ok(columns);
  const all = new Map(columns.map((column) => [column.name, column]));
  const taken = new Set<ColumnOf<Subject>>();
  const unknown: string[] = [];
  for (const name of names) {
    const exact = all.get(name);
    const found = exact
      ? [exact]
      : name.endsWith("*")
        ? columns.filter((column) => column.name.startsWith(name.slice(0, -1)))
        : [];
    if (found.length === 0) unknown.push(name);
    for (const column of found) taken.add(column);
  }
  if (unknown.length === 0) return ok([...taken]);
  return err({
    type: "export-not-possible",
    what: `There is no column ${unknown.map((name) => `“${name}”`).join(", ")} in this export.`,
    kept: "Nothing was written.",
    next: `There are: ${[...all.keys()].join(", ")}.`,
  });
}

/** A label named `source` and an imported column may ask for one name: the later gets a number behind it. */
function withOwnNames<Subject>(columns: readonly ColumnOf<Subject>[]): ColumnOf<Subject>[] {
  const taken = new Set<string>();
  return columns.map((column) => {
    let name = column.name;
    for (let number = 2; taken.has(name); number += 1) name = `${column.name} (${number})`;
    taken.add(name);
    return name === column.name ? column : { ...column, name };
  });
}

interface WithRow {
  readonly row: LabelledRow;
}

interface WideSubject extends WithRow {
  readonly facts: readonly LabelFacts[];
  /** Parsed where a column asks for it. */
  readonly source: RecordSource;
}

const empty: RecordSource = {};

function wideTable(columns: readonly ColumnOf<WideSubject>[], frame: Frame): Table {
  const sourced = columns.some(({ name }) => name.startsWith("source."));
  return {
    columns,
    rowsOf: (row) => {
      const source: RecordSource = sourced ? JSON.parse(row.source) : empty;
      const subject = { row, facts: factsOf(row.labels, frame), source };
      return [columns.map((column) => column.cell(subject))];
    },
  };
}

/** One row a record: key, text and metadata, each label's facts as `<label>.<fact>`, each imported column as `source.<column>`. */
function wideColumns(frame: Frame, replies: boolean): ColumnOf<WideSubject>[] {
  return [
    { name: "key", type: "text", cell: ({ row }) => row.key },
    { name: "text", type: "text", cell: ({ row }) => row.content },
    ...kindColumns(frame),
    { name: "metadata", type: "json", cell: ({ row }) => row.metadata },
    ...frame.names.flatMap((name, at) => labelColumns(name, at, frame.definitions[at], replies)),
    ...frame.columns.map(
      (column): ColumnOf<WideSubject> => ({
        name: `source.${column}`,
        type: "text",
        cell: ({ source }) => source[column] ?? null,
      }),
    ),
  ];
}

/** What the contents are, where not all are texts; and the turns of conversations, where there are any. */
function kindColumns({ kinds }: Frame): ColumnOf<WithRow>[] {
  return [
    ...(kinds.length > 0
      ? [{ name: "kind", type: "text" as const, cell: ({ row }: WithRow) => row.kind }]
      : []),
    ...(kinds.includes("chat")
      ? [{ name: "turns", type: "json" as const, cell: ({ row }: WithRow) => row.turns }]
      : []),
  ];
}

/** A multiple choice or a ranking of the newest schema has lists, a number numbers, spans JSON. */
function valueType(definition: LabelDefinition | undefined): ColumnType {
  if (definition?.level === "span") return "json";
  switch (definition?.kind) {
    case "multiple":
    case "ranking":
      return "list";
    case "number":
      return "number";
    default:
      return "text";
  }
}

/** A value as its column holds it; what is of another kind, from an older schema, stands there only as a text may. */
function valueCell(
  definition: LabelDefinition | undefined,
  value: LabelValue | null | undefined,
  content: string,
): Cell {
  if (value === null || value === undefined) return null;
  switch (valueType(definition)) {
    case "json":
      return asText(value, content);
    case "list":
      return [value].flat().flatMap((one) => (typeof one === "object" ? [] : [String(one)]));
    case "number":
      return typeof value === "number" ? value : null;
    default:
      return asText(value, content);
  }
}

function labelColumns(
  name: string,
  at: number,
  definition: LabelDefinition | undefined,
  replies: boolean,
): ColumnOf<WideSubject>[] {
  const column = (
    fact: string,
    type: ColumnType,
    cell: (facts: LabelFacts) => Cell | undefined,
  ): ColumnOf<WideSubject> => ({
    name: `${name}.${fact}`,
    type,
    cell: ({ facts }) => {
      const of = facts[at];
      return of ? (cell(of) ?? null) : null;
    },
  });
  const value = (
    fact: string,
    said: (facts: LabelFacts) => LabelValue | null | undefined,
  ): ColumnOf<WideSubject> => ({
    name: `${name}.${fact}`,
    type: valueType(definition),
    cell: ({ facts, row }) => {
      const of = facts[at];
      return of ? valueCell(definition, said(of), row.content) : null;
    },
  });
  return [
    value("model", ({ model }) => model?.value),
    ...originColumns(replies).map(([fact, type, cell]) =>
      column(fact, type, ({ model }) => model && cell(model)),
    ),
    column("verification", "text", ({ verification }) => verification?.verdict),
    column("verified_by", "text", ({ verification }) => verification?.by),
    column("verified_at", "text", ({ verification }) => verification?.at),
    value("final", ({ final }) => final?.value),
    column("final_source", "text", ({ final }) => final?.source),
    column("final_by", "text", ({ final }) => final?.by),
    value("final_from", ({ final }) => final?.from?.value),
    ...originColumns(replies)
      .filter(([fact]) => fact !== "schema_version")
      .map(([fact, type, cell]) =>
        column(`final_${fact}`, type, ({ final }) => final?.from && cell(final.from)),
      ),
    column("final_schema_version", "integer", ({ final }) => final?.schemaVersion),
    column("final_verifications", "json", ({ final }) =>
      final && final.verifications.length > 0 ? JSON.stringify(final.verifications) : null,
    ),
    value("gold", ({ gold }) => gold),
  ];
}

type OriginColumn = readonly [
  fact: string,
  type: ColumnType,
  cell: (origin: Machine) => Cell | undefined,
];

const origin: readonly OriginColumn[] = [
  ["confidence", "number", (from) => from.confidence],
  ["confidence_method", "text", (from) => from.confidenceMethod],
  ["model_version", "text", (from) => from.modelVersion],
  ["simulated", "boolean", (from) => from.simulated],
  ["job", "integer", (from) => from.job],
  ["agent", "text", (from) => from.agent],
  ["agent_id", "text", (from) => from.agentId],
  ["model_name", "text", (from) => from.modelName],
  ["rule", "text", (from) => from.rule],
  ["schema_version", "integer", (from) => from.schemaVersion],
];

const originColumns = (replies: boolean): readonly OriginColumn[] =>
  replies ? [...origin, ["reply", "text", replyCell]] : origin;

/** The reply; where there were several, a JSON list of them. */
const replyCell = ({ replies = [] }: Machine): Cell =>
  replies.length > 1 ? JSON.stringify(replies) : (replies[0] ?? null);

interface LongSubject extends WithRow {
  readonly label: ExportedLabel;
  readonly from: Machine | null;
  /** What the label says as the one that stands; null where another does. */
  readonly final: LabelFacts["final"];
  readonly source: RecordSource;
}

function longTable(columns: readonly ColumnOf<LongSubject>[], frame: Frame): Table {
  const sourced = columns.some(({ name }) => name.startsWith("source."));
  return {
    columns,
    rowsOf: (row) => {
      if (row.labels.length === 0) return [];
      const source: RecordSource = sourced ? JSON.parse(row.source) : empty;
      const finals = new Map(
        factsOf(row.labels, frame).map(({ final }, at) => [frame.names[at], final]),
      );
      return row.labels.map((label) => {
        const stands = finals.get(label.name);
        const final = stands?.label === label.id ? stands : null;
        const subject = { row, label, from: originOf(label, frame), final, source };
        return columns.map((column) => column.cell(subject));
      });
    },
  };
}

const ofEveryLabel = new Set(["confidence", "confidence_method", "schema_version"]);

/** One row a label, whoever gave it; a record without labels has none. */
function longColumns(frame: Frame, replies: boolean): ColumnOf<LongSubject>[] {
  const column = (
    name: string,
    type: ColumnType,
    cell: (subject: LongSubject) => Cell | undefined,
  ): ColumnOf<LongSubject> => ({ name, type, cell: (subject) => cell(subject) ?? null });
  return [
    column("key", "text", ({ row }) => row.key),
    column("text", "text", ({ row }) => row.content),
    ...kindColumns(frame),
    column("metadata", "json", ({ row }) => row.metadata),
    column("label", "text", ({ label }) => label.name),
    column("value", "text", ({ label, row }) => asText(label.value, row.content)),
    column("annotator_kind", "text", ({ label }) => label.annotator.kind),
    column("annotator", "text", ({ label }) => label.annotator.name),
    column("created_at", "text", ({ label }) => isoMoment(label.createdAt)),
    column("confidence", "number", ({ label }) => label.confidence),
    column("confidence_method", "text", ({ label }) => label.confidenceMethod),
    ...originColumns(replies)
      .filter(([fact]) => !ofEveryLabel.has(fact))
      .map(([fact, type, cell]) => column(fact, type, ({ from }) => from && cell(from))),
    column("schema_version", "integer", ({ label }) => label.schemaVersion),
    column("status", "text", ({ label }) => label.status),
    column(
      "verified_value",
      "text",
      ({ label, row }) => label.verified && asText(label.verified.value, row.content),
    ),
    column("verified_by", "text", ({ label }) => label.verified?.by),
    column("verified_at", "text", ({ label }) => label.verified && isoMoment(label.verified.at)),
    column("verifications", "json", ({ label }) =>
      label.verifications.length > 0 ? JSON.stringify(label.verifications) : null,
    ),
    column("final", "text", ({ final, row }) => final && asText(final.value, row.content)),
    column("final_source", "text", ({ final }) => final?.source),
    column("final_by", "text", ({ final }) => final?.by),
    ...frame.columns.map((name) => column(`source.${name}`, "text", ({ source }) => source[name])),
  ];
}

/** A value where columns hold texts: several are a JSON list, as an import reads them; spans with the words they cover. */
export function asText(value: LabelValue, content: string): string {
  if (typeof value === "string") return value;
  if (!Array.isArray(value)) return String(value);
  return JSON.stringify(
    value.map((one) => (typeof one === "object" ? quotedSpans([one], content)[0] : one)),
  );
}
