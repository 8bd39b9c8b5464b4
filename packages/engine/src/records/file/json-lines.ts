import { isUtf8 } from "node:buffer";
import { jsonMembers } from "./json-members.ts";
import { faultInColumns, longestRow, notUtf8, tooLongRow } from "./limits.ts";
import { type FilePart, rejected } from "./part.ts";

/**
 * Reads JSON Lines: an object a line, empty lines passed over. Values that are no text keep the JSON they were written
 * in, so that no digit of a number is lost. In memory is one chunk, or one line.
 */
export async function* readJsonLines(
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<FilePart, void> {
  let line = 0;
  let known: readonly string[] | undefined;
  for await (const bytes of linesOf(body)) {
    line += 1;
    if (bytes === "too long") {
      yield rejected(line, tooLongRow);
      continue;
    }
    if (!isUtf8(bytes)) {
      yield rejected(line, notUtf8);
      continue;
    }
    const text = bytes.toString("utf8").replace(line === 1 ? /^\ufeff/ : "", "");
    if (text.trim() === "") continue;
    const parsed = parseObject(text);
    if (typeof parsed === "string") {
      yield rejected(line, parsed);
      continue;
    }
    const { names, values } = jsonMembers(text);
    if (names.length !== known?.length || names.some((name, index) => name !== known?.[index])) {
      const fault = faultInColumns(names);
      if (fault) {
        yield rejected(line, fault.reason, fault.column);
        continue;
      }
      known = names;
      yield { kind: "columns", line, header: false, columns: names };
    }
    const cells = names.map((name, index) => {
      const value = parsed[name];
      return typeof value === "string" ? value : (values[index] ?? "");
    });
    yield { kind: "row", line, cells, json: values };
  }
}

/** The object that a line is, or why it is none. */
function parseObject(text: string): Record<string, unknown> | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return `is no JSON: ${error instanceof Error ? error.message : String(error)}`;
  }
  if (isObject(value)) return value;
  return `is JSON but no object; write one object a line, {"column": "value", …}`;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

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
