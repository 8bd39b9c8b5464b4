import { isUtf8 } from "node:buffer";
import { jsonMembers } from "./json-members.ts";
import { faultInColumns, notUtf8 } from "./limits.ts";
import { type FilePart, rejected } from "./part.ts";

/**
 * Reads JSON objects, one a row. Values that are no text keep the JSON they were written in, so that no digit of a number is
 * lost.
 */
export class JsonRows {
  readonly #form: string;
  #known: readonly string[] | undefined;

  /** @param form how an object is to be written here, for who wrote something else */
  constructor(form: string) {
    this.#form = form;
  }

  /** What the bytes of one value, without a byte-order mark, are. */
  *read(line: number, bytes: Buffer): Generator<FilePart> {
    if (!isUtf8(bytes)) {
      yield rejected(line, notUtf8);
      return;
    }
    const text = bytes.toString("utf8");
    const parsed = this.#parseObject(text);
    if (typeof parsed === "string") {
      yield rejected(line, parsed);
      return;
    }
    const { names, values } = jsonMembers(text);
    const known = this.#known;
    if (names.length !== known?.length || names.some((name, index) => name !== known[index])) {
      const fault = faultInColumns(names);
      if (fault) {
        yield rejected(line, fault.reason, fault.column);
        return;
      }
      this.#known = names;
      yield { kind: "columns", line, header: false, columns: names };
    }
    const cells = names.map((name, index) => {
      const value = parsed[name];
      return typeof value === "string" ? value : (values[index] ?? "");
    });
    yield { kind: "row", line, cells, json: values };
  }

  /** The object that a text is, or why it is none. */
  #parseObject(text: string): Record<string, unknown> | string {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      return `is no JSON: ${error instanceof Error ? error.message : String(error)}`;
    }
    if (isObject(value)) return value;
    return `is JSON but no object; write ${this.#form}`;
  }
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
