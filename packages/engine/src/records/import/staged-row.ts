import { hash } from "node:crypto";
import {
  type ContentKind,
  chatAsText,
  type RejectedRow,
  readChat,
  valueOfCell,
} from "@countersign/core";
import { faultInCell, longestCell } from "../file/limits.ts";
import type { Row } from "../file/part.ts";
import { broughtLabel, faultInName, labelJson, readLabel } from "./labels.ts";
import type { Places } from "./mapping.ts";
import { faultInMetadata } from "./metadata.ts";

/** A row that can become a record, or bring labels to one. */
export interface StagedRow {
  readonly line: number;
  readonly key: string;
  /** Undefined where the row only brings labels. */
  readonly content: Content | undefined;
  /** JSON of every column as text. */
  readonly source: string;
  /** JSON of the metadata columns. */
  readonly metadata: string;
  /** JSON of a list of labels. */
  readonly labels: string;
  /** What the row brings that is no label here, by reason. */
  readonly leftOut: readonly string[];
}

interface Content {
  readonly kind: ContentKind;
  readonly text: string;
  /** JSON of a conversation's turns. */
  readonly turns?: string;
}

/** Characters of a key; the index that keeps keys unique holds so many in any script. */
const longestKey = 512;

/** Characters of all of a row's labels together, and of its metadata: each is one value in the database. */
const mostMetadata = 4_000_000;

/** A row with its cells as a mapping asks for them. */
interface Cells {
  readonly row: Row;
  readonly places: Places;
  text(at: number): string;
  json(at: number): string;
}

/** Why a cell cannot be taken; `at` is its place, or the name of what is no column. */
interface Fault {
  readonly at: number | string;
  readonly fault: string;
}

/** What a part of a row is read as, or why it cannot be. */
type Reading<Value = string> = { readonly value: Value } | Fault;

/** Reads rows with the same columns: each becomes a row to be stored or the reason why not. */
export function rowReader(places: Places): (row: Row) => StagedRow | RejectedRow {
  const readSource = sourceReader(places.columns);
  return (row) => {
    const text = (at: number) => row.cells[at] ?? "";
    const json = (at: number) => row.json?.[at] ?? JSON.stringify(text(at));
    const cells: Cells = { row, places, text, json };
    const reject = ({ at, fault }: Fault) => {
      const column = typeof at === "string" ? at : (places.columns[at] ?? "");
      return { row: row.line, column, reason: fault };
    };
    const source = readSource(cells);
    if ("fault" in source) return reject(source);
    const content = readContent(cells);
    if ("fault" in content) return reject(content);
    const key = readKey(cells, content.value);
    if ("fault" in key) return reject(key);
    const metadata = readMetadata(cells);
    if ("fault" in metadata) return reject(metadata);
    const labels = readLabels(cells, content.value);
    if ("fault" in labels) return reject(labels);
    return {
      line: row.line,
      key: key.value,
      content: content.value,
      source: source.value,
      metadata: metadata.value,
      labels: labels.value.json,
      leftOut: labels.value.leftOut,
    };
  };
}

function sourceReader(columns: readonly string[]): (cells: Cells) => Reading {
  const names = columns.map((column, at) => `${at === 0 ? "" : ","}${JSON.stringify(column)}:`);
  return ({ row }) => {
    if (row.whole) {
      const fault = faultInMetadata(JSON.parse(row.whole.source));
      return fault === undefined ? { value: row.whole.source } : { at: "meta", fault };
    }
    let members = "";
    for (const [at, cell] of row.cells.entries()) {
      const fault = faultInCell(cell);
      if (fault !== undefined) return { at, fault };
      members += `${names[at]}${JSON.stringify(cell)}`;
    }
    return { value: `{${members}}` };
  };
}

function readContent({ row, places, text, json }: Cells): Reading<Content | undefined> {
  if (!places.content) return { value: undefined };
  const { at } = places.content;
  const kind = row.whole?.kind ?? places.content.kind;
  if (kind === "chat") return readTurns(at, row.whole?.turns ?? json(at), text(at));
  if (kind === "image") return readImage(at, json(at), text(at));
  if (!json(at).startsWith('"')) return { at, fault: "is not text" };
  if (text(at).trim() === "") return { at, fault: "is empty; a record needs a text" };
  return { value: { kind, text: text(at) } };
}

