import {
  type ExportFormat,
  type ExportOptions,
  err,
  exportFiles,
  ok,
  type Problem,
  type Result,
} from "@countersign/core";
import type pg from "pg";
import type { Engine } from "../engine.ts";
import { findJob } from "../jobs/find.ts";
import { findProject } from "../projects/index.ts";
import { csvWriter } from "./export/csv.ts";
import { type Frame, readFrame } from "./export/frame.ts";
import { datasetFolder, splitsOf } from "./export/huggingface.ts";
import { jsonLines, jsonRows } from "./export/json-lines.ts";
import { labelStudioTask } from "./export/label-studio.ts";
import { parquetFile } from "./export/parquet.ts";
import { Refused } from "./export/refused.ts";
import {
  closeSnapshot,
  countRecords,
  type LabelledRow,
  longerThan,
  openSnapshot,
  readRows,
  type Selection,
} from "./export/snapshot.ts";
import { datasetTable, type Table, tableOf } from "./export/table.ts";
import { cellCharacters, sheetColumns, tooLong, workbook } from "./export/xlsx.ts";
import { checkCondition } from "./searching.ts";

export type ExportInput = ExportOptions & { readonly project: string };

export type ExportProblem = Problem<
  "project-not-found" | "search-invalid" | "job-not-found" | "export-not-possible"
>;

/** A file on its way: text, or bytes. */
export type Chunk = string | Uint8Array;

/** An export that has been found possible. */
export interface PreparedExport {
  readonly projectId: number;
  /** What the file should be called. */
  readonly filename: string;
  readonly media: (typeof exportFiles)[ExportFormat]["media"];
  /**
   * The file's content, as it is at the moment of the first read: two exports of the same state are the same bytes. It
   * comes as fast as it is taken; who stops early lets go of everything.
   *
   * @param onRecords called with how many records have been read so far, and first with how many there are
   */
  write(onRecords?: (done: number, total: number) => void): AsyncIterable<Chunk>;
}

/** Finds out whether records can be exported so, before anything is read. */
export async function prepareExport(
  engine: Engine,
  { project: name, ...options }: ExportInput,
): Promise<Result<PreparedExport, ExportProblem>> {
  const project = await findProject(engine.db, name);
  if (!project.ok) return project;
  const { format, where, job, replies } = options;
  if (job !== undefined) {
    const found = await findJob(engine.db, project.value, job);
    if (!found.ok) return found;
  }
  const checked = await checkCondition(engine, project.value, where);
  if (!checked.ok) return checked;
  const selection = { projectId: project.value.id, where: checked.value, job, replies };
  const client = await openSnapshot(engine.pool);
  try {
    const frame = await readFrame(client, selection.projectId);
    const possible = await planOf(client, frame, selection, options);
    if (!possible.ok) return possible;
  } catch (error) {
    if (error instanceof Refused) return err(error.problem);
    throw error;
  } finally {
    await closeSnapshot(client);
  }
  const { extension, media } = exportFiles[format];
  return ok({
    projectId: selection.projectId,
    filename: `${name}.${extension}`,
    media,
    write: (onRecords) => write(engine, selection, options, onRecords),
  });
}

/** As {@link prepareExport}, for who wants the content alone. */
export async function exportFile(
  engine: Engine,
  input: ExportInput,
): Promise<Result<AsyncIterable<Chunk>, ExportProblem>> {
  const prepared = await prepareExport(engine, input);
  return prepared.ok ? ok(prepared.value.write()) : prepared;
}

/** Writes the records that are read for it. */
type Plan = (
  read: (selection: Selection) => AsyncIterable<readonly LabelledRow[]>,
) => AsyncIterable<Chunk>;

