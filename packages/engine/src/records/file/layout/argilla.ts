import { jsonMembers } from "../json-members.ts";
import { isObject } from "../json-rows.ts";
import type { BroughtLabel, FilePart } from "../part.ts";
import { type FlatRow, flattened } from "./flattened.ts";

/**
 * Whether a row's columns are those of an Argilla record: nested, `fields` beside `suggestions` or `responses`; or flat, as
 * it is written to a data set, with columns such as `sentiment.suggestion`.
 */
export const isArgilla = (columns: readonly string[]): boolean =>
  (columns.includes("fields") &&
    (columns.includes("suggestions") || columns.includes("responses"))) ||
  columns.some((name) => /\.(suggestion|responses)$/.test(name));

/**
 * Argilla's records as rows: their fields are the columns, their metadata and id stand beside them. Responses become labels of
 * the people who gave them, suggestions of the agent that made them. Drafts and discarded responses are no labels.
 */
export const readArgilla = (parts: AsyncIterable<FilePart>): AsyncGenerator<FilePart, void> =>
  flattened(parts, (row) => (row.has("fields") ? nested(row) : flat(row)));

function nested(row: ReadonlyMap<string, string>): FlatRow | string {
  const fields = row.get("fields") ?? "null";
  if (!fields.startsWith("{")) return "is no Argilla record: its fields are no object";
  const members = membersIn(fields);
  for (const [name, json] of membersIn(row.get("metadata") ?? "{}"))
    members.set(members.has(name) ? `metadata.${name}` : name, json);
  for (const [name, json] of row)
    if (!["fields", "metadata", "suggestions", "responses", "status"].includes(name))
      if (!["null", "{}", "[]"].includes(json))
        members.set(members.has(name) ? `record.${name}` : name, json);
  const labels: BroughtLabel[] = [];
  const leftOut: string[] = [];
  const add = (one: BroughtLabel | string | undefined) => {
    if (typeof one === "string") leftOut.push(one);
    else if (one) labels.push(one);
  };
  for (const suggestion of suggestionsIn(JSON.parse(row.get("suggestions") ?? "null")))
    add(suggested(suggestion));
  for (const response of responsesIn(JSON.parse(row.get("responses") ?? "null")))
    add(responded(response));
  return { members, labels, leftOut };
}

function membersIn(json: string): Map<string, string> {
  if (!json.startsWith("{")) return new Map();
  const { names, values } = jsonMembers(json);
  return new Map(names.map((name, at) => [name, values[at] ?? "null"] as const));
}

interface Given {
  readonly question: string;
  readonly value: unknown;
  readonly by?: unknown;
  readonly score?: unknown;
  readonly status?: unknown;
}

/** Suggestions come as a list with each one's question, or by question. */
function suggestionsIn(suggestions: unknown): Given[] {
  const list = Array.isArray(suggestions)
    ? suggestions.filter(isObject).map((one) => [String(one.question_name ?? ""), one] as const)
    : isObject(suggestions)
      ? Object.entries(suggestions)
      : [];
  return list.flatMap(([question, one]) =>
    isObject(one) ? [{ question, value: one.value, by: one.agent, score: one.score }] : [],
  );
}

/** Responses come as a list of a person's answers to all questions, or by question as a list of people's. */
function responsesIn(responses: unknown): Given[] {
  if (Array.isArray(responses))
    return responses.filter(isObject).flatMap(({ user_id: by, status, values }) =>
      isObject(values)
        ? Object.entries(values).map(([question, one]) => ({
            question,
            value: isObject(one) && "value" in one ? one.value : one,
            by,
            status,
          }))
        : [],
    );
  if (!isObject(responses)) return [];
  return Object.entries(responses).flatMap(([question, answers]) =>
    (Array.isArray(answers) ? answers : []).filter(isObject).map((one) => ({
      question,
      value: one.value,
      by: one.user_id,
      status: one.status,
    })),
  );
}

function suggested({ question, value, by, score }: Given): BroughtLabel | string | undefined {
  if (value === null || value === undefined) return undefined;
  const cell = cellOf(value);
  if (cell === undefined) return `suggestions that are no text, number or list`;
  const name = typeof by === "string" && by.trim() !== "" ? by : "suggestions";
  const sure = typeof score === "number" && score >= 0 && score <= 1 ? score : undefined;
  return { control: question, by: { kind: "model", name }, cell, confidence: sure };
}

function responded({ question, value, by, status }: Given): BroughtLabel | string | undefined {
  if (value === null || value === undefined) return undefined;
  if (status === "draft" || status === "discarded") return `${status} responses`;
  const cell = cellOf(value);
  if (cell === undefined) return "responses that are no text, number or list";
  const name = typeof by === "string" && by !== "" ? by : `user ${String(by ?? "unknown")}`;
  return { control: question, by: { kind: "person", name }, cell };
}

/** Spans are `{start, end, label}`, rankings `{rank, value}`; the rest is plain. */
function cellOf(value: unknown): BroughtLabel["cell"] | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (!Array.isArray(value)) return undefined;
  if (value.every((one) => typeof one === "string")) return value;
  if (value.every((one) => isObject(one) && typeof one.start === "number" && "label" in one))
    return JSON.stringify(value.map(({ start, end, label }) => ({ start, end, value: label })));
  if (value.every((one) => isObject(one) && typeof one.rank === "number" && "value" in one))
    return value.toSorted((a, b) => a.rank - b.rank).map((one) => String(one.value));
  return undefined;
}

const facts =
  /^(.+)\.(suggestion|suggestion\.score|suggestion\.agent|responses|responses\.users|responses\.status)$/;

function flat(row: ReadonlyMap<string, string>): FlatRow {
  const members = new Map<string, string>();
  const questions = new Map<string, Map<string, unknown>>();
  for (const [name, json] of row) {
    const [, question, fact] = facts.exec(name) ?? [];
    if (question === undefined || fact === undefined) {
      if (name !== "status") members.set(name.replace(/^metadata\./, ""), json);
      continue;
    }
    const known = questions.get(question) ?? new Map<string, unknown>();
    questions.set(question, known.set(fact, JSON.parse(json)));
  }
  const labels: BroughtLabel[] = [];
  const leftOut: string[] = [];
  const add = (one: BroughtLabel | string | undefined) => {
    if (typeof one === "string") leftOut.push(one);
    else if (one) labels.push(one);
  };
  for (const [question, known] of questions) {
    add(
      suggested({
        question,
        value: known.get("suggestion"),
        by: known.get("suggestion.agent"),
        score: known.get("suggestion.score"),
      }),
    );
    const list = (fact: string): unknown[] => {
      const value = known.get(fact);
      return Array.isArray(value) ? value : [];
    };
    for (const [at, value] of list("responses").entries())
      add(
        responded({
          question,
          value,
          by: list("responses.users")[at],
          status: list("responses.status")[at],
        }),
      );
  }
  return { members, labels, leftOut };
}
