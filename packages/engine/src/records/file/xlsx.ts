import { promisify } from "node:util";
import { type Entry, open, type ZipFile } from "yauzl";
import { watchExpansion } from "./expansion.ts";
import { unnamed } from "./form.ts";
import { faultInColumns, longestCell, mostColumns } from "./limits.ts";
import { broken, type FilePart, rejected } from "./part.ts";
import { UnreadableFile } from "./unreadable.ts";
import { dateFormats, readDate } from "./xlsx-dates.ts";
import { xmlReader } from "./xml.ts";

/** Characters of all texts that sheets share; they are in memory at once. */
const mostShared = 100_000_000;
const mostEntries = 10_000;
/** Sheets repeat themselves more than texts do. */
const asSheetsDo = { free: 64_000_000, ratio: 400 };

/** A workbook whose sheets can be read. */
export interface Workbook extends AsyncDisposable {
  readonly sheets: readonly string[];
  /** Its rows. Formulas are never run: what counts is the result that the file has for them. */
  rows(sheet: string, header: boolean): AsyncGenerator<FilePart, void>;
  /** The first rows' cells, to see whether they have a header. */
  first(sheet: string, count: number): Promise<string[][]>;
}

/** Opens an XLSX file. Of it are read its sheets, their shared texts and the forms of their numbers, and nothing else. */
export async function openWorkbook(path: string): Promise<Workbook> {
  const zip = await understood(() => openZip(path));
  try {
    const entries = await understood(() => entriesOf(zip));
    const part = (name: string) => partOf(zip, entries, name);
    const relations = new Map<string, string>();
    await scan(part("xl/_rels/workbook.xml.rels"), (name, attributes) => {
      if (name === "Relationship" && attributes.TargetMode !== "External")
        relations.set(attributes.Id ?? "", pathOf(attributes.Target ?? ""));
    });
    const sheets = new Map<string, string>();
    let from1904 = false;
    await scan(part("xl/workbook.xml"), (name, attributes) => {
      if (name === "workbookPr") from1904 = /^(1|true)$/.test(attributes.date1904 ?? "");
      if (name !== "sheet") return;
      const target = relations.get(attributes["r:id"] ?? "");
      if (target?.startsWith("xl/worksheets/")) sheets.set(attributes.name ?? "", target);
    });
    if (sheets.size === 0) throw new UnreadableFile("has no sheet with cells");
    const dates = entries.has("xl/styles.xml") ? await dateFormats(part("xl/styles.xml")) : [];
    let shared: readonly string[] | undefined;
    const texts = async () => {
      shared ??= entries.has("xl/sharedStrings.xml")
        ? await sharedTexts(part("xl/sharedStrings.xml"))
        : [];
      return shared;
    };
    const rowsOf = async function* (sheet: string): AsyncGenerator<SheetRow> {
      const target = sheets.get(sheet);
      if (target === undefined) throw new UnreadableFile(`has no sheet “${sheet}”`);
      yield* sheetRows(part(target), { shared: await texts(), dates, from1904 });
    };
    return {
      sheets: [...sheets.keys()],
      rows: (sheet, header) => partsOf(rowsOf(sheet), header),
      async first(sheet, count) {
        const rows: string[][] = [];
        for await (const { cells } of rowsOf(sheet)) {
          rows.push(cells.map((cell) => cell?.text ?? ""));
          if (rows.length === count) break;
        }
        return rows;
      },
      async [Symbol.asyncDispose]() {
        zip.close();
      },
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

/** A sheet's rows as a file's: the first is the header, or the columns are numbered. */
async function* partsOf(
  rows: AsyncIterable<SheetRow>,
  header: boolean,
): AsyncGenerator<FilePart, void> {
  let columns: readonly string[] | undefined;
  for await (const { number, cells, fault } of rows) {
    if (fault !== undefined) {
      yield rejected(number, fault);
      continue;
    }
    if (!columns) {
      const names = header
        ? cells.map((cell) => cell?.text ?? "")
        : cells.map((_, place) => unnamed(place + 1));
      // A table need not begin in column A, nor end where somebody once coloured a cell.
      while (names.at(-1) === "") names.pop();
      const wrong = faultInColumns(names);
      if (wrong) {
        yield broken(number, wrong.reason, wrong.column);
        return;
      }
      columns = names;
      yield { kind: "columns", line: number, header: true, columns };
      if (header) continue;
    }
    const over = cells.findIndex((cell, place) => place >= (columns?.length ?? 0) && cell?.text);
    if (over >= 0) {
      yield rejected(number, `has a cell in column ${letters(over)}, where the first row has none`);
      continue;
    }
    if (!cells.some((cell) => cell?.text)) continue;
    yield {
      kind: "row",
      line: number,
      cells: columns.map((_, place) => cells[place]?.text ?? ""),
      json: columns.map((_, place) => {
        const cell = cells[place];
        return cell?.typed ? cell.text : JSON.stringify(cell?.text ?? "");
      }),
    };
  }
}

interface Cell {
  readonly text: string;
  /** Whether the text is JSON of its own: a number, true or false. */
  readonly typed: boolean;
}

interface SheetRow {
  readonly number: number;
  readonly cells: readonly (Cell | undefined)[];
  readonly fault?: string | undefined;
}

interface Meanings {
  readonly shared: readonly string[];
  /** For each style whether it shows a date. */
  readonly dates: readonly boolean[];
  readonly from1904: boolean;
}

async function* sheetRows(
  part: AsyncIterable<string>,
  meanings: Meanings,
): AsyncGenerator<SheetRow> {
  let ready: SheetRow[] = [];
  let number = 0;
  let cells: (Cell | undefined)[] = [];
  let fault: string | undefined;
  let place = -1;
  let type = "n";
  let style = 0;
  let formula = false;
  let value: string | undefined;
  let reading = false;
  const write = xmlReader({
    open(name, { r = "", t = "n", s = "0" }) {
      if (name === "row") {
        number = Number(r) || number + 1;
        cells = [];
        fault = undefined;
        place = -1;
      } else if (name === "c") {
        place = placeOf(r) ?? place + 1;
        type = t;
        style = Number(s);
        formula = false;
        value = undefined;
      } else if (name === "f") formula = true;
      else if (name === "v" || name === "t") {
        reading = true;
        value ??= "";
      }
    },
    text(piece) {
      // what is too long for a cell is refused when it is stored, and need not be kept whole
      if (reading && (value?.length ?? 0) <= longestCell) value = (value ?? "") + piece;
    },
    close(name) {
      if (name === "v" || name === "t") reading = false;
      else if (name === "c") {
        if (place >= mostColumns)
          fault ??= `has more than ${mostColumns.toLocaleString("en")} columns`;
        else if (formula && value === undefined)
          fault ??= `has a formula in column ${letters(place)} whose result the file does not hold; open it in a spreadsheet program and save it`;
        else cells[place] = cellOf(type, value, style, meanings);
      } else if (name === "row") {
        if (cells.some((cell) => cell !== undefined) || fault !== undefined)
          ready.push({ number, cells: Array.from(cells), fault });
      }
    },
  });
  for await (const piece of part) {
    write(piece);
    const rows = ready;
    ready = [];
    yield* rows;
  }
}

function cellOf(
  type: string,
  value: string | undefined,
  style: number,
  { shared, dates, from1904 }: Meanings,
): Cell | undefined {
  if (value === undefined) return undefined;
  switch (type) {
    case "s":
      return { text: shared[Number(value)] ?? "", typed: false };
    case "b":
      return { text: value === "1" ? "true" : "false", typed: true };
    case "n":
      if (dates[style] && value !== "")
        return { text: readDate(Number(value), from1904) ?? value, typed: false };
      return { text: value, typed: /^-?\d+(\.\d+)?([eE][-+]?\d+)?$/.test(value) };
    default:
      return { text: escaped(value), typed: false };
  }
}

/** The texts that a workbook's cells share: of each the pieces that are shown, not how Japanese is to be pronounced. */
async function sharedTexts(part: AsyncIterable<string>): Promise<string[]> {
  const texts: string[] = [];
  let total = 0;
  let current = "";
  let reading = false;
  let phonetic = false;
  const write = xmlReader({
    open(name) {
      if (name === "si") current = "";
      else if (name === "rPh") phonetic = true;
      else if (name === "t") reading = !phonetic;
    },
    text(piece) {
      if (!reading) return;
      total += piece.length;
      if (total > mostShared)
        throw new UnreadableFile(
          `has sheets that share more than ${mostShared / 1e6} million characters; save it as CSV`,
        );
      current += piece;
    },
    close(name) {
      if (name === "t") reading = false;
      else if (name === "rPh") phonetic = false;
      else if (name === "si") texts.push(escaped(current));
    },
  });
  for await (const piece of part) write(piece);
  return texts;
}

/** Spreadsheets write characters that XML cannot have as `_x000D_`. */
const escaped = (text: string): string =>
  text.includes("_x")
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
        String.fromCharCode(Number.parseInt(code, 16)),
      )
    : text;

/** Reads the opening tags of a small part. */
async function scan(
  part: AsyncIterable<string>,
  open: (name: string, attributes: Readonly<Record<string, string>>) => void,
): Promise<void> {
  const write = xmlReader({ open });
  for await (const piece of part) write(piece);
}

const openZip = (path: string) =>
  new Promise<ZipFile>((resolve, reject) => {
    open(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true }, (error, zip) =>
      error ? reject(error) : resolve(zip),
    );
  });

function entriesOf(zip: ZipFile): Promise<ReadonlyMap<string, Entry>> {
  if (zip.entryCount > mostEntries)
    throw new UnreadableFile(`holds more than ${mostEntries} files, as no workbook does`);
  return new Promise((resolve, reject) => {
    const entries = new Map<string, Entry>();
    zip.on("error", reject);
    zip.on("end", () => resolve(entries));
    zip.on("entry", (entry: Entry) => {
      entries.set(entry.fileName, entry);
      zip.readEntry();
    });
    zip.readEntry();
  });
}

/** A file of the archive as text, expanded as it is read. */
async function* partOf(
  zip: ZipFile,
  entries: ReadonlyMap<string, Entry>,
  name: string,
): AsyncGenerator<string> {
  const entry = entries.get(name);
  if (!entry) throw new UnreadableFile(`is no XLSX workbook: it lacks ${name}`);
  const stream = await understood(() => promisify(zip.openReadStream.bind(zip))(entry));
  const watch = watchExpansion(asSheetsDo);
  watch.compressed(entry.compressedSize);
  stream.setEncoding("utf8");
  try {
    for await (const piece of stream) {
      watch.expanded(piece.length);
      yield piece;
    }
  } catch (error) {
    throw told(error);
  } finally {
    stream.destroy();
  }
}

async function understood<Value>(read: () => Promise<Value>): Promise<Value> {
  try {
    return await read();
  } catch (error) {
    throw told(error);
  }
}

/** What the archive's reader finds is told in its words. */
function told(error: unknown): UnreadableFile {
  if (error instanceof UnreadableFile) return error;
  const why = error instanceof Error ? error.message : String(error);
  return new UnreadableFile(`cannot be read as XLSX: ${why}`);
}

/** A relation's target as a path in the archive: `/xl/worksheets/sheet1.xml` and `worksheets/sheet1.xml` are the same. */
const pathOf = (target: string): string =>
  target.startsWith("/") ? target.slice(1) : `xl/${target}`;

/** The place of a cell's column, from 0: of `C7` it is 2. */
function placeOf(reference: string): number | undefined {
  const column = /^[A-Z]{1,3}/.exec(reference)?.[0];
  if (column === undefined) return undefined;
  let place = 0;
  for (const letter of column) place = place * 26 + letter.charCodeAt(0) - 64;
  return place - 1;
}

/** The letters of a column: of place 2 it is C. */
function letters(place: number): string {
  const rest = Math.floor(place / 26);
  return (rest > 0 ? letters(rest - 1) : "") + String.fromCharCode(65 + (place % 26));
}
