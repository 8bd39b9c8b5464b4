import { open } from "node:fs/promises";
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from "node:zlib";
import type { Codes } from "@countersign/core";
import {
  type AsyncBuffer,
  type Compressors,
  type FileMetaData,
  parquetMetadataAsync,
  parquetReadObjects,
  parquetSchema,
} from "hyparquet";
import { isObject } from "./json-rows.ts";
import { faultInColumns } from "./limits.ts";
import { broken, type FilePart } from "./part.ts";
import { UnreadableFile } from "./unreadable.ts";

/** Bytes that one group of rows may have when it is expanded: so much is in memory at once. */
const longestGroup = 512_000_000;

const expanding =
  (expand: (bytes: Uint8Array, options: { maxOutputLength: number }) => Buffer) =>
  (bytes: Uint8Array, length: number): Uint8Array =>
    expand(bytes, { maxOutputLength: Math.min(length + 1024, longestGroup) });

const compressors: Compressors = {
  GZIP: expanding(gunzipSync),
  BROTLI: expanding(brotliDecompressSync),
  ZSTD: expanding(zstdDecompressSync),
};

/** Reads a Parquet file, a group of its rows at a time. Rows are counted from 1. */
export async function* readParquet(path: string): AsyncGenerator<FilePart, void> {
  await using handle = await open(path);
  const { size } = await handle.stat();
  const file: AsyncBuffer = {
    byteLength: size,
    async slice(start, end = size) {
      const bytes = Buffer.alloc(Math.max(Math.min(end, size) - start, 0));
      await handle.read(bytes, 0, bytes.length, start);
      return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
    },
  };
  const metadata = await understood(() => parquetMetadataAsync(file));
  const columns = parquetSchema(metadata).children.map(({ element }) => element.name);
  const fault = faultInColumns(columns);
  if (fault) {
    yield broken(1, fault.reason, fault.column);
    return;
  }
  yield { kind: "columns", line: 1, header: true, columns, codes: namedCodes(metadata) };

  let rowStart = 0;
  for (const group of metadata.row_groups) {
    const rowEnd = rowStart + Number(group.num_rows);
    if (group.total_byte_size > longestGroup)
      throw new UnreadableFile(
        `has a group of ${Number(group.num_rows).toLocaleString("en")} rows that expands to ${(Number(group.total_byte_size) / 1e6).toFixed(0)} MB, of which ${longestGroup / 1e6} can be read at once; write it with smaller row groups`,
      );
    const from = rowStart;
    const rows = await understood(() =>
      parquetReadObjects({ file, metadata, rowStart: from, rowEnd, compressors }),
    );
    for (const [place, row] of rows.entries()) {
      const values = columns.map((column) => row[column] as unknown);
      yield {
        kind: "row",
        line: rowStart + place + 1,
        cells: values.map(cellOf),
        json: values.map(jsonOf),
      };
    }
    rowStart = rowEnd;
  }
}

/** What the library cannot read is told in its words: a codec it lacks, a file that is damaged. */
async function understood<Value>(read: () => Promise<Value>): Promise<Value> {
  try {
    return await read();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UnreadableFile(`cannot be read as Parquet: ${why.replace(/\.$/, "")}`);
  }
}

const cellOf = (value: unknown): string =>
  typeof value === "string" ? value : value === null || value === undefined ? "" : plain(value);

const jsonOf = (value: unknown): string =>
  value === undefined
    ? "null"
    : typeof value === "string"
      ? JSON.stringify(value)
      : jsonText(value);

/** What is no text: dates as such, everything else as JSON. */
const plain = (value: unknown): string =>
  value instanceof Date ? value.toISOString() : jsonText(value);

/** JSON in which whole numbers of any length keep their digits, and bytes are base64. */
function jsonText(value: unknown): string {
  if (typeof value === "bigint") return String(value);
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : "null";
  if (value === null || value === undefined) return "null";
  if (typeof value !== "object") return JSON.stringify(value) ?? "null";
  if (value instanceof Date) return JSON.stringify(value.toISOString());
  if (value instanceof Uint8Array) return JSON.stringify(Buffer.from(value).toString("base64"));
  if (Array.isArray(value)) return `[${value.map(jsonText).join(",")}]`;
  if (ArrayBuffer.isView(value) && "length" in value)
    return `[${Array.from(value as unknown as ArrayLike<unknown>, jsonText).join(",")}]`;
  const members = Object.entries(value).map(
    ([name, member]) => `${JSON.stringify(name)}:${jsonText(member)}`,
  );
  return `{${members.join(",")}}`;
}

/** The names that a Hugging Face data set gives to the numbers in its columns of classes. */
function namedCodes({ key_value_metadata }: FileMetaData): ReadonlyMap<string, Codes> {
  const codes = new Map<string, Codes>();
  const written = key_value_metadata?.find(({ key }) => key === "huggingface")?.value;
  if (written === undefined) return codes;
  try {
    const document: unknown = JSON.parse(written);
    const info = isObject(document) && isObject(document.info) ? document.info : {};
    const features = isObject(info.features) ? info.features : {};
    for (const [column, feature] of Object.entries(features)) {
      const named = classNames(feature);
      if (named) codes.set(column, named);
    }
  } catch {
    // What another program has written there is none of ours to judge; the codes stay numbers.
  }
  return codes;
}

/** A column's classes by their numbers; -1 stands for none. */
function classNames(feature: unknown): Codes | undefined {
  if (!isObject(feature)) return undefined;
  if (feature._type === "Sequence" || feature._type === "List") return classNames(feature.feature);
  if (feature._type !== "ClassLabel" || !Array.isArray(feature.names)) return undefined;
  const names = feature.names.map((name: unknown, code) => [String(code), String(name)] as const);
  return Object.fromEntries<string | null>([["-1", null], ...names]);
}
