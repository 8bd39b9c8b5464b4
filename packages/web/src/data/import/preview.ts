import type { FileReading, ImportPreview } from "@countersign/core";
import type { Countersign } from "@countersign/sdk";

const beginning = 1_000_000;

/** Whether a file's beginning is enough to look at it; a table of parts is read from its end. */
const readFromTheStart = (name: string, { format }: FileReading): boolean =>
  format === undefined
    ? !/\.(parquet|xlsx|xlsm)(\.gz)?$/i.test(name)
    : format !== "parquet" && format !== "xlsx";

/** The beginning of a file as the server reads it: no more of it is sent than that takes, and nothing is stored. */
export function previewOf(
  client: Countersign,
  project: string,
  file: File,
  reading: FileReading,
): Promise<ImportPreview> {
  const partial = file.size > beginning && readFromTheStart(file.name, reading);
  const bytes = partial ? file.slice(0, beginning) : file;
  return client.records.preview({ project, name: file.name, ...reading, partial, file: bytes });
}
