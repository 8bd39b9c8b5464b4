import type { Vocabulary } from "../schema/vocabulary.ts";
import { type Answer, agreed, missed, type Passage } from "./answer.ts";
import { readChoice } from "./choice.ts";
import { type Json, readJson, readScalar } from "./json.ts";
import { readItem, readList, together } from "./list.ts";
import { mendJson } from "./mend.ts";
import type { Names } from "./names.ts";
import type { FuzzyMatching } from "./reading.ts";

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
  fuzzy: FuzzyMatching | undefined,
): Answer | undefined {
  const reader: Reader = { label, text, fuzzy };
  const answers = documents.values.flatMap((document) => {
    const named = entriesNamed(document, (key) => names.labelOf(key) === label);
    if (named.length > 0) return named.map((value) => readValue(reader, value));
    return only ? readUnnamed(reader, names, document) : [];
  });
  return agreed(answers);
}

interface Reader {
  readonly label: Vocabulary;
  readonly text: string;
  readonly fuzzy: FuzzyMatching | undefined;
}

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
  if (!entry || others.length > 0 || entry.value.kind !== "scalar") return [];
  return [readScalar(reader.text, entry.value, (one) => readItem(reader.label, one, reader.fuzzy))];
}

function readValue(reader: Reader, json: Json): Answer {
  const { label, text, fuzzy } = reader;
  const multiple = label.definition.kind === "multiple";
  const passage: Passage = { text, start: json.start, end: json.end, cut: false };
  if (json.kind === "scalar") {
    if (json.text.trim() === "" || (!json.quoted && json.text === "null"))
      return missed("no-label", passage);
    return readScalar(text, json, (one) =>
      multiple ? readList(label, one, fuzzy) : readChoice(label, one, fuzzy),
    );
  }
  if (json.kind === "array") {
    const items = json.items.map((item) => readListed(reader, item));
    return multiple ? together(items) : (agreed(items) ?? missed("no-label", passage));
  }
  return readListed(reader, json);
}

/** One item of a list: a scalar, or an object that holds it beside other facts: `{"label": "positive", "score": 0.9}`. */
function readListed({ label, text, fuzzy }: Reader, json: Json): Answer {
  const scalar = json.kind === "object" ? heldBy(json) : json;
  return scalar?.kind === "scalar"
    ? readScalar(text, scalar, (one) => readItem(label, one, fuzzy))
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
