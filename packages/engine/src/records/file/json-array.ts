import { isObject, JsonRows } from "./json-rows.ts";
import { longestRow, tooLongRow } from "./limits.ts";
import { broken, type FilePart, rejected } from "./part.ts";

/** Members that hold a document's rows where the document is one object. */
const holders = ["rows", "data", "records", "items", "tasks", "examples"];

/**
 * Reads a JSON document: a list of objects, one a row, or an object of which one member is that list. A row is named by the
 * line at which it starts. In memory is one chunk, or one row.
 */
export async function* readJsonArray(
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<FilePart, void> {
  const rows = new JsonRows('a list of objects, [{"column": "value", …}, …]');
  for await (const found of valuesOf(body)) {
    if (found.bytes === tooLongRow) yield rejected(found.line, tooLongRow);
    else if (typeof found.bytes === "string") yield broken(found.line, found.bytes);
    else yield* rows.read(found.line, unwrapped(found.bytes));
  }
}

/** A row as the data sets' server sends it, `{"row_idx": 0, "row": {…}}`, is what it wraps. */
function unwrapped(bytes: Buffer): Buffer {
  if (!bytes.subarray(0, 40).includes('"row_idx"')) return bytes;
  try {
    const value: unknown = JSON.parse(bytes.toString("utf8"));
    return isObject(value) && isObject(value.row) ? Buffer.from(JSON.stringify(value.row)) : bytes;
  } catch {
    return bytes;
  }
}

interface Found {
  readonly line: number;
  /** The value's bytes, or why they are none. */
  readonly bytes: Buffer | string;
}

const quote = 34;
const backslash = 92;
const openings = [123, 91];
const closings = [125, 93];
const isSpace = (byte: number) => byte === 32 || byte === 10 || byte === 13 || byte === 9;

/** Where in a document the scanner is. */
type Place =
  | { readonly in: "start" }
  /** Between the elements of the list. */
  | { readonly in: "list" }
  /** In an object, between its members, or after a member's name. */
  | { readonly in: "object"; readonly name?: string | undefined }
  | { readonly in: "end" };

/** The elements of a document's list. */
async function* valuesOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<Found> {
  let place: Place = { in: "start" };
  let within: "list" | "object" = "list";
  let found = false;
  let line = 1;
  let start = 1;
  let first = true;
  // the value under way
  let pieces: Buffer[] = [];
  let length = 0;
  let open = false;
  let depth = 0;
  let inString = false;
  let escaped = false;

  const add = (bytes: Buffer) => {
    length += bytes.length;
    if (length > longestRow) pieces = [];
    else pieces.push(bytes);
  };
  const take = (): Found => {
    const bytes = length > longestRow ? tooLongRow : Buffer.concat(pieces);
    pieces = [];
    length = 0;
    open = false;
    return { line: start, bytes };
  };
  /** What becomes of a value that is whole: an element of the list, a member's name, or a member passed over. */
  function* whole(): Generator<Found> {
    const value = take();
    if (place.in === "list") {
      yield value;
      return;
    }
    if (place.in !== "object") return;
    const named: boolean = place.name !== undefined;
    place = { in: "object", name: named ? undefined : nameIn(value.bytes) };
  }

  for await (const { buffer, byteOffset, byteLength } of body) {
    const chunk = Buffer.from(buffer, byteOffset, byteLength);
    let from = 0;
    let at = 0;
    if (first && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf) at = 3;
    first = first && chunk.length === 0;
    for (; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0;
      if (byte === 10) line += 1;
      if (open) {
        if (inString) {
          if (escaped) escaped = false;
          else if (byte === backslash) escaped = true;
          else if (byte === quote) {
            inString = false;
            if (depth === 0) {
              add(chunk.subarray(from, at + 1));
              yield* whole();
            }
          }
        } else if (byte === quote) inString = true;
        else if (openings.includes(byte)) depth += 1;
        else if (depth > 0) {
          if (!closings.includes(byte)) continue;
          depth -= 1;
          if (depth > 0) continue;
          add(chunk.subarray(from, at + 1));
          yield* whole();
        } else if (byte === 44 || closings.includes(byte) || isSpace(byte)) {
          // a number or a word ends where something else begins
          add(chunk.subarray(from, at));
          yield* whole();
          if (closings.includes(byte)) place = { in: "end" };
        }
        continue;
      }
      if (isSpace(byte) || byte === 44 || byte === 58) continue;
      if (place.in === "end") {
        // what follows the list within its object is passed over; what follows the document is none of it
        if (within === "object") return;
        yield { line, bytes: "is text after the end of the JSON list" };
        return;
      }
      if (place.in === "start") {
        if (byte === 91) {
          place = { in: "list" };
          found = true;
        } else if (byte === 123) {
          place = { in: "object" };
          within = "object";
        } else {
          yield { line, bytes: "is no JSON: a list or an object was expected" };
          return;
        }
        continue;
      }
      if (closings.includes(byte)) {
        place = { in: "end" };
        continue;
      }
      if (place.in === "object" && byte === 91 && holders.includes(place.name ?? "")) {
        place = { in: "list" };
        found = true;
        continue;
      }
      open = true;
      start = line;
      from = at;
      depth = openings.includes(byte) ? 1 : 0;
      inString = byte === quote;
      escaped = false;
    }
    if (open) add(chunk.subarray(from));
  }
  if (open || place.in === "list" || place.in === "object")
    yield { line: open ? start : line, bytes: "is cut off: the JSON does not end" };
  else if (!found && place.in === "end")
    yield {
      line: 1,
      bytes: `is one object without a list of rows; write [{"column": "value", …}, …], or put that list into a member named ${holders.join(", ")}`,
    };
}

function nameIn(bytes: Buffer | string): string {
  if (typeof bytes === "string") return "";
  try {
    const name: unknown = JSON.parse(bytes.toString("utf8"));
    return typeof name === "string" ? name : "";
  } catch {
    return "";
  }
}
