import { jsonMembers } from "../json-members.ts";
import { isObject } from "../json-rows.ts";
import type { BroughtLabel, FilePart } from "../part.ts";
import { type FlatRow, flattened } from "./flattened.ts";

/** Whether a row's columns are those of a Label Studio task. */
export const isTask = (columns: readonly string[]): boolean =>
  columns.includes("data") &&
  ["annotations", "predictions", "completions", "total_annotations"].some((name) =>
    columns.includes(name),
  );

/**
 * Label Studio's tasks as rows: the members of `data` are the columns, `meta` and the task's other facts stand beside them.
 * What people annotated becomes their labels, ground truth becomes gold, and predictions become labels of their model. What
 * is no label here, such as a box in an image, stays in the columns `annotations` and `predictions`.
 */
export const readTasks = (parts: AsyncIterable<FilePart>): AsyncGenerator<FilePart, void> =>
  flattened(parts, flatten);

/** Facts of a task that are Label Studio's own affair: counts, and ids of what is elsewhere in it. */
const passedOver = new Set([
  "annotations",
  "predictions",
  "completions",
  "data",
  "drafts",
  "cancelled_annotations",
  "total_annotations",
  "total_predictions",
  "comment_count",
  "unresolved_comment_count",
  "comment_authors",
  "last_comment_updated_at",
  "project",
  "updated_by",
  "inner_id",
  "file_upload",
]);

function flatten(task: ReadonlyMap<string, string>): FlatRow | string {
  const data = task.get("data") ?? "null";
  if (!data.startsWith("{")) return "is no Label Studio task: its data is no object";
  const members = new Map<string, string>();
  const { names, values } = jsonMembers(data);
  for (const [at, name] of names.entries()) members.set(name, values[at] ?? "null");
  const whole = wholeIn(task.get("meta") ?? "null");
  for (const [name, json] of task)
    if (name === "meta" && whole) continue;
    else if (!passedOver.has(name) && !isEmpty(json)) members.set(free(members, name), json);

  const labels: BroughtLabel[] = [];
  const leftOut: string[] = [];
  const results = (member: string, read: (one: Record<string, unknown>) => Taken | undefined) => {
    const json = task.get(member);
    if (json === undefined) return;
    const list: unknown = JSON.parse(json);
    if (!Array.isArray(list)) return;
    const rest = list.filter((one: unknown) => {
      const taken = isObject(one) ? read(one) : undefined;
      if (!taken) return false;
      labels.push(...taken.labels);
      leftOut.push(...taken.leftOut);
      return taken.leftOut.length > 0;
    });
    if (rest.length > 0) members.set(free(members, member), JSON.stringify(rest));
  };
  results("annotations", annotated);
  results("completions", annotated);
  results("predictions", predicted);
  return { members, labels, leftOut, whole };
}

/** Our own export keeps a record's columns and metadata in its task's meta: they come back as they were. */
function wholeIn(meta: string): FlatRow["whole"] {
  if (!meta.startsWith("{")) return undefined;
  const { names, values } = jsonMembers(meta);
  const [metadata, source, written, turns] = values;
  if (!/^metadata source( kind( turns)?)?$/.test(names.join(" "))) return undefined;
  if (metadata === undefined || source === undefined) return undefined;
  const [facts, columns]: unknown[] = [JSON.parse(metadata), JSON.parse(source)];
  const texts =
    isObject(columns) && Object.values(columns).every((cell) => typeof cell === "string");
  if (!isObject(facts) || !texts) return undefined;
  const kind = written === '"chat"' ? "chat" : written === '"image"' ? "image" : undefined;
  return { source, metadata, ...(kind && { kind }), ...(turns !== undefined && { turns }) };
}

const isEmpty = (json: string): boolean => ["null", "{}", "[]", '""'].includes(json);

/** A name that no member has yet: a task's own `id` stands beside one of its data. */
const free = (members: ReadonlyMap<string, string>, name: string): string =>
  members.has(name) ? free(members, `task.${name}`) : name;

interface Taken {
  readonly labels: readonly BroughtLabel[];
  readonly leftOut: readonly string[];
}

