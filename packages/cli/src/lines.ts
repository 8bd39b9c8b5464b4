import { isUtf8 } from "node:buffer";

const lineFeed = 10;

/** A line of a stream, counted from 1; `text` is undefined where its bytes are not UTF-8. */
export interface Line {
  readonly number: number;
  readonly text: string | undefined;
}

/**
 * The lines of a stream, however long it is; in memory are one line and one chunk. Only a line feed ends a line (Node's
 * readline takes U+2028 for an end too, which JSON allows inside a string).
 */
export async function* linesOf(stream: AsyncIterable<Buffer>): AsyncGenerator<Line, void> {
  let number = 0;
  let begun: Buffer[] = [];
  for await (const chunk of stream) {
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, start)) {
      number += 1;
      yield lineOf(number, [...begun, chunk.subarray(start, end)]);
      begun = [];
      start = end + 1;
    }
    begun.push(chunk.subarray(start));
  }
  if (begun.some((part) => part.length > 0)) yield lineOf(number + 1, begun);
}

function lineOf(number: number, parts: readonly Buffer[]): Line {
  const bytes = Buffer.concat(parts);
  const text = isUtf8(bytes) ? bytes.toString("utf8") : undefined;
  return { number, text: number === 1 ? text?.replace(/^\ufeff/, "") : text };
}
