import type { Vocabulary } from "../schema/vocabulary.ts";
import { type Answer, missed, type Passage, type Placed, trimmed } from "./answer.ts";
import { type Json, readJson, readScalar } from "./json.ts";
import { readItem, readList, together } from "./list.ts";
import { readExact } from "./plain.ts";
import type { Reply } from "./reading.ts";

/**
 * Reads a reply that is just what the prompt asked for: options as written in the schema, bare, in lines or in one JSON
 * object, and nothing besides. Nothing in an option is taken for a sign of something else then, whatever it looks like;
 * and most replies are done with here. `undefined` for all others, and for what was cut off or held back.
 */
export function readAsAsked(
  labels: readonly Vocabulary[],
  reply: Reply,
): ReadonlyMap<Vocabulary, Placed> | undefined {
  if (reply.finish === "length" || reply.finish === "content-filter") return undefined;
  const passage = trimmed({ text: reply.text, start: 0, end: reply.text.length, cut: false });
  const [only, ...others] = labels;
  const whole = only && others.length === 0 ? exactly(only, passage) : undefined;
  if (only && whole) return new Map([[only, ["whole", whole]]]);
  return inJson(labels, passage) ?? inLines(labels, passage);
}

/** The passage as the answer for a label, if it is options exactly. */
function exactly(label: Vocabulary, passage: Passage): Answer | undefined {
  const single = label.definition.kind === "single";
  const answer = single ? readExact(label, passage) : readList(label, passage, undefined);
  return answer?.ok && (answer.match === "exact" || answer.chosen.length === 0)
    ? answer
    : undefined;
}

function inLines(
  labels: readonly Vocabulary[],
  passage: Passage,
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
    const answer = label && exactly(label, { ...passage, start: colon + 1, end });
    if (!answer || found.has(label)) return undefined;
    found.set(label, ["line", answer]);
    start = end + 1;
  }
  return found.size === labels.length ? found : undefined;
}

function inJson(
  labels: readonly Vocabulary[],
  { text, start, end }: Passage,
): ReadonlyMap<Vocabulary, Placed> | undefined {
  if (text.charAt(start) !== "{") return undefined;
  const { value: object, complete, end: read } = readJson(text, start, end);
  if (!complete || read !== end || object?.kind !== "object") return undefined;
  const found = new Map<Vocabulary, Placed>();
  for (const { key, value } of object.entries) {
    const label = labels.find(({ definition }) => definition.name === key.text);
    const answer = label && exactlyJson(label, text, value);
    if (!answer || found.has(label)) return undefined;
    found.set(label, ["json", answer]);
  }
  return found.size === labels.length ? found : undefined;
}

function exactlyJson(label: Vocabulary, text: string, value: Json): Answer | undefined {
  if ((value.kind === "array") !== (label.definition.kind === "multiple")) return undefined;
  const item = (json: Json): Answer =>
    json.kind === "scalar" && json.quoted
      ? readScalar(text, json, (one) => readItem(label, one, undefined))
      : missed("unknown-option", { text, start: json.start, end: json.end, cut: false });
  const answer = value.kind === "array" ? together(value.items.map(item)) : item(value);
  return answer.ok && answer.match === "exact" ? answer : undefined;
}
