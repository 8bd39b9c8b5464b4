import {
  type ColumnMapping,
  type FileReading,
  guessLabel,
  guessMapping,
  type ImportPreview,
  type LabelDefinition,
  ok,
  type PreviewColumn,
  type PreviewControl,
  type Problem,
  type RejectedRow,
  type Result,
} from "@countersign/core";
import type { Engine } from "../engine.ts";
import { findProject } from "../projects/index.ts";
import { findSchema } from "../schemas/index.ts";
import { openFile } from "./file/open.ts";
import type { BroughtLabel, FilePart } from "./file/part.ts";
import { quoted } from "./import/quoted.ts";

export interface PreviewInput {
  readonly project: string;
  readonly name: string;
  readonly reading: FileReading;
  /** Whether the bytes are the file's beginning only. */
  readonly partial: boolean;
  readonly body: AsyncIterable<Uint8Array>;
}

const rowsLookedAt = 200;
const faultsShown = 20;
const rowsShown = 10;
const longestShown = 200;
const mostValues = 30;

/**
 * The beginning of a file: how it is read, its columns with samples, the labels it brings along, and a guess at what its
 * columns are. No more of the file is read than that, and nothing is stored.
 */
export async function previewFile(
  engine: Engine,
  { project: name, ...input }: PreviewInput,
): Promise<Result<ImportPreview, Problem<"project-not-found">>> {
  const project = await findProject(engine.db, name);
  if (!project.ok) return project;
  const schema = await findSchema(engine.db, project.value);
  const definitions = schema.ok ? schema.value.document.labels : [];
  await using file = await openFile(input);
  const seen = await lookAt(file.parts, input.partial);
  const controls = controlsOf(seen.labels, definitions);
  const mapping: ColumnMapping = {
    ...guessMapping(seen, file.reading.layout === "table" ? definitions : []),
    controls: Object.fromEntries(
      controls.flatMap((one) =>
        one.label === null || one.label === one.name ? [] : [[one.name, one.label]],
      ),
    ),
  };
  return ok({
    name: input.name,
    reading: file.reading,
    sheets: [...file.sheets],
    columns: seen.columns.map((column, place) => columnOf(column, seen.rows, place)),
    rows: seen.rows
      .slice(0, rowsShown)
      .map((row) => seen.columns.map((_, at) => cut(row[at] ?? ""))),
    rowsRead: seen.rows.length,
    controls,
    mapping,
    warnings: warningsOf(seen, mapping),
    faults: seen.faults,
  });
}

interface Seen {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly longNumbers: ReadonlySet<string>;
  readonly labels: readonly BroughtLabel[];
  readonly faults: RejectedRow[];
}

async function lookAt(parts: AsyncIterable<FilePart>, partial: boolean): Promise<Seen> {
  const places = new Map<string, number>();
  const rows: string[][] = [];
  const longNumbers = new Set<string>();
  const labels: BroughtLabel[] = [];
  const faults: RejectedRow[] = [];
  let columns: readonly string[] = [];
  let lastLine = 0;
  for await (const part of parts) {
    if (part.kind === "rejected") {
      faults.push(part.row);
      if (faults.length === faultsShown) break;
    } else if (part.kind === "columns") {
      columns = part.columns;
      for (const column of columns) if (!places.has(column)) places.set(column, places.size);
    } else {
      const row: string[] = [];
      for (const [at, column] of columns.entries()) {
        row[places.get(column) ?? 0] = part.cells[at] ?? "";
        if (isLongNumber(part.json?.[at])) longNumbers.add(column);
      }
      rows.push(row);
      lastLine = part.line;
      labels.push(...(part.labels ?? []));
      if (rows.length === rowsLookedAt) break;
    }
  }
  if (partial && rows.length < rowsLookedAt && faults.length < faultsShown) {
    // Where the bytes end the file does not: the last row may be half of one.
    if (rows.length > 1 && !faults.some(({ row }) => row > lastLine)) rows.pop();
    return {
      columns: [...places.keys()],
      rows,
      longNumbers,
      labels,
      faults: faults.filter(({ row }) => row < lastLine),
    };
  }
  return { columns: [...places.keys()], rows, longNumbers, labels, faults };
}

/** A number with more digits than a double tells apart: other programs may have rounded it. */
const isLongNumber = (json: string | undefined): boolean =>
  json !== undefined &&
  /^-?\d/.test(json) &&
  json
    .replace(/[eE].*$/, "")
    .replace(/\D/g, "")
    .replace(/^0+/, "").length > 15;

const cut = (cell: string): string =>
  cell.length > longestShown ? `${cell.slice(0, longestShown).toWellFormed()}…` : cell;

function columnOf(name: string, rows: Seen["rows"], place: number): PreviewColumn {
  const distinct = new Set(rows.map((row) => row[place] ?? "").filter((cell) => cell !== ""));
  const few = distinct.size > 0 && distinct.size <= mostValues && distinct.size * 2 <= rows.length;
  return {
    name,
    samples: [...distinct].slice(0, 3).map(cut),
    values: few ? [...distinct].map(cut).sort() : null,
  };
}

function controlsOf(
  labels: readonly BroughtLabel[],
  definitions: readonly LabelDefinition[],
): PreviewControl[] {
  return [...Map.groupBy(labels, ({ control }) => control)].map(([name, given]) => {
    const values = new Set(
      given.flatMap(({ cell }) => (typeof cell === "string" ? [cell] : [...cell])),
    );
    const annotators = new Map(given.map(({ by }) => [`${by.kind} ${by.name}`, by]));
    return {
      name,
      label: guessLabel(name, definitions, [...values]) ?? null,
      annotators: [...annotators.values()]
        .slice(0, 20)
        .map(({ kind, name: who }) => ({ kind, name: who })),
      values: [...values].slice(0, mostValues).map(cut),
    };
  });
}

function warningsOf({ columns, rows, longNumbers }: Seen, { key, text }: ColumnMapping): string[] {
  const warnings = [...longNumbers].map(
    (column) =>
      `The column ${quoted(column)} holds numbers of more than 15 digits. They are kept as the file has them; a spreadsheet or another program may have rounded them before.`,
  );
  const repeated = (column: string | undefined) => {
    if (column === undefined) return 0;
    const place = columns.indexOf(column);
    const cells = rows.map((row) => row[place] ?? "");
    return cells.length - new Set(cells).size;
  };
  if (repeated(key) > 0 && key !== undefined)
    warnings.push(`The column ${quoted(key)} repeats keys among the first ${rows.length} rows.`);
  const texts = repeated(text);
  if (texts > 0 && key === undefined)
    warnings.push(
      `${texts} of the first ${rows.length} rows repeat a text, and no column is the key: they would be refused, unless duplicates are skipped.`,
    );
  else if (texts > 0) warnings.push(`${texts} of the first ${rows.length} rows repeat a text.`);
  return warnings;
}
