import type { Vocabulary } from "../schema/vocabulary.ts";
import { type Answer, missed, type Passage, type Placed, trimmed } from "./answer.ts";
import type { Asking } from "./asking.ts";
import { type Json, readJson, readScalar } from "./json.ts";
import { readJsonValue } from "./json-answers.ts";
import { readItem, together } from "./list.ts";
import { readPassage } from "./passage.ts";
import { readExact } from "./plain.ts";
import { ranked } from "./ranking.ts";
import type { Reply } from "./reading.ts";

/**
 * Reads a reply that is just what the prompt asked for: options as written in the schema, bare, in lines or in one JSON
 * object, and nothing besides. Nothing in an option is taken for a sign of something else then, whatever it looks like;
 * and most replies are done with here. `undefined` for all others, and for what was cut off or held back.
 */
export function readAsAsked(
  labels: readonly Vocabulary[],
  reply: Reply,
  asking: Asking,
): ReadonlyMap<Vocabulary, Placed> | undefined {
  if (reply.finish === "length" || reply.finish === "content-filter") return undefined;
  const passage = trimmed({ text: reply.text, start: 0, end: reply.text.length, cut: false });
  const [only, ...others] = labels;
  // A text is anything, so that one alone has to be told from its name, its quotes and thoughts before it.
  const whole =
    only && others.length === 0 && !isText(only) ? exactly(only, passage, asking) : undefined;
  if (only && whole) return new Map([[only, ["whole", whole]]]);
  return inJson(labels, passage, asking) ?? inLines(labels, passage, asking);
}

const isText = ({ definition }: Vocabulary): boolean =>
  definition.kind === "text" && definition.level === "record";

/** The passage as the answer for a label, if it is options exactly. */
function exactly(label: Vocabulary, passage: Passage, asking: Asking): Answer | undefined {
  const answer =
    label.definition.kind === "single" && label.definition.level === "record"
      ? readExact(label, passage)
      : readPassage(label, passage, { ...asking, fuzzy: undefined });
  return answer?.ok && (answer.match === "exact" || (!answer.said && answer.chosen.length === 0))
    ? answer
    : undefined;
}

function inLines(
  labels: readonly Vocabulary[],
  passage: Passage,
  asking: Asking,
): ReadonlyMap<Vocabulary, Placed> | undefined {
  const { text } = passage;
  const found = new Map<Vocabulary, Placed>();
  for (let start = passage.start; start < passage.end; ) {
    const lineEnd = text.indexOf("\n", start);
    const end = lineEnd < 0 || lineEnd > passage.end ? passage.end : lineEnd;
    const colon = text.indexOf(":", start);
    if (colon < 0 || colon > end) return undefined;
    const name = text.slice(start, colon);
    const label = labels.find(({ definition }) => definition.name === name);
    const answer = label && exactly(label, { ...passage, start: colon + 1, end }, asking);
    if (!answer || found.has(label)) return undefined;
    found.set(label, ["line", answer]);
    start = end + 1;
  }
  return found.size === labels.length ? found : undefined;
}

function inJson(
  labels: readonly Vocabulary[],
  { text, start, end }: Passage,
  asking: Asking,
): ReadonlyMap<Vocabulary, Placed> | undefined {
  if (text.charAt(start) !== "{") return undefined;
  const { value: object, complete, end: read } = readJson(text, start, end);
  if (!complete || read !== end || object?.kind !== "object") return undefined;
  const found = new Map<Vocabulary, Placed>();
  for (const { key, value } of object.entries) {
    const label = labels.find(({ definition }) => definition.name === key.text);
    const answer = label && exactlyJson(label, text, value, asking);
    if (!answer || found.has(label)) return undefined;
    found.set(label, ["json", answer]);
  }
  return found.size === labels.length ? found : undefined;
}

function exactlyJson(
  label: Vocabulary,
  text: string,
  value: Json,
  asking: Asking,
): Answer | undefined {
  const { kind, level } = label.definition;
  if (level === "span" || kind === "number" || kind === "text") {
    const answer = readJsonValue(label, value, text, asking);
    return answer.ok && answer.match === "exact" ? answer : undefined;
  }
  if ((value.kind === "array") !== (kind !== "single")) return undefined;
  const item = (json: Json): Answer =>
    json.kind === "scalar" && json.quoted
      ? readScalar(text, json, (one) => readItem(label, one, undefined))
      : missed("unknown-option", { text, start: json.start, end: json.end, cut: false });
  const list = value.kind === "array" ? together(value.items.map(item)) : item(value);
  const passage: Passage = { text, start: value.start, end: value.end, cut: false };
  const answer = kind === "ranking" ? ranked(label, list, passage) : list;
  return answer.ok && answer.match === "exact" ? answer : undefined;
}
