import { extname } from "node:path";
import type { ImportFormat } from "@countersign/core";
import { UsageError } from "./usage.ts";

const formats: Readonly<Record<string, ImportFormat>> = {
  ".csv": "csv",
  ".tsv": "tsv",
  ".tab": "tsv",
  ".jsonl": "jsonl",
  ".ndjson": "jsonl",
};

/** What a file is, as it is said, else by its name. */
export function formatOf(file: string, given: ImportFormat | undefined): ImportFormat {
  const format = given ?? formats[extname(file).toLowerCase()];
  if (format === undefined)
    throw new UsageError(
      `What is ${file === "-" ? "the input" : file}? Add --format csv, tsv or jsonl.`,
    );
  return format;
}
