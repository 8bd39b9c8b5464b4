/** Bytes as a string of characters U+0000 to U+00FF, so that they can be searched, cut and joined. */
export type Bytes = string;

const ascii = /^[\p{ASCII}]*$/u;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A text in UTF-8. */
export function utf8(text: string): Bytes {
  if (ascii.test(text)) return text;
  let bytes = "";
  for (const byte of encoder.encode(text)) bytes += String.fromCharCode(byte);
  return bytes;
}

/** The text that UTF-8 bytes begin with, and the bytes of a last character that is not complete. */
export function fromUtf8(bytes: Bytes): { readonly text: string; readonly rest: Bytes } {
  if (ascii.test(bytes)) return { text: bytes, rest: "" };
  const length = completeLength(bytes);
  const codes = Uint8Array.from({ length }, (_, index) => bytes.charCodeAt(index));
  return { text: decoder.decode(codes), rest: bytes.slice(length) };
}

/** How many bytes make complete characters: a lead byte tells how many bytes its character has. */
function completeLength(bytes: Bytes): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes.charCodeAt(bytes.length - back);
    if (byte < 0x80) break;
    if (byte < 0xc0) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return back < length ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}