/** How a format is written; the problem where it cannot be, for these columns or these records. */
async function planOf(
  client: pg.PoolClient,
  frame: Frame,
  selection: Selection,
  options: Omit<ExportOptions, "where" | "job">,
): Promise<Result<Plan, Problem<"export-not-possible">>> {
  const { format, shape, columns, splitBy } = options;
  const misplaced = misplacedOption(options);
  if (misplaced !== undefined) return impossible(misplaced);
  if (format === "jsonl" && shape === "wide" && columns === undefined) {
    const line = jsonLines(frame);
    return ok((read) => inChunks(each(read(selection), line)));
  }
  if (format === "label-studio")
    return ok((read) =>
      inChunks(taskList(each(read(selection), (record) => labelStudioTask(record, frame)))),
    );
  if (format === "huggingface") {
    const table = datasetTable(options, frame);
    if (!table.ok) return table;
    const parts = await splitsOf(client, selection, { splitBy }, frame);
    return ok((read) => datasetFolder(table.value, parts, frame, read));
  }
  const table = tableOf(options, frame);
  if (!table.ok) return table;
  if (format === "parquet") return ok((read) => parquetFile(table.value, read(selection)));
  if (format === "xlsx") {
    await checkSheet(client, selection, table.value);
    return ok((read) => workbook(table.value, read(selection)));
  }
  if (format === "csv") {
    const { header, lines } = csvWriter(table.value, options.formulas);
    return ok((read) => inChunks(each(read(selection), lines), header));
  }
  return ok((read) => inChunks(each(read(selection), jsonRows(table.value))));
}

/** What was asked for that the format has no place for. */
function misplacedOption({
  format,
  shape,
  columns,
  splitBy,
}: Omit<ExportOptions, "where" | "job">): string | undefined {
  if (splitBy !== undefined && format !== "huggingface")
    return "Only a Hugging Face dataset is split by a column.";
  if (format === "label-studio" && (shape === "long" || columns !== undefined))
    return "A Label Studio file holds tasks with all that was said of them: it has neither columns nor one row a label.";
  if (format === "huggingface" && shape === "long")
    return "A Hugging Face dataset has one row a record; for one row a label take Parquet.";
  return undefined;
}

const impossible = (what: string) =>
  err({
    type: "export-not-possible" as const,
    what,
    kept: "Nothing was written.",
    next: "Leave that option out, or take another format.",
  });

/** A spreadsheet has its limits; better said now than when half of it is written. */
async function checkSheet(
  client: pg.PoolClient,
  selection: Selection,
  { columns }: Table,
): Promise<void> {
  if (columns.length > sheetColumns)
    throw new Refused({
      type: "export-not-possible",
      what: `The export has ${columns.length} columns; a sheet holds ${sheetColumns} at most.`,
      kept: "Nothing was written.",
      next: "Choose columns, or take Parquet, CSV or JSON Lines.",
    });
  const names = new Set(columns.map(({ name }) => name));
  const long = await longerThan(client, selection, cellCharacters, [...names]);
  if (long) throw new Refused(tooLong(long.key, long.column));
}

async function* write(
  engine: Engine,
  selection: Selection,
  options: Omit<ExportOptions, "where" | "job">,
  onRecords: ((done: number, total: number) => void) | undefined,
): AsyncGenerator<Chunk, void, undefined> {
  const client = await openSnapshot(engine.pool);
  try {
    const frame = await readFrame(client, selection.projectId);
    const plan = await planOf(client, frame, selection, options);
    if (!plan.ok) throw new Refused(plan.error);
    const total = onRecords ? await countRecords(client, selection) : 0;
    let done = 0;
    onRecords?.(done, total);
    const read = async function* (part: Selection) {
      for await (const rows of readRows(client, part, frame)) {
        yield rows;
        done += rows.length;
        onRecords?.(done, total);
      }
    };
    yield* plan.value(read);
  } finally {
    await closeSnapshot(client);
  }
}

async function* each(
  records: AsyncIterable<readonly LabelledRow[]>,
  written: (record: LabelledRow) => string,
): AsyncGenerator<readonly string[], void, undefined> {
  for await (const rows of records) yield rows.map(written);
}

/** Tasks as one JSON list, a line each. */
async function* taskList(
  tasks: AsyncIterable<readonly string[]>,
): AsyncGenerator<readonly string[], void, undefined> {
  let first = true;
  for await (const some of tasks)
    yield some.map((task) => {
      const before = first ? "[\n" : ",\n";
      first = false;
      return before + task;
    });
  yield [first ? "[]\n" : "\n]\n"];
}

const chunkLength = 65_536;

/** Pieces put together to chunks of some size, so that few cross the wire. */
async function* inChunks(
  pieces: AsyncIterable<readonly string[]>,
  begin = "",
): AsyncGenerator<string, void, undefined> {
  let chunk = begin;
  for await (const some of pieces)
    for (const piece of some) {
      chunk += piece;
      if (chunk.length < chunkLength) continue;
      yield chunk;
      chunk = "";
    }
  if (chunk !== "") yield chunk;
}
