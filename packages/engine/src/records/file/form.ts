import type { ImportFormat } from "@countersign/core";
import { parse } from "csv-parse/sync";

/** Formats by the endings of files' names. */
const endings: Readonly<Record<string, ImportFormat>> = {
  csv: "csv",
  tsv: "tsv",
  tab: "tsv",
  json: "json",
  jsonl: "jsonl",
  ndjson: "jsonl",
  parquet: "parquet",
  xlsx: "xlsx",
  xlsm: "xlsx",
};

/** What a file is: by how it begins, where that is plain, else by its name. */
export function detectFormat(name: string, head: Buffer, text: string): ImportFormat {
  if (head.subarray(0, 4).equals(Buffer.from("PAR1"))) return "parquet";
  if (head[0] === 0x50 && head[1] === 0x4b && head[2] === 3 && head[3] === 4) return "xlsx";
  const ending = name
    .toLowerCase()
    .replace(/\.gz(ip)?$/, "")
    .split(".")
    .at(-1);
  const named = endings[ending ?? ""];
  if (named === "csv" || named === "tsv" || named === "jsonl") return named;
  const start = text.trimStart();
  if (start.startsWith("[")) return "json";
  if (start.startsWith("{")) {
    // An object that ends with its line is followed by others; one that goes on is a document.
    const line = start.split(/\r?\n/, 1)[0] ?? "";
    return named === "json" && !isObject(line) ? "json" : isObject(line) ? "jsonl" : "json";
  }
  if (named === "json") return "json";
  return detectDelimiter(text) === "\t" ? "tsv" : "csv";
}

function isObject(line: string): boolean {
  try {
    return typeof JSON.parse(line) === "object";
  } catch {
    return false;
  }
}

const delimiters = [",", ";", "\t", "|"] as const;
const rowsLookedAt = 20;

/**
 * What parts the cells of a delimited text: of what stands in its first line outside quotes, that with which most rows have
 * as many cells as the first, and among those the one that makes most cells.
 */
export function detectDelimiter(text: string): string {
  const first = text.replace(/^\ufeff/, "").split(/\r\n?|\n/, 1)[0] ?? "";
  const bare = first.replace(/"(?:[^"]|"")*"/g, "");
  const found = delimiters.filter((delimiter) => bare.includes(delimiter));
  let best: { delimiter: string; even: number; cells: number } | undefined;
  for (const delimiter of found) {
    const rows = firstRows(text, delimiter);
    const cells = rows[0]?.length ?? 0;
    const even = rows.filter((row) => row.length === cells).length / Math.max(rows.length, 1) || 0;
    if (!best || even > best.even || (even === best.even && cells > best.cells))
      best = { delimiter, even, cells };
  }
  return best?.delimiter ?? ",";
}

/** The first rows of a delimited text that may be cut off at its end; none where it cannot be read. */
export function firstRows(text: string, delimiter: string, count = rowsLookedAt): string[][] {
  try {
    return parse(text, {
      bom: true,
      delimiter,
      record_delimiter: ["\r\n", "\n", "\r"],
      relax_column_count: true,
      skip_empty_lines: true,
      to: count,
    });
  } catch {
    // What was cut off, or is badly quoted: what stands before it is enough.
    const end = Math.max(text.lastIndexOf("\n", text.length - 2), 0);
    return end > 0 && text.length > 1
      ? firstRows(text.slice(0, Math.min(end, text.length >> 1)), delimiter, count)
      : [];
  }
}

/** The name of a column that has none, counted from 1. */
export const unnamed = (place: number): string => `column ${place}`;

/**
 * Whether the first row names the columns. Where it is known which columns are asked for, they are either in it or
 * the unnamed ones. Else it does unless it looks like the rows below it: a number where all are numbers, and nowhere a word
 * above numbers; or a cell as long as a text, or one that comes again below.
 */
export function detectHeader(
  rows: readonly (readonly string[])[],
  asked: readonly string[] = [],
): boolean {
  const [first, ...rest] = rows;
  if (!first) return true;
  if (asked.length > 0)
    return !asked.some((column) => !first.includes(column) && /^column \d+$/.test(column));
  if (first.some((cell) => cell.length > 120 || (cell.length > 40 && cell.split(" ").length > 6)))
    return false;
  if (rest.length === 0) return true;
  if (first.some((cell, place) => cell !== "" && rest.some((row) => row[place] === cell)))
    return false;
  const number = (cell: string | undefined) =>
    cell !== undefined && /^-?\d+([.,]\d+)?$/.test(cell.trim());
  const places = first.map((_, place) => place);
  const numeric = places.filter((place) => rest.every((row) => number(row[place])));
  const numbersOnTop = numeric.filter((place) => number(first[place]));
  return numbersOnTop.length === 0 || numbersOnTop.length < numeric.length;
}
