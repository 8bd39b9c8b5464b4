import {
  canonicalValue,
  err,
  type Label,
  type LabelChange,
  type LabelValue,
  ok,
  type Problem,
  type RecordReference,
  type Result,
  type SchemaVersion,
  sameValue,
} from "@countersign/core";
import { type Kysely, sql } from "kysely";
import type { Actor } from "../actor.ts";
import { settleAssigned } from "../assignments/settle.ts";
import type { Engine } from "../engine.ts";
import { findProject, keepProject, type ProjectReference } from "../projects/index.ts";
import { referencedRecords } from "../records/index.ts";
import { carrierSince, findSchema, usualValue } from "../schemas/index.ts";
import { attempt } from "../store/attempt.ts";
import type { Database } from "../store/database.ts";
import { changesOf, type StandingChange, standingChange } from "./changes.ts";
import { selectLabels, toLabel } from "./select.ts";

/** What a person says of a record. */
export interface OwnLabel {
  readonly record: RecordReference;
  readonly name: string;
  /** null takes their last word back, and the one before stands again. */
  readonly value: LabelValue | null;
  /** The moment of their own label that they saw standing, null for none; left out, any may stand. */
  readonly seen?: string | null | undefined;
}

export interface SetInput {
  readonly project: string;
  readonly labels: readonly OwnLabel[];
  /** The assignment that the records are done for. */
  readonly assignment?: string | undefined;
}

type SetProblem = Problem<
  | "project-not-found"
  | "schema-missing"
  | "record-not-found"
  | "label-not-in-schema"
  | "label-invalid"
  | "label-outdated"
  | "assignment-not-found"
  | "assignment-not-possible"
>;

/**
 * Stores what a person says of records, all of it or none. What was said before stays in the history; what stands is a
 * label of the person's own. Saying again what stands changes nothing. With an assignment, records that are done by it
 * count as done; one that has gone to somebody else meanwhile is refused.
 *
 * Returns, for each label asked for, how the person's own stands then, null where none does.
 */
export async function set(
  engine: Engine,
  actor: Actor,
  input: SetInput,
): Promise<Result<{ labels: (Label | null)[]; changes: LabelChange[] }, SetProblem>> {
  const { labels } = input;
  const kept = `None of the ${labels.length} labels was stored.`;
  const project = await findProject(engine.db, input.project);
  if (!project.ok) return project;
  const schema = await findSchema(engine.db, project.value);
  if (!schema.ok) return schema;
  return attempt(engine.db, async (db) => {
    await keepProject(db, project.value.id);
    const named = await referencedRecords(
      db,
      project.value,
      labels.map(({ record }) => record),
      kept,
    );
    if (!named.ok) return named;
    const records = named.value;
    const annotator = await ownAnnotator(db, project.value, actor);
    await adoptImported(db, annotator, records);
    const standing = await readStanding(db, actor, records);
    const textOf = await readTexts(db, schema.value, labels, records);
    const written: Written[] = [];
    const touched = new Set<string>();
    for (const [place, label] of labels.entries()) {
      const record = records[place] ?? 0;
      const slot = slotOf(record, label.name);
      const judged = touched.has(slot)
        ? objection("label-invalid", "is labelled twice in one request", "Label it once.")
        : judge(label, standing(record, label.name), schema.value, textOf(record));
      touched.add(slot);
      if (!judged.ok) {
        const { type, why, next } = judged.error;
        return err({
          type,
          what: `“${label.name}” of ${recordName(label.record)} ${why}.`,
          kept,
          next,
        });
      }
      if (judged.value) written.push({ record, name: label.name, ...judged.value });
    }
    const changes = await insertChanges(db, project.value, actor, annotator, schema.value, written);
    await letStand(db, project.value, annotator, written, changes);
    if (input.assignment !== undefined) {
      const settled = await settleAssigned(db, project.value, actor, {
        assignment: input.assignment,
        mode: "label",
        records,
        kept,
      });
      if (!settled.ok) return settled;
    }
    const shown = await readOwn(db, annotator, records);
    return ok({
      labels: labels.map(({ name }, place) => shown.get(slotOf(records[place] ?? 0, name)) ?? null),
      changes,
    });
  });
}

