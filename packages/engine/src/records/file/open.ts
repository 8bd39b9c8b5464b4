import type { ChosenReading, FileReading, ImportFormat, ImportLayout } from "@countersign/core";
import { begin } from "./beginning.ts";
import { readDelimited } from "./delimited.ts";
import { asUtf8, detectEncoding } from "./encoding.ts";
import { detectDelimiter, detectFormat, detectHeader, firstRows } from "./form.ts";
import { gunzipped, isGzip } from "./gzip.ts";
import { readJsonArray } from "./json-array.ts";
import { readJsonLines } from "./json-lines.ts";
import { isArgilla, readArgilla } from "./layout/argilla.ts";
import { isTask, readTasks } from "./layout/label-studio.ts";
import { isOwnExport, readOwnExport } from "./layout/own-export.ts";
import { readParquet } from "./parquet.ts";
import { broken, type FilePart } from "./part.ts";
import { spool } from "./spool.ts";
import { UnreadableFile } from "./unreadable.ts";
import { openWorkbook } from "./xlsx.ts";

/** Bytes of a file that are looked at before it is read. */
const lookedAt = 256 * 1024;

export interface ToOpen {
  readonly body: AsyncIterable<Uint8Array>;
  /** The file's name, which may tell what it is. */
  readonly name: string;
  /** What of the reading is not to be found out. */
  readonly reading: FileReading;
  /** The columns that are asked for, where they are known: they tell whether there is a header. */
  readonly asked?: readonly string[] | undefined;
}

export interface OpenFile extends AsyncDisposable {
  readonly reading: ChosenReading;
  readonly sheets: readonly string[];
  /** The file, read as it comes and once. Where it cannot go on, its last part says why. */
  readonly parts: AsyncIterable<FilePart>;
}

/**
 * Opens a file: finds out what it is, by its beginning and its name, and how it is to be read. What was said about it goes
 * before what it looks like. A file that cannot be opened has one part, which says why.
 */
export async function openFile({ body, name, reading, asked }: ToOpen): Promise<OpenFile> {
  const packed = await begin(body, 2);
  const gzip = isGzip(packed.head);
  const opening = { reading, gzip, name, asked };
  try {
    const begun = await begin(gzip ? gunzipped(packed.body) : packed.body, lookedAt);
    const encoding = reading.encoding ?? detectEncoding(begun.head, begun.whole);
    const text = new TextDecoder(encoding).decode(begun.head);
    const format = reading.format ?? detectFormat(name, begun.head, text);
    switch (format) {
      case "xlsx":
        return await openSheets({ ...opening, body: begun.body });
      case "parquet":
        return await openParquet({ ...opening, body: begun.body });
      case "csv":
      case "tsv": {
        const delimiter = reading.delimiter ?? (format === "tsv" ? "\t" : detectDelimiter(text));
        const header = reading.header ?? isHeader(firstRows(text, delimiter), asked);
        const parts = readDelimited(asUtf8(begun.body, encoding), { delimiter, header });
        return await laidOut(parts, { format, gzip, encoding, delimiter, header }, reading.layout);
      }
      case "json":
      case "jsonl": {
        const bytes = asUtf8(begun.body, encoding);
        const parts = format === "json" ? readJsonArray(bytes) : readJsonLines(bytes);
        return await laidOut(parts, { format, gzip, encoding }, reading.layout);
      }
    }
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    return unreadable(error, { format: reading.format ?? "csv", gzip }, reading.layout);
  }
}

/** Our own columns' names are known; of others it is found out. */
const isHeader = (
  rows: readonly (readonly string[])[],
  asked: readonly string[] | undefined,
): boolean => isOwnExport(rows[0] ?? []) || detectHeader(rows, asked);

interface Opening extends Omit<ToOpen, "body"> {
  readonly body: AsyncIterable<Uint8Array>;
  readonly gzip: boolean;
}

async function openParquet({ body, gzip, reading }: Opening): Promise<OpenFile> {
  const file = await spool(body);
  const opened = await laidOut(readParquet(file.path), { format: "parquet", gzip }, reading.layout);
  return { ...opened, [Symbol.asyncDispose]: () => file[Symbol.asyncDispose]() };
}

async function openSheets({ body, gzip, reading, asked }: Opening): Promise<OpenFile> {
  const file = await spool(body);
  try {
    const workbook = await openWorkbook(file.path);
    const close = async () => {
      await workbook[Symbol.asyncDispose]();
      await file[Symbol.asyncDispose]();
    };
    try {
      const [first = ""] = workbook.sheets;
      const sheet = reading.sheet ?? first;
      if (!workbook.sheets.includes(sheet))
        throw new UnreadableFile(
          `has no sheet “${sheet.slice(0, 60)}”; its sheets are ${workbook.sheets.map((one) => `“${one}”`).join(", ")}`,
        );
      const header = reading.header ?? isHeader(await workbook.first(sheet, 20), asked);
      const known = { format: "xlsx", gzip, header, sheet } as const;
      const opened = await laidOut(workbook.rows(sheet, header), known, reading.layout);
      return { ...opened, sheets: workbook.sheets, [Symbol.asyncDispose]: close };
    } catch (error) {
      await close();
      throw error;
    }
  } catch (error) {
    await file[Symbol.asyncDispose]();
    throw error;
  }
}

type Known = Pick<ChosenReading, "format" | "gzip"> & Partial<ChosenReading>;

const chosen = (known: Known, layout: ImportLayout): ChosenReading => ({
  encoding: null,
  delimiter: null,
  header: null,
  sheet: null,
  layout,
  ...known,
});

/** Finds out how the rows are laid out, by the columns of the first. */
async function laidOut(
  parts: AsyncIterable<FilePart>,
  known: Known,
  given: ImportLayout | undefined,
): Promise<OpenFile> {
  const told = untilUnreadable(parts);
  const first = await told.next();
  async function* all() {
    if (first.done) return;
    yield first.value;
    yield* told;
  }
  const columns = first.done || first.value.kind !== "columns" ? [] : first.value.columns;
  const layout = given ?? layoutOf(columns);
  return {
    reading: chosen(known, layout),
    sheets: [],
    parts: inLayout(all(), layout, known.format),
    async [Symbol.asyncDispose]() {},
  };
}

const layoutOf = (columns: readonly string[]): ImportLayout =>
  isTask(columns)
    ? "label-studio"
    : isOwnExport(columns)
      ? "countersign"
      : isArgilla(columns)
        ? "argilla"
        : "table";

function inLayout(
  rows: AsyncIterable<FilePart>,
  layout: ImportLayout,
  format: ImportFormat,
): AsyncIterable<FilePart> {
  switch (layout) {
    case "label-studio":
      return readTasks(rows);
    case "countersign":
      return readOwnExport(rows, format === "csv");
    case "argilla":
      return readArgilla(rows);
    case "table":
      return rows;
  }
}

/** What cannot be read any further ends the parts with the reason. */
async function* untilUnreadable(
  parts: AsyncIterable<FilePart>,
): AsyncGenerator<FilePart, void, undefined> {
  let line = 1;
  try {
    for await (const part of parts) {
      line = part.kind === "rejected" ? part.row.row : part.line;
      yield part;
    }
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    yield broken(line, `is where reading ended: the file ${error.message}`);
  }
}

function unreadable(
  { message }: UnreadableFile,
  known: Known,
  layout: ImportLayout = "table",
): OpenFile {
  async function* parts() {
    yield broken(1, `is where reading ended: the file ${message}`);
  }
  return {
    reading: chosen(known, layout),
    sheets: [],
    parts: parts(),
    async [Symbol.asyncDispose]() {},
  };
}
