import { isUtf8 } from "node:buffer";

const lineFeed = 10;
const carriageReturn = 13;

/** Watches bytes go by and remembers the lines on which they are not UTF-8. */
export class Utf8Watch {
  #line = 1;
  #afterReturn = false;
  /** The first bytes of a character whose rest is yet to come. */
  #begun: Buffer = Buffer.alloc(0);
  #bad: number[] = [];

  look(chunk: Uint8Array): void {
    const bytes = Buffer.concat([this.#begun, chunk]);
    const whole = bytes.subarray(0, bytes.length - unfinishedAtEnd(bytes));
    this.#begun = bytes.subarray(whole.length);
    const valid = isUtf8(whole);
    for (const line of linesOf(whole)) {
      if (!valid && !isUtf8(line)) this.#bad.push(this.#line);
      const last = line.at(-1);
      const sameBreak = this.#afterReturn && line.length === 1 && last === lineFeed;
      if (!sameBreak && (last === lineFeed || last === carriageReturn)) this.#line += 1;
      this.#afterReturn = last === carriageReturn;
    }
  }

  end(): void {
    if (this.#begun.length > 0) this.#bad.push(this.#line);
  }

  /** Whether one of the lines is bad. To be asked in order: lines before them are forgotten. */
  isBad(first: number, last: number): boolean {
    while ((this.#bad[0] ?? first) < first) this.#bad.shift();
    return (this.#bad[0] ?? last + 1) <= last;
  }
}

/** Parts bytes after each line break, which is `\n`, `\r\n` or a lone `\r`; joined, the parts are the bytes. */
function* linesOf(bytes: Buffer): Generator<Buffer> {
  let nextReturn = bytes.indexOf(carriageReturn);
  for (let start = 0; start < bytes.length; ) {
    let end = bytes.indexOf(lineFeed, start);
    if (end < 0) end = bytes.length - 1;
    if (nextReturn >= 0 && nextReturn < end && bytes[nextReturn + 1] !== lineFeed) end = nextReturn;
    if (nextReturn >= 0 && nextReturn <= end) nextReturn = bytes.indexOf(carriageReturn, end + 1);
    yield bytes.subarray(start, end + 1);
    start = end + 1;
  }
}

/** Line breaks in a text, as {@link linesOf} finds them. */
export function lineBreaksIn(text: string): number {
  const feeds = occurrences(text, "\n");
  if (!text.includes("\r")) return feeds;
  return feeds + occurrences(text, "\r") - occurrences(text, "\r\n");
}

function occurrences(text: string, part: string): number {
  let count = 0;
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) count += 1;
  return count;
}

/** Bytes at the end that begin a character and do not finish it. */
function unfinishedAtEnd(bytes: Buffer): number {
  for (let have = 1; have <= Math.min(3, bytes.length); have += 1) {
    const byte = bytes[bytes.length - have] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return have < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? have : 0;
  }
  return 0;
}
