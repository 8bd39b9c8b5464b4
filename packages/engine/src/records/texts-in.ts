import { ColumnMapping, type FileReading, type RejectedRow } from "@countersign/core";
import { openFile } from "./file/open.ts";
import { FileContents } from "./import/reading.ts";

export interface TextsInput {
  /** The file's name, which may tell what it is. */
  readonly name: string;
  /** What of the reading is not to be found out. */
  readonly reading?: FileReading;
  /** The column with the text. */
  readonly text: string;
  readonly body: AsyncIterable<Uint8Array>;
}

const mostReported = 100;

/**
 * The texts of a file that could be imported, read as they are taken and stored nowhere. Once the last has been taken,
 * `rejected` are the rows for which an import would refuse the file, the first hundred.
 */
export function textsIn({ text, reading = {}, ...file }: TextsInput): {
  readonly texts: AsyncGenerator<string>;
  rejected(): readonly RejectedRow[];
} {
  const rejected: RejectedRow[] = [];
  const mapping = ColumnMapping.parse({ text });
  const content = { kind: "text", column: text } as const;
  const contents = new FileContents({ mapping, content, gold: [], labels: [], definitions: [] });
  async function* texts(): AsyncGenerator<string> {
    await using opened = await openFile({ ...file, reading, asked: [text] });
    for await (const row of contents.rowsOf(opened.parts)) {
      if (!("reason" in row)) yield row.content?.text ?? "";
      else if (rejected.length < mostReported) rejected.push(row);
    }
  }
  return { texts: texts(), rejected: () => rejected };
}
