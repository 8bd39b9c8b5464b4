import { jsonrepair } from "jsonrepair";
import { type Json, type JsonEntry, type JsonScalar, readJson } from "./json.ts";

/**
 * JSON with small faults (single quotes, no quotes, trailing commas, raw line breaks), mended. Taken only where every
 * key and value of the mended document stands in the reply, in the same order: nothing is read that was not written.
 * Positions are those in the reply. `undefined` where it cannot be mended so.
 */
export function mendJson(text: string, start: number, end: number): Json | undefined {
  const mended = repaired(text.slice(start, end));
  if (mended === undefined) return undefined;
  const { value, complete } = readJson(mended, 0, mended.length);
  return value && complete ? placed(value, text, { at: start, end }) : undefined;
}

function repaired(written: string): string | undefined {
  try {
    return jsonrepair(written);
  } catch {
    return undefined;
  }
}

/** How far the reply has been matched. */
interface Cursor {
  at: number;
  readonly end: number;
}

function placed(json: Json, text: string, cursor: Cursor): Json | undefined {
  const start = cursor.at;
  if (json.kind === "scalar") return placedScalar(json, text, cursor);
  if (json.kind === "array") {
    const items: Json[] = [];
    for (const item of json.items) {
      const found = placed(item, text, cursor);
      if (!found) return undefined;
      items.push(found);
    }
    return { kind: "array", items, start, end: cursor.at };
  }
  const entries: JsonEntry[] = [];
  for (const entry of json.entries) {
    const key = placedScalar(entry.key, text, cursor);
    const value = key && placed(entry.value, text, cursor);
    if (!key || !value) return undefined;
    entries.push({ key, value });
  }
  return { kind: "object", entries, start, end: cursor.at };
}

/** Other languages' words for JSON's own. */
const foreign: Readonly<Record<string, RegExp>> = {
  true: /\btrue\b/i,
  false: /\bfalse\b/i,
  null: /\b(?:null|none|undefined|nan)\b/i,
};

function placedScalar(scalar: JsonScalar, text: string, cursor: Cursor): JsonScalar | undefined {
  const rest = text.slice(cursor.at, cursor.end);
  const pattern = scalar.quoted ? undefined : foreign[scalar.text];
  const match = pattern?.exec(rest);
  const index = pattern ? (match?.index ?? -1) : rest.indexOf(scalar.text);
  if (index < 0) return undefined;
  const start = cursor.at + index;
  cursor.at = start + (match?.[0] ?? scalar.text).length;
  return { ...scalar, start, end: cursor.at };
}
