import {
  canonicalValue,
  type Example,
  err,
  type LabelDefinition,
  type LabelValue,
  ok,
  type Problem,
  type Result,
} from "@countersign/core";
import type { Kysely } from "kysely";
import type { Database } from "../store/database.ts";

/** An example as a user names it: a text with its labels, or a record, whose gold labels count where none are given. */
export interface NewExample {
  readonly text?: string | undefined;
  /** A record's key. */
  readonly record?: string | undefined;
  /** Label name → value. */
  readonly values?: Readonly<Record<string, LabelValue>> | undefined;
}

/**
 * Looks up and checks examples: each has one text and a right value for every label asked for, since a model shown
 * replies with labels left out learns to leave them out.
 */
export async function findExamples(
  db: Kysely<Database>,
  projectId: number,
  labels: readonly LabelDefinition[],
  given: readonly NewExample[],
): Promise<Result<Example[], Problem<"agent-invalid">>> {
  const records = await findRecords(db, projectId, given);
  const examples: Example[] = [];
  for (const [index, { text, record, values }] of given.entries()) {
    const named = `Example ${index + 1}`;
    const found = record === undefined ? undefined : records.get(record);
    if ((text === undefined) === (record === undefined))
      return invalid(`${named} needs a text or a record's key, and not both.`);
    if (record !== undefined && !found)
      return invalid(`${named} is the record “${record}”, and no record has that key.`);
    const content = text ?? found?.content ?? "";
    const right = new Map<string, LabelValue>();
    const unknown = Object.keys(values ?? {}).find(
      (name) => !labels.some((label) => label.name === name),
    );
    if (unknown !== undefined)
      return invalid(`${named} has a value for “${unknown}”, which the agent is not asked for.`);
    for (const label of labels) {
      const said = values?.[label.name] ?? found?.gold.get(label.name);
      const value = said === undefined ? undefined : canonicalValue(label, said, content);
      if (value === undefined)
        return invalid(
          said === undefined
            ? `${named} has no value for the label “${label.name}”.`
            : `${named} says ${JSON.stringify(said)}, which is no value of the label “${label.name}”.`,
        );
      right.set(label.name, value);
    }
    examples.push({ text: content, values: right });
  }
  return ok(examples);
}

interface FoundRecord {
  readonly content: string;
  readonly gold: ReadonlyMap<string, LabelValue>;
}

async function findRecords(
  db: Kysely<Database>,
  projectId: number,
  given: readonly NewExample[],
): Promise<Map<string, FoundRecord>> {
  const keys = given.flatMap(({ record }) => record ?? []);
  if (keys.length === 0) return new Map();
  const rows = await db
    .selectFrom("records")
    .leftJoin("annotators", (on) =>
      on.onRef("annotators.project_id", "=", "records.project_id").on("kind", "=", "gold"),
    )
    .leftJoin("labels", (on) =>
      on
        .onRef("labels.record_id", "=", "records.id")
        .onRef("labels.annotator_id", "=", "annotators.id"),
    )
    .select(["records.key", "records.content", "labels.name", "labels.value"])
    .where("records.project_id", "=", projectId)
    .where("records.key", "in", keys)
    .execute();
  const byKey = Map.groupBy(rows, ({ key }) => key);
  return new Map(
    [...byKey].map(([key, found]) => [
      key,
      {
        content: found[0]?.content ?? "",
        gold: new Map(
          found.flatMap(({ name, value }): [string, LabelValue][] =>
            name === null || value === null ? [] : [[name, value]],
          ),
        ),
      },
    ]),
  );
}

const invalid = (what: string) =>
  err<Problem<"agent-invalid">>({
    type: "agent-invalid",
    what,
    kept: "No agent was made.",
    next: 'An example looks like {"text": "…", "values": {"sentiment": "neg"}} or {"record": "key"}; a record without values needs gold labels.',
  });
