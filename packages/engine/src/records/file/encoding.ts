import { isUtf8 } from "node:buffer";
import type { Encoding } from "@countersign/core";
import { UnreadableFile } from "./unreadable.ts";

/**
 * How a text's bytes stand for characters, as far as its beginning shows: by its byte-order mark; UTF-16 by its NULs; UTF-8
 * where the bytes are, or mostly are, UTF-8; else Windows-1252, which any bytes are.
 */
export function detectEncoding(head: Buffer, whole: boolean): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return "utf-8";
  const utf16 = utf16Without(head);
  if (utf16) return utf16;
  const bytes = whole ? head : head.subarray(0, lastCharacterEnd(head));
  if (isUtf8(bytes)) return "utf-8";
  const { good, bad } = multibytes(bytes);
  return good > bad ? "utf-8" : "windows-1252";
}

/** UTF-16 without its mark: of a text in Latin letters every other byte is NUL. */
function utf16Without(head: Buffer): Encoding | undefined {
  const sample = head.subarray(0, 4096);
  if (sample.length < 4) return undefined;
  const nuls = [0, 0];
  for (const [at, byte] of sample.entries()) if (byte === 0) nuls[at % 2] = (nuls[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = nuls;
  const many = sample.length / 5;
  if (odd > many && even < odd / 10) return "utf-16le";
  if (even > many && odd < even / 10) return "utf-16be";
  return undefined;
}

/** Characters of several bytes, as UTF-8 has them, against bytes that are part of none. */
function multibytes(bytes: Buffer): { good: number; bad: number } {
  let good = 0;
  let bad = 0;
  for (let at = 0; at < bytes.length; ) {
    const first = bytes[at] ?? 0;
    if (first < 0x80) {
      at += 1;
      continue;
    }
    const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (isUtf8(bytes.subarray(at, at + length)) && at + length <= bytes.length) {
      good += 1;
      at += length;
    } else {
      bad += 1;
      at += 1;
    }
  }
  return { good, bad };
}

/** Where the last whole character ends, if the bytes are UTF-8 that was cut off somewhere. */
function lastCharacterEnd(bytes: Buffer): number {
  let end = bytes.length;
  while (end > 0 && bytes.length - end < 4 && (bytes[end - 1] ?? 0) >= 0x80) end -= 1;
  return end;
}

/** Bytes as UTF-8, whatever their encoding was. Bytes that it does not have end in an {@link UnreadableFile}. */
export async function* asUtf8(
  body: AsyncIterable<Uint8Array>,
  encoding: Encoding,
): AsyncGenerator<Uint8Array> {
  if (encoding === "utf-8") {
    yield* body;
    return;
  }
  const decoder = new TextDecoder(encoding, { fatal: true });
  const decode = (chunk?: Uint8Array): Buffer => {
    try {
      return Buffer.from(chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode());
    } catch {
      throw new UnreadableFile(`holds bytes that are not ${encoding}; name another encoding`);
    }
  };
  for await (const chunk of body) yield decode(chunk);
  yield decode();
}
