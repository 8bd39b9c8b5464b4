import { createReadStream } from "node:fs";
import { extname } from "node:path";
import type { Readable } from "node:stream";
import { type MetadataValues, valueOfCell } from "@countersign/core";
import { parse } from "csv-parse";
import { linesOf } from "./lines.ts";
import { UsageError } from "./usage.ts";

type Value = MetadataValues[string];

/** What a row of a file says of one record. */
export interface MetadataRow {
  /** Line of the file, from 1. */
  readonly line: number;
  readonly key: string;
  readonly set: MetadataValues;
}

export interface MetadataFile {
  readonly path: string;
  /** The column, or member, that holds the records' keys. */
  readonly key: string;
  /** Columns whose cells are kept as text, whatever they look like. */
  readonly text: readonly string[];
}

/** The rows of a file, a CSV, a TSV or JSON Lines, one by one. An empty cell, or null, sets nothing. */
export async function* metadataRows(file: MetadataFile): AsyncGenerator<MetadataRow, void> {
  const stream = createReadStream(file.path);
  try {
    const extension = extname(file.path).toLowerCase();
    if (extension === ".jsonl" || extension === ".ndjson") yield* jsonRows(stream, file);
    else yield* csvRows(stream, file, extension === ".tsv" || extension === ".tab" ? "\t" : ",");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    if (code === "ENOENT") throw new UsageError(`There is no file ${file.path}.`);
    if (code.startsWith("CSV_"))
      throw new UsageError(`${file.path} is no CSV: ${(error as Error).message}`);
    throw error;
  } finally {
    stream.destroy();
  }
}

async function* csvRows(stream: Readable, { path, key, text }: MetadataFile, delimiter: string) {
  const rows = stream.pipe(
    parse({ bom: true, delimiter, info: true, skip_empty_lines: true, columns: true }),
  );
  // An error of the file is the parser's, too, or nobody would hear of it.
  stream.on("error", (error) => rows.destroy(error));
  for await (const row of rows) {
    const { record, info } = row as {
      record: Readonly<Record<string, string>>;
      info: { lines: number };
    };
    const named = record[key];
    if (named === undefined)
      throw new UsageError(
        `${path} has no column “${key}”; its columns are ${Object.keys(record).join(", ")}. Say which one holds the keys: --key COLUMN`,
      );
    const cells = Object.entries(record).filter(([name, cell]) => name !== key && cell !== "");
    yield {
      line: info.lines,
      key: named,
      set: Object.fromEntries(
        cells.map(([name, cell]) => [name, text.includes(name) ? cell : valueOfCell(cell)]),
      ),
    };
  }
}

async function* jsonRows(stream: AsyncIterable<Buffer>, { path, key }: MetadataFile) {
  for await (const { number: line, text } of linesOf(stream)) {
    if (text?.trim() === "") continue;
    const row = objectIn(text);
    if (row === undefined) throw new UsageError(`Line ${line} of ${path} is no JSON object.`);
    const named = row[key];
    if (typeof named !== "string" && typeof named !== "number")
      throw new UsageError(
        `Line ${line} of ${path} has no text or number “${key}”. Say which member holds the keys: --key NAME`,
      );
    const values = Object.entries(row).flatMap(([name, value]): [string, Value][] =>
      name === key || value === null ? [] : [[name, value]],
    );
    yield { line, key: String(named), set: Object.fromEntries(values) };
  }
}

function objectIn(text: string | undefined): Record<string, Value | null> | undefined {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    // What JSON.parse returns is JSON.
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, Value | null>)
      : undefined;
  } catch {
    return undefined;
  }
}