/** A conversation is JSON, or, in a table, a cell with JSON in it. */
function readTurns(at: number, json: string, text: string): Reading<Content> {
  const turns = readChat(parsed(json.startsWith('"') ? text : json));
  if (!turns)
    return {
      at,
      fault:
        'is no conversation; write a JSON list of turns, [{"role": "user", "content": "…"}, …]',
    };
  const written = chatAsText(turns);
  const fault = faultInCell(written);
  if (fault !== undefined) return { at, fault };
  return { value: { kind: "chat", text: written, turns: JSON.stringify(turns) } };
}

/** An image is its address or path, or an object that has one, as data sets write images. It is kept and not looked at. */
function readImage(at: number, json: string, text: string): Reading<Content> {
  const value = json.startsWith("{") ? parsed(json) : text;
  const named = typeof value === "object" && value !== null ? addressIn(value) : value;
  if (typeof named !== "string" || named.trim() === "")
    return { at, fault: "names no image; write its URL or its path" };
  if (named.length > 4096) return { at, fault: "is too long for an image's URL or path" };
  if (/\p{Cc}/u.test(named))
    return { at, fault: "holds a control character, as no URL or path may" };
  return { value: { kind: "image", text: named.trim() } };
}

const addressIn = (value: object): unknown =>
  ("url" in value && value.url) || ("path" in value && value.path) || ("src" in value && value.src);

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function readKey({ places, text, json }: Cells, content: Content | undefined): Reading {
  const at = places.key;
  if (at === undefined) return { value: hash("sha256", content?.turns ?? content?.text ?? "") };
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

function readMetadata({ row, places, text, json }: Cells): Reading {
  if (row.whole) {
    const fault = faultInMetadata(JSON.parse(row.whole.metadata));
    return fault === undefined ? { value: row.whole.metadata } : { at: "meta", fault };
  }
  const members: string[] = [];
  let length = 0;
  for (const { at, name, isText } of places.metadata) {
    const isUntyped = row.json === undefined;
    if (isUntyped && text(at) === "") continue;
    let value = isUntyped && !isText ? JSON.stringify(valueOfCell(text(at))) : json(at);
    if (!value.startsWith('"')) {
      const written: unknown = JSON.parse(value);
      const fault = faultInMetadata(written);
      if (fault !== undefined) return { at, fault };
      value = JSON.stringify(written);
    }
    length += value.length;
    if (length > mostMetadata)
      return {
        at,
        fault: `makes the row's metadata longer than ${mostMetadata.toLocaleString("en")} characters; leave the column among those that are only kept`,
      };
    members.push(`${JSON.stringify(name)}:${value}`);
  }
  return { value: `{${members}}` };
}

function readLabels(
  { row, places, text, json }: Cells,
  content: Content | undefined,
): Reading<{ json: string; leftOut: readonly string[] }> {
  const members: string[] = [];
  const leftOut = [...(row.leftOut ?? [])];
  const cell = (at: number) => (json(at) === "null" ? "" : text(at));
  for (const { at, definition, codes } of places.gold) {
    const read = readLabel(definition, cell(at), codes, content?.text);
    if ("fault" in read) return { at, ...read };
    if (read.value !== undefined)
      members.push(labelJson({ kind: "gold", name: "gold" }, definition, read.value));
  }
  for (const { at, definition, codes, kind, by, confidence } of places.labels) {
    const read = readLabel(definition, cell(at), codes, content?.text);
    if ("fault" in read) return { at, ...read };
    if (read.value === undefined) continue;
    const name = "name" in by ? by.name : cell(by.at).trim();
    const fault = "name" in by ? undefined : faultInName(name);
    if ("at" in by && fault !== undefined) return { at: by.at, fault };
    const sure = confidence === undefined ? undefined : readConfidence(cell(confidence));
    if (confidence !== undefined && sure === "none")
      return { at: confidence, fault: "is no confidence; write a number from 0 to 1" };
    const known = typeof sure === "number" ? sure : undefined;
    members.push(labelJson({ kind, name }, definition, read.value, known));
  }
  for (const label of row.labels ?? []) {
    const read = broughtLabel(label, places.plan, content?.text);
    if ("fault" in read) return { at: label.control, fault: read.fault };
    if ("leftOut" in read) leftOut.push(read.leftOut);
    else if (read.json !== undefined) members.push(read.json);
  }
  const value = `[${members}]`;
  if (value.length > longestCell * 4) return { at: 0, fault: "brings more labels than fit" };
  return { value: { json: value, leftOut } };
}

/** An empty cell is no confidence, which is fine; one that is no number from 0 to 1 is not. */
function readConfidence(cell: string): number | undefined | "none" {
  if (cell.trim() === "") return undefined;
  const number = Number(cell);
  return number >= 0 && number <= 1 ? number : "none";
}
