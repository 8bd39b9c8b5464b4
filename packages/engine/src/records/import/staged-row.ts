import { hash } from "node:crypto";
import { type RejectedRow, readValue } from "@countersign/core";
import { faultInCell } from "../file/limits.ts";
import type { FilePart } from "../file/part.ts";
import type { Places } from "./mapping.ts";
import { faultInMetadata } from "./metadata.ts";
import { quoted } from "./rejections.ts";

/** A row that can become a record. */
export interface StagedRow {
  readonly line: number;
  readonly key: string;
  readonly text: string;
  /** JSON of every column as text. */
  readonly source: string;
  /** JSON of the metadata columns, typed where the file types them. */
  readonly metadata: string;
  /** JSON of the gold values by label. */
  readonly gold: string;
}

type SourceRow = Extract<FilePart, { kind: "row" }>;

/** Characters of a key; the index that keeps keys unique holds so many in any script. */
const longestKey = 512;

/** A row with its cells as a mapping asks for them. */
interface Cells {
  readonly row: SourceRow;
  readonly places: Places;
  text(at: number): string;
  json(at: number): string;
}

/** Why a cell cannot be taken. */
interface Fault {
  readonly at: number;
  readonly fault: string;
}

/** What a part of a row is read as, or why it cannot be. */
type Reading = { readonly value: string } | Fault;

/** Reads rows with the same columns: each becomes a row to be stored or the reason why not. */
export function rowReader(places: Places): (row: SourceRow) => StagedRow | RejectedRow {
  const readSource = sourceReader(places.columns);
  return (row) => {
    const text = (at: number) => row.cells[at] ?? "";
    const json = (at: number) => row.json?.[at] ?? JSON.stringify(text(at));
    const cells: Cells = { row, places, text, json };
    const reject = ({ at, fault }: Fault) => {
      return { row: row.line, column: places.columns[at] ?? "", reason: fault };
    };
    const source = readSource(cells);
    if ("fault" in source) return reject(source);
    const content = readText(cells);
    if ("fault" in content) return reject(content);
    const key = readKey(cells);
    if ("fault" in key) return reject(key);
    const metadata = readMetadata(cells);
    if ("fault" in metadata) return reject(metadata);
    const gold = readGold(cells);
    if ("fault" in gold) return reject(gold);
    return {
      line: row.line,
      key: key.value,
      text: content.value,
      source: source.value,
      metadata: metadata.value,
      gold: gold.value,
    };
  };
}

function sourceReader(columns: readonly string[]): (cells: Cells) => Reading {
  const names = columns.map((column, at) => `${at === 0 ? "" : ","}${JSON.stringify(column)}:`);
  return ({ row }) => {
    let members = "";
    for (const [at, cell] of row.cells.entries()) {
      const fault = faultInCell(cell);
      if (fault !== undefined) return { at, fault };
      members += `${names[at]}${JSON.stringify(cell)}`;
    }
    return { value: `{${members}}` };
  };
}

function readText({ places, text, json }: Cells): Reading {
  const at = places.text;
  if (!json(at).startsWith('"')) return { at, fault: "is not text" };
  if (text(at).trim() === "") return { at, fault: "is empty; a record needs a text" };
  return { value: text(at) };
}

function readKey({ places, text, json }: Cells): Reading {
  const at = places.key;
  if (at === undefined) return { value: hash("sha256", text(places.text)) };
  const key = text(at);
  if (!/^["\d-]/.test(json(at)))
    return { at, fault: "is neither text nor a number, as a key must be" };
  if (key.trim() === "") return { at, fault: "is empty; a key must not be" };
  if (key.length > longestKey) {
    const length = key.length.toLocaleString("en");
    return { at, fault: `has ${length} characters; a key may have ${longestKey}` };
  }
  if (/\p{Cc}/u.test(key))
    return { at, fault: "holds a tab, line break or other control character, as no key may" };
  return { value: key };
}

function readMetadata({ places, json }: Cells): Reading {
  const members: string[] = [];
  for (const { at, name } of places.metadata) {
    let value = json(at);
    if (!value.startsWith('"')) {
      const parsed: unknown = JSON.parse(value);
      const fault = faultInMetadata(parsed);
      if (fault !== undefined) return { at, fault };
      value = JSON.stringify(parsed);
    }
    members.push(`${JSON.stringify(name)}:${value}`);
  }
  return { value: `{${members}}` };
}

function readGold({ places, text, json }: Cells): Reading {
  const members: string[] = [];
  for (const { at, definition } of places.gold) {
    const cell = text(at);
    if (cell.trim() === "" || json(at) === "null") continue;
    const value = readValue(definition, cell);
    if (value === undefined) {
      const label = quoted(definition.name);
      return { at, fault: `holds ${quoted(cell)}, which is no option of the label ${label}` };
    }
    members.push(`${JSON.stringify(definition.name)}:${JSON.stringify(value)}`);
  }
  return { value: `{${members}}` };
}