/** What is to be stored of one label: a new word, or one taken back and what stands again by that. */
type Judged =
  | { readonly value: LabelValue; readonly restores?: undefined }
  | { readonly value: null; readonly restores: StandingChange | undefined };

type Written = { readonly record: number; readonly name: string } & Judged;

interface Objection {
  readonly type: "label-not-in-schema" | "label-invalid" | "label-outdated";
  readonly why: string;
  readonly next: string;
}

/** Undefined where what is asked for stands already. */
function judge(
  { name, value, seen }: OwnLabel,
  history: readonly LabelChange[],
  { version, document }: SchemaVersion,
  content: string,
): Result<Judged | undefined, Objection> {
  const stands = standingChange(history);
  if (seen !== undefined && momentOf(seen) !== momentOf(stands?.at ?? null))
    return objection(
      "label-outdated",
      "has been changed in another window meanwhile",
      "Look at the record again, and decide anew.",
    );
  if (value === null) {
    if (!stands)
      return objection("label-invalid", "has no label of yours to take back", "Leave it out.");
    const taken = { ...stands, id: 0, value: null };
    return ok({ value: null, restores: standingChange([...history, taken]) });
  }
  const definition = document.labels.find((label) => label.name === name);
  if (!definition)
    return objection(
      "label-not-in-schema",
      `is no label of schema version ${version}`,
      `It has: ${document.labels.map((label) => `“${label.name}”`).join(", ")}.`,
    );
  const right = canonicalValue(definition, value, content);
  if (right === undefined)
    return objection(
      "label-invalid",
      `cannot be ${JSON.stringify(value).slice(0, 200)}, which is no value of it in schema version ${version}`,
      usualValue(definition),
    );
  const same = stands && stands.value !== null && sameValue(stands.value, right);
  return ok(same ? undefined : { value: right });
}

const objection = (type: Objection["type"], why: string, next: string) =>
  err<Objection>({ type, why, next });

const momentOf = (moment: string | null): number => (moment === null ? 0 : Date.parse(moment));

const recordName = (record: RecordReference): string =>
  typeof record === "number" ? `record ${record}` : `the record “${record.slice(0, 100)}”`;

const slotOf = (record: number, name: string): string => `${record} ${name}`;

