import { hash } from "node:crypto";
import { type LabelValue, type RejectedRow, readValue } from "@countersign/core";
import { faultInCell } from "../file/limits.ts";
import type { FilePart } from "../file/part.ts";
import type { Places } from "./mapping.ts";
import { faultInMetadata } from "./metadata.ts";
import { quoted } from "./rejections.ts";

/** A row that can become a record. What is JSON is written out. */
export interface StagedRow {
  readonly line: number;
  readonly key: string;
  readonly text: string;
  readonly source: string;
  readonly metadata: string;
  readonly gold: string;
}

/** Characters of a key; the index that keeps keys unique holds so many in any script. */
const longestKey = 512;

/** Reads rows with the same columns: each becomes a row to be stored or the reason why not. */
export function rowReader(places: Places) {
  const names = places.columns.map((column) => `${JSON.stringify(column)}:`);
  const columnAt = (index: number) => places.columns[index] ?? "";
  const metadataNames = places.metadata.map(({ name }) => `${JSON.stringify(name)}:`);

  return (row: Extract<FilePart, { kind: "row" }>): StagedRow | RejectedRow => {
    const { line, cells, json } = row;
    const reject = (at: number, reason: string) => ({ row: line, column: columnAt(at), reason });
    const cellAt = (at: number) => cells[at] ?? "";
    const jsonAt = (at: number) => json?.[at] ?? JSON.stringify(cellAt(at));

    let source = "";
    for (const [index, cell] of cells.entries()) {
      const fault = faultInCell(cell);
      if (fault !== undefined) return reject(index, fault);
      source += `${index === 0 ? "" : ","}${names[index]}${JSON.stringify(cell)}`;
    }

    const text = cellAt(places.text);
    if (!jsonAt(places.text).startsWith('"')) return reject(places.text, "is not text");
    if (text.trim() === "") return reject(places.text, "is empty; a record needs a text");

    let key: string;
    if (places.key === undefined) key = hash("sha256", text);
    else {
      key = cellAt(places.key);
      const fault = faultInKey(key, jsonAt(places.key));
      if (fault !== undefined) return reject(places.key, fault);
    }

    let metadata = "";
    for (const [index, { at }] of places.metadata.entries()) {
      let value = jsonAt(at);
      if (!value.startsWith('"')) {
        const parsed: unknown = JSON.parse(value);
        const fault = faultInMetadata(parsed);
        if (fault !== undefined) return reject(at, fault);
        value = JSON.stringify(parsed);
      }
      metadata += `${index === 0 ? "" : ","}${metadataNames[index]}${value}`;
    }

    const gold: Record<string, LabelValue> = {};
    for (const { at, definition } of places.gold) {
      const cell = cellAt(at);
      if (cell.trim() === "" || jsonAt(at) === "null") continue;
      const value = readValue(definition, cell);
      if (value === undefined)
        return reject(
          at,
          `holds ${quoted(cell)}, which is no option of the label ${quoted(definition.name)}`,
        );
      gold[definition.name] = value;
    }
    return {
      line,
      key,
      text,
      source: `{${source}}`,
      metadata: `{${metadata}}`,
      gold: JSON.stringify(gold),
    };
  };
}

function faultInKey(key: string, json: string): string | undefined {
  if (!/^["\d-]/.test(json)) return "is neither text nor a number, as a key must be";
  if (key.trim() === "") return "is empty; a key must not be";
  if (key.length > longestKey)
    return `has ${key.length.toLocaleString("en")} characters; a key may have ${longestKey}`;
  if (/\p{Cc}/u.test(key))
    return "holds a tab, line break or other control character, as no key may";
  return undefined;
}
