import { type Bytes, utf8 } from "./bytes.ts";
import type { TokenLogprob } from "./token.ts";

/** A token with the bytes of the reply it wrote: `[start, end)` in the reply's UTF-8. */
export interface PlacedToken {
  readonly token: TokenLogprob;
  readonly start: number;
  readonly end: number;
}

export interface Alignment {
  readonly tokens: readonly PlacedToken[];
  /** The bytes a token string stands for, as this provider writes them; undefined where it does not tell. */
  bytesOf(token: string): Bytes | undefined;
}

/** How providers write a token's bytes: as text, with a tokenizer's marks for spaces, or with escapes for bytes. */
const writings: readonly ((token: string) => Bytes)[] = [
  utf8,
  (token) => utf8(token.replaceAll(/[▁Ġ]/gu, " ").replaceAll("Ċ", "\n")),
  escapedBytes,
];

const byteEscape = /\\x([0-9a-fA-F]{2})|<0x([0-9a-fA-F]{2})>/g;

function escapedBytes(token: string): Bytes {
  let bytes = "";
  let read = 0;
  const written = token.startsWith("bytes:") ? token.slice("bytes:".length) : token;
  for (const match of written.matchAll(byteEscape)) {
    bytes += utf8(written.slice(read, match.index));
    bytes += String.fromCharCode(Number.parseInt(match[1] ?? match[2] ?? "", 16));
    read = match.index + match[0].length;
  }
  return bytes + utf8(written.slice(read));
}

/** What stands for bytes that are no text by themselves. */
const unreadable = "\ufffd";
const longestCharacter = 4;

/**
 * Places a reply's tokens in its UTF-8 bytes. The tokens may hold more than the reply (thoughts before it, marks of the
 * end). `undefined` where they are not this reply's.
 */
export function align(tokens: readonly TokenLogprob[], reply: Bytes): Alignment | undefined {
  for (const bytesOf of writings) {
    const pieces = tokens.map(({ token }) => bytesOf(token));
    const offset = pieces.join("").lastIndexOf(reply);
    if (offset >= 0) return { tokens: inARow(tokens, pieces, -offset), bytesOf: readable(bytesOf) };
  }
  const placed = aroundUnreadable(tokens, reply);
  return placed && { tokens: placed, bytesOf: readable(utf8) };
}

const readable =
  (bytesOf: (token: string) => Bytes) =>
  (token: string): Bytes | undefined =>
    token.includes(unreadable) ? undefined : bytesOf(token);

function inARow(
  tokens: readonly TokenLogprob[],
  pieces: readonly Bytes[],
  start: number,
): PlacedToken[] {
  let at = start;
  return tokens.map((token, index) => {
    const from = at;
    at += pieces[index]?.length ?? 0;
    return { token, start: from, end: at };
  });
}

/** Finds the readable tokens in the reply; unreadable ones between them wrote what stands between. */
function aroundUnreadable(
  tokens: readonly TokenLogprob[],
  reply: Bytes,
): PlacedToken[] | undefined {
  const placed: PlacedToken[] = [];
  let unplaced: TokenLogprob[] = [];
  let at = 0;
  const placeUpTo = (end: number): void => {
    for (const token of unplaced) placed.push({ token, start: at, end });
    unplaced = [];
  };
  for (const token of tokens) {
    if (token.token.includes(unreadable)) {
      unplaced.push(token);
      continue;
    }
    const bytes = utf8(token.token);
    const start = reply.indexOf(bytes, at);
    if (start < 0 || start - at > longestCharacter * unplaced.length) return undefined;
    placeUpTo(start);
    at = start + bytes.length;
    placed.push({ token, start, end: at });
  }
  if (reply.length - at > longestCharacter * unplaced.length) return undefined;
  placeUpTo(reply.length);
  return placed;
}
