import type { ImportFormat } from "@countersign/core";

/** How a file is read. */
export interface Reading {
  readonly format: ImportFormat;
  /** For CSV only. */
  readonly delimiter?: string;
}

/** The first rows of a file, cell by cell. */
export interface Preview {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const previewBytes = 512 * 1024;
const previewRows = 5;

/** The file's beginning as text; bytes that are not UTF-8 show as replacement characters. */
export const beginningOf = (file: Blob): Promise<string> => file.slice(0, previewBytes).text();

/** How a file is probably to be read: by its name, else by how it begins. */
export function guessReading(name: string, text: string): Reading {
  const ending = name.toLowerCase().split(".").at(-1);
  if (ending === "jsonl" || ending === "ndjson") return { format: "jsonl" };
  if (ending === "tsv" || ending === "tab") return { format: "tsv" };
  const header = text.split(/\r\n?|\n/, 1)[0] ?? "";
  if (ending !== "csv" && header.trimStart().startsWith("{")) return { format: "jsonl" };
  const unquoted = header.replace(/"(?:[^"]|"")*"/g, "");
  const often = (delimiter: string) => unquoted.split(delimiter).length;
  const [delimiter = ","] = [",", ";", "\t", "|"].sort((a, b) => often(b) - often(a));
  if (delimiter === "\t" && ending !== "csv") return { format: "tsv" };
  return { format: "csv", delimiter };
}

/**
 * The first rows, read as they will be when the file is imported.
 * @throws {Error} where the beginning cannot be read so, for a person to read
 */
export async function readPreview(text: string, { format, delimiter }: Reading): Promise<Preview> {
  return format === "jsonl"
    ? previewOfLines(text)
    : previewOfDelimited(text, format === "tsv" ? "\t" : (delimiter ?? ","));
}

async function previewOfDelimited(text: string, delimiter: string): Promise<Preview> {
  // Only who imports a file needs the parser.
  const { parse } = await import("csv-parse/browser/esm/sync");
  const [columns = [], ...rows] = parse(text, {
    bom: true,
    delimiter,
    record_delimiter: ["\r\n", "\n", "\r"],
    relax_column_count: true,
    skip_empty_lines: true,
    to: previewRows + 1,
  });
  return { columns, rows };
}

function previewOfLines(text: string): Preview {
  const lines = text
    .replace(/^\ufeff/, "")
    .split(/\r\n?|\n/)
    .filter((line) => line.trim() !== "")
    .slice(0, previewRows);
  const objects = lines.map((line, index) => {
    const value: unknown = JSON.parse(line);
    if (value === null || typeof value !== "object" || Array.isArray(value))
      throw new Error(`line ${index + 1} holds no JSON object`);
    return new Map(Object.entries(value));
  });
  const columns = [...new Set(objects.flatMap((object) => [...object.keys()]))];
  const cell = (value: unknown): string =>
    typeof value === "string" ? value : value === undefined ? "" : JSON.stringify(value);
  return {
    columns,
    rows: objects.map((object) => columns.map((column) => cell(object.get(column)))),
  };
}