function annotated(annotation: Record<string, unknown>): Taken | undefined {
  if (annotation.was_cancelled === true) return { labels: [], leftOut: ["cancelled annotations"] };
  const by =
    annotation.ground_truth === true
      ? ({ kind: "gold", name: "gold" } as const)
      : ({ kind: "person", name: personOf(annotation) } as const);
  return taken(annotation.result, by);
}

function predicted(prediction: Record<string, unknown>): Taken | undefined {
  const version = prediction.model_version;
  const name = typeof version === "string" && version.trim() !== "" ? version : "predictions";
  const score = prediction.score;
  const sure = typeof score === "number" && score >= 0 && score <= 1 ? score : undefined;
  return taken(prediction.result, { kind: "model", name }, sure);
}

/** Who completed an annotation: an email where the export has one, else the number of the account. */
function personOf({ created_username: named, completed_by: by }: Record<string, unknown>): string {
  if (typeof named === "string" && named.trim() !== "") return named;
  if (isObject(by)) {
    const name = [by.email, by.username].find((one) => typeof one === "string" && one !== "");
    return typeof name === "string" ? name : `user ${String(by.id ?? "unknown")}`;
  }
  return typeof by === "string" && by !== "" ? by : `user ${String(by ?? "unknown")}`;
}

/** The labels among an annotation's regions: one for each control, the spans of one control together. */
function taken(result: unknown, by: BroughtLabel["by"], score?: number): Taken {
  const labels: BroughtLabel[] = [];
  const leftOut: string[] = [];
  const spans = new Map<string, { start: number; end: number; value: string }[]>();
  for (const region of Array.isArray(result) ? result : []) {
    if (!isObject(region) || typeof region.from_name !== "string") {
      if (isObject(region) && region.type === "relation") leftOut.push("relations");
      continue;
    }
    const control = region.from_name;
    const value = isObject(region.value) ? region.value : {};
    const span = spanOf(value);
    if (span) spans.set(control, [...(spans.get(control) ?? []), ...span]);
    else {
      const cell = cellOf(value);
      const own = typeof region.score === "number" ? region.score : score;
      if (cell === undefined || isPlaced(value))
        leftOut.push(`regions of type ${String(region.type ?? "unknown")}`);
      else labels.push({ control, by, cell, confidence: own });
    }
  }
  for (const [control, cell] of spans)
    labels.push({ control, by, cell: JSON.stringify(cell), confidence: score });
  return { labels, leftOut };
}

/** What a control's value says of a whole record. */
function cellOf(value: Record<string, unknown>): BroughtLabel["cell"] | undefined {
  const { choices, rating, number, selected, text, taxonomy, datetime, ranker } = value;
  if (isTexts(choices)) return choices;
  if (typeof rating === "number") return String(rating);
  if (typeof number === "number") return String(number);
  if (typeof selected === "string") return selected;
  if (typeof datetime === "string") return datetime;
  if (Array.isArray(taxonomy)) {
    const paths = taxonomy.map((path: unknown) => (isTexts(path) ? path.join(" / ") : undefined));
    return paths.every((path) => path !== undefined) ? paths : undefined;
  }
  if (isTexts(ranker)) return ranker;
  if (isObject(ranker)) {
    const buckets = Object.values(ranker);
    const [only] = buckets;
    return buckets.length === 1 && isTexts(only) ? only : undefined;
  }
  if (typeof text === "string") return text;
  if (isTexts(text)) return text.join("\n");
  return undefined;
}

/** Passages of a text with their labels. Places in HTML or in one turn of a dialogue are no places in the text. */
function spanOf(
  value: Record<string, unknown>,
): { start: number; end: number; value: string }[] | undefined {
  const { start, end, labels, startOffset } = value;
  if (typeof start !== "number" || typeof end !== "number" || !isTexts(labels)) return undefined;
  if (startOffset !== undefined) return undefined;
  return labels.map((label) => ({ start, end, value: label }));
}

/** Whether a value is about a part of its object, so that it says nothing of the whole. */
const isPlaced = (value: Record<string, unknown>): boolean =>
  ["x", "points", "start", "startOffset", "rle"].some((name) => name in value);

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === "string");
