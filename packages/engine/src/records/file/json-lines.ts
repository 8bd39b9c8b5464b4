import { JsonRows } from "./json-rows.ts";
import { longestRow, tooLongRow } from "./limits.ts";
import { type FilePart, rejected } from "./part.ts";

const mark = Buffer.from("\ufeff");

/** Reads JSON Lines: an object a line, empty lines passed over. In memory is one chunk, or one line. */
export async function* readJsonLines(
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<FilePart, void> {
  const rows = new JsonRows('one object a line, {"column": "value", …}');
  let line = 0;
  for await (const bytes of linesOf(body)) {
    line += 1;
    if (bytes === "too long") {
      yield rejected(line, tooLongRow);
      continue;
    }
    const marked = line === 1 && bytes.subarray(0, 3).equals(mark);
    const written = marked ? bytes.subarray(3) : bytes;
    if (!isBlank(written)) yield* rows.read(line, written);
  }
}

const isBlank = (bytes: Buffer): boolean =>
  bytes.every((byte) => byte === 32 || byte === 9 || byte === 13);

/** The lines of a file without their breaks; of a line longer than a row may be, nothing is kept. */
async function* linesOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer | "too long"> {
  let begun: Uint8Array[] = [];
  let length = 0;
  const add = (bytes: Uint8Array) => {
    length += bytes.length;
    if (length > longestRow) begun = [];
    else begun.push(bytes);
  };
  const take = () => {
    const line = length > longestRow ? ("too long" as const) : Buffer.concat(begun, length);
    begun = [];
    length = 0;
    return line;
  };
  for await (const { buffer, byteOffset, byteLength } of body) {
    const chunk = Buffer.from(buffer, byteOffset, byteLength);
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      add(chunk.subarray(start, end));
      yield take();
      start = end + 1;
    }
    add(chunk.subarray(start));
  }
  if (length > 0) yield take();
}
