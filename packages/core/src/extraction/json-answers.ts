import type { Vocabulary } from "../schema/vocabulary.ts";
import { type Answer, agreed, missed, type Passage } from "./answer.ts";
import type { Asking } from "./asking.ts";
import { bounded } from "./free-text.ts";
import { type Json, readJson, readScalar } from "./json.ts";
import { readItem, together } from "./list.ts";
import { mendJson } from "./mend.ts";
import type { Names } from "./names.ts";
import { readNumber } from "./number.ts";
import { readPassage } from "./passage.ts";
import { readQuoteList } from "./quotes.ts";
import { ranked } from "./ranking.ts";

/** The JSON of a reply. */
export interface Documents {
  readonly values: readonly Json[];
  readonly mended: boolean;
  /** The reply is meant to be JSON, and some of it cannot be read. */
  readonly broken: boolean;
}

const none: Documents = { values: [], mended: false, broken: false };

/**
 * Finds the JSON in a passage: the whole of it, or objects standing in it, in a code fence or in running text. Where no
 * object is well formed the reply is mended if that is safe; of one cut off at the token limit, or past mending, the
 * complete entries remain.
 */
export function findDocuments(passage: Passage): Documents {
  const { text, start, end, cut } = passage;
  const opening = text.charAt(start);
  if (opening === "[") {
    const whole = readJson(text, start, end);
    if (whole.complete && whole.end === end && whole.value)
      return { ...none, values: [whole.value] };
  }
  const values: Json[] = [];
  const partial: Json[] = [];
  let broken: number | undefined;
  for (let at = text.indexOf("{", start); at >= 0 && at < end; at = text.indexOf("{", at)) {
    const reading = readJson(text, at, end);
    if (reading.complete && reading.value) values.push(reading.value);
    else {
      broken ??= at;
      if (reading.value) partial.push(reading.value);
    }
    at = Math.max(reading.end, at + 1);
  }
  if (values.length > 0 || (broken === undefined && opening !== "[")) return { ...none, values };
  const from = opening === "[" ? start : (broken ?? start);
  const closing = text.lastIndexOf(text.charAt(from) === "[" ? "]" : "}", end - 1);
  const mended = cut || closing < from ? undefined : mendJson(text, from, closing + 1);
  if (mended) return { values: [mended], mended: true, broken: false };
  return { values: partial, mended: false, broken: opening === "{" };
}

/**
 * What JSON documents say of a label: the entry under its name, wherever it is nested. Where it is the only label asked
 * for, an entry named “label”, “answer” or the like will do, or the document's only entry, or a bare list.
 */
export function readDocuments(
  label: Vocabulary,
  names: Names,
  documents: Documents,
  text: string,
  only: boolean,
  asking: Asking,
): Answer | undefined {
  const reader: Reader = { label, text, asking };
  const answers = documents.values.flatMap((document) => {
    const named = entriesNamed(document, (key) => names.labelOf(key) === label);
    if (named.length > 0) return named.map((value) => readValue(reader, value));
    return only ? readUnnamed(reader, names, document) : [];
  });
  return agreed(answers, label.definition.kind === "ranking");
}

interface Reader {
  readonly label: Vocabulary;
  readonly text: string;
  readonly asking: Asking;
}

/** Reads one JSON value as a label's answer. */
export const readJsonValue = (
  label: Vocabulary,
  json: Json,
  text: string,
  asking: Asking,
): Answer => readValue({ label, text, asking }, json);

/** The values under a key that fits, at the least depth at which there are any. */
function entriesNamed(json: Json, fits: (key: string) => boolean): Json[] {
  for (let level: readonly Json[] = [json]; level.length > 0; ) {
    const found = level.flatMap((value) =>
      value.kind === "object" ? value.entries.filter((entry) => fits(entry.key.text)) : [],
    );
    if (found.length > 0) return found.map((entry) => entry.value);
    level = level.flatMap((value) =>
      value.kind === "object"
        ? value.entries.map((entry) => entry.value)
        : value.kind === "array"
          ? value.items
          : [],
    );
  }
  return [];
}

function readUnnamed(reader: Reader, names: Names, document: Json): Answer[] {
  const general = entriesNamed(document, (key) => {
    const head = names.headOf(key);
    return head !== undefined && head.label === undefined;
  });
  if (general.length > 0) return general.map((value) => readValue(reader, value));
  if (document.kind === "array") return [readValue(reader, document)];
  const [entry, ...others] = document.kind === "object" ? document.entries : [];
  if (!entry || others.length > 0) return [];
  const { kind, level } = reader.label.definition;
  if (level === "span") return entry.value.kind === "array" ? [readValue(reader, entry.value)] : [];
  if (entry.value.kind !== "scalar") return [];
  if (kind === "number" || kind === "text") return [readValue(reader, entry.value)];
  const { label, text, asking } = reader;
  const { start, end } = entry.value;
  const item = readScalar(text, entry.value, (one) => readItem(label, one, asking.fuzzy));
  return [ranked(label, item, { text, start, end, cut: false })];
}

function readValue(reader: Reader, json: Json): Answer {
  const { label, text, asking } = reader;
  const { definition } = label;
  const passage: Passage = { text, start: json.start, end: json.end, cut: false };
  if (json.kind === "scalar" && (json.text.trim() === "" || (!json.quoted && json.text === "null")))
    return missed("no-label", passage);
  if (definition.level === "span") return readQuoteList(label, json, passage, asking);
  if (definition.kind === "text")
    return json.kind === "scalar"
      ? bounded(definition, json.text, passage)
      : missed("no-label", passage);
  if (json.kind === "scalar")
    return readScalar(text, json, (one) => readPassage(label, one, asking));
  if (definition.kind === "number") {
    const held = json.kind === "object" ? heldBy(json) : undefined;
    return held?.kind === "scalar"
      ? readScalar(text, held, (one) => readNumber(definition, one))
      : missed("not-a-number", passage);
  }
  if (json.kind === "array") {
    const items = json.items.map((item) => readListed(reader, item));
    if (definition.kind === "single") return agreed(items) ?? missed("no-label", passage);
    return ranked(label, together(items), passage);
  }
  return ranked(label, readListed(reader, json), passage);
}

/** One item of a list: a scalar, or an object that holds it beside other facts: `{"label": "positive", "score": 0.9}`. */
function readListed({ label, text, asking }: Reader, json: Json): Answer {
  const scalar = json.kind === "object" ? heldBy(json) : json;
  return scalar?.kind === "scalar"
    ? readScalar(text, scalar, (one) => readItem(label, one, asking.fuzzy))
    : missed("unknown-option", { text, start: json.start, end: json.end, cut: false });
}

const holders: ReadonlySet<string> = new Set([
  "label",
  "value",
  "answer",
  "option",
  "name",
  "class",
  "category",
]);

const heldBy = (json: Json & { kind: "object" }): Json | undefined => {
  const [held, ...others] = json.entries.filter((entry) =>
    holders.has(entry.key.text.toLowerCase()),
  );
  return others.length === 0 ? held?.value : undefined;
};
