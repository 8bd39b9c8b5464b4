import type { ImportFormat, RejectedRow } from "@countersign/core";
import { readDelimited } from "./file/delimited.ts";
import { readJsonLines } from "./file/json-lines.ts";
import { FileReading } from "./import/reading.ts";

export interface TextsInput {
  readonly format: ImportFormat;
  /** The column with the text. */
  readonly text: string;
  readonly body: AsyncIterable<Uint8Array>;
}

/**
 * The texts of a file that could be imported, read as they are taken and stored nowhere. Once the last has been taken,
 * `rejected` are the rows for which an import would refuse the file, the first hundred.
 */
export function textsIn({ format, text, body }: TextsInput): {
  readonly texts: AsyncGenerator<string>;
  rejected(): readonly RejectedRow[];
} {
  const reading = new FileReading({ mapping: { text, metadata: [], gold: {} }, gold: [] });
  const parts =
    format === "jsonl" ? readJsonLines(body) : readDelimited(body, format === "tsv" ? "\t" : ",");
  async function* texts(): AsyncGenerator<string> {
    for await (const row of reading.stagedRows(parts)) yield row.text;
  }
  return { texts: texts(), rejected: () => reading.rejections.rows };
}