/** The annotator that stands for the person, whose requests take turns by its row. */
async function ownAnnotator(
  db: Kysely<Database>,
  project: ProjectReference,
  { name }: Actor,
): Promise<number> {
  const { id } = await db
    .insertInto("annotators")
    .values({ project_id: project.id, kind: "person", name, job_id: null })
    .onConflict((conflict) =>
      conflict.columns(["project_id", "kind", "name"]).doUpdateSet({ name }),
    )
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** A person's labels that came with a file begin their history, so that these too can be changed and come back. */
async function adoptImported(
  db: Kysely<Database>,
  annotator: number,
  records: readonly number[],
): Promise<void> {
  // What was said here is never older than the label that it left standing.
  await sql`
    insert into label_changes (project_id, record_id, annotator_id, name, value, schema_version, at)
    select project_id, record_id, annotator_id, name, value, schema_version, created_at from labels
    where annotator_id = ${annotator} and record_id = any(${records}::bigint[]) and not exists (
      select from label_changes as said
      where said.record_id = labels.record_id and said.annotator_id = labels.annotator_id
        and said.name = labels.name and said.at >= labels.created_at)
    order by id`.execute(db);
}

/** The records' texts, where labels are of spans in them. */
async function readTexts(
  db: Kysely<Database>,
  { document }: SchemaVersion,
  labels: readonly OwnLabel[],
  records: readonly number[],
): Promise<(record: number) => string> {
  const ofSpans = new Set(
    document.labels.filter(({ level }) => level === "span").map(({ name }) => name),
  );
  const asked = records.filter((_, place) => ofSpans.has(labels[place]?.name ?? ""));
  if (asked.length === 0) return () => "";
  const rows = await db
    .selectFrom("records")
    .select(["id", "content"])
    .where("id", "=", sql<number>`any(${asked}::bigint[])`)
    .execute();
  const texts = new Map(rows.map(({ id, content }) => [id, content]));
  return (record) => texts.get(record) ?? "";
}

/** What the person has said of records, by record and name. */
async function readStanding(db: Kysely<Database>, { name }: Actor, records: readonly number[]) {
  const changes = (await changesOf(db, records)).filter(({ by }) => by === name);
  const histories = Map.groupBy(changes, (change) => slotOf(change.record, change.name));
  return (record: number, label: string) => histories.get(slotOf(record, label)) ?? [];
}

async function insertChanges(
  db: Kysely<Database>,
  project: ProjectReference,
  actor: Actor,
  annotator: number,
  { version }: SchemaVersion,
  written: readonly Written[],
): Promise<LabelChange[]> {
  if (written.length === 0) return [];
  const { rows } = await sql<Omit<LabelChange, "by">>`
    insert into label_changes (project_id, record_id, annotator_id, name, value, schema_version)
    select ${project.id}, record, ${annotator}, name, value, ${version}
    from unnest(
      ${written.map(({ record }) => record)}::bigint[],
      ${written.map(({ name }) => name)}::text[],
      ${written.map(({ value }) => (value === null ? null : JSON.stringify(value)))}::jsonb[]
    ) with ordinality as said (record, name, value, place)
    order by place
    returning id, record_id as record, name, value, schema_version as "schemaVersion", at`.execute(
    db,
  );
  return rows.sort((a, b) => a.id - b.id).map((row) => ({ ...row, by: actor.name }));
}

/** Lets the person's labels be what stands after the changes, which are in the order of what was written. */
async function letStand(
  db: Kysely<Database>,
  project: ProjectReference,
  annotator: number,
  written: readonly Written[],
  changes: readonly LabelChange[],
): Promise<void> {
  const oldest = written.map(({ restores }) => restores?.schemaVersion ?? Number.MAX_SAFE_INTEGER);
  const carrier = oldest.some((version) => version < Number.MAX_SAFE_INTEGER)
    ? await carrierSince(db, project.id, Math.min(...oldest))
    : undefined;
  const stand = written.flatMap(({ record, name, value, restores }, place) => {
    const change = value === null ? restores : changes[place];
    if (!change || change.value === null) return [];
    // What stands again may be called otherwise now.
    const carried = carrier?.carry(name, change.value, change.schemaVersion) ?? change;
    return [{ record, name, change: { ...change, ...carried } }];
  });
  const gone = written.filter(({ value, restores }) => value === null && !restores);
  if (gone.length > 0)
    await sql`
      delete from labels using unnest(
        ${gone.map(({ record }) => record)}::bigint[], ${gone.map(({ name }) => name)}::text[]
      ) as gone (record, name)
      where labels.annotator_id = ${annotator} and labels.record_id = gone.record
        and labels.name = gone.name`.execute(db);
  if (stand.length > 0)
    await sql`
      insert into labels (project_id, record_id, annotator_id, name, value, schema_version, created_at)
      select ${project.id}, record, ${annotator}, name, value, version, at
      from unnest(
        ${stand.map(({ record }) => record)}::bigint[],
        ${stand.map(({ name }) => name)}::text[],
        ${stand.map(({ change }) => JSON.stringify(change.value))}::jsonb[],
        ${stand.map(({ change }) => change.schemaVersion)}::int[],
        ${stand.map(({ change }) => change.at)}::timestamptz[]
      ) as said (record, name, value, version, at)
      on conflict (record_id, annotator_id, name) do update
      set value = excluded.value, schema_version = excluded.schema_version,
        created_at = excluded.created_at`.execute(db);
}

/** The person's labels on records, by record and name. */
async function readOwn(
  db: Kysely<Database>,
  annotator: number,
  records: readonly number[],
): Promise<Map<string, Label>> {
  const rows = await selectLabels(db)
    .where("labels.record_id", "=", sql<number>`any(${records}::bigint[])`)
    .where("labels.annotator_id", "=", annotator)
    .execute();
  return new Map(rows.map((row) => [slotOf(row.record_id, row.name), toLabel(row)]));
}
