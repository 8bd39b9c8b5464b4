import type { LabelDefinition, LabelValue, Verification } from "@countersign/core";
import { type Kysely, sql } from "kysely";
import type { Actor } from "../actor.ts";
import { type LabelRow, selectLabels } from "../labels/select.ts";
import type { ProjectReference } from "../projects/index.ts";
import { staying } from "../records/index.ts";
import type { Database } from "../store/database.ts";
import type { Judgement } from "./judge.ts";
import { selectVerifications } from "./select.ts";

const anyOf = (ids: readonly number[]) => sql<number>`any(${ids}::bigint[])`;

const byId = (rows: readonly LabelRow[]): Map<number, LabelRow> =>
  new Map(rows.map((row) => [row.id, row]));

/** A project's labels among those named, locked in order of id, so that two requests never wait for each other. */
export async function lockLabels(
  db: Kysely<Database>,
  project: ProjectReference,
  ids: readonly number[],
): Promise<Map<number, LabelRow>> {
  const rows = await selectLabels(db)
    .where("labels.project_id", "=", project.id)
    .where("labels.id", "=", anyOf(ids))
    .where(staying("labels", "record_id"))
    .orderBy("labels.id")
    .forUpdate("labels")
    .execute();
  return byId(rows);
}

export const readLabels = async (db: Kysely<Database>, ids: readonly number[]) =>
  byId(await selectLabels(db).where("labels.id", "=", anyOf(ids)).execute());

/** A verdict with the schema version in whose words it was given. */
export interface StampedVerification extends Verification {
  readonly schemaVersion: number;
}

/** All verdicts on labels by label, oldest first. */
export async function readHistories(
  db: Kysely<Database>,
  labels: readonly number[],
): Promise<Map<number, StampedVerification[]>> {
  const rows = await selectVerifications(db)
    .select("schema_version as schemaVersion")
    .where("label_id", "=", anyOf(labels))
    .orderBy("id")
    .execute();
  return Map.groupBy(rows, ({ label }) => label);
}

/** Finds what each label may be, in the schema version that it was made with. */
export async function findDefinitions(
  db: Kysely<Database>,
  project: ProjectReference,
  labels: readonly LabelRow[],
): Promise<(label: LabelRow) => LabelDefinition | undefined> {
  const versions = [...new Set(labels.map((label) => label.schema_version))];
  const rows = await db
    .selectFrom("schema_versions")
    .select(["version", "document"])
    .where("project_id", "=", project.id)
    .where("version", "=", sql<number>`any(${versions}::int[])`)
    .execute();
  const documents = new Map(rows.map(({ version, document }) => [version, document]));
  return ({ schema_version, name }) =>
    documents.get(schema_version)?.labels.find((definition) => definition.name === name);
}

/** The texts of labels' records. */
export async function findTexts(
  db: Kysely<Database>,
  labels: readonly LabelRow[],
): Promise<(label: LabelRow) => string> {
  if (labels.length === 0) return () => "";
  const rows = await db
    .selectFrom("records")
    .select(["id", "content"])
    .where("id", "=", anyOf(labels.map((label) => label.record_id)))
    .execute();
  const texts = new Map(rows.map(({ id, content }) => [id, content]));
  return ({ record_id }) => texts.get(record_id) ?? "";
}

/** Adds verdicts to the history, in their order. */
export async function insertVerifications(
  db: Kysely<Database>,
  project: ProjectReference,
  actor: Actor,
  judgements: readonly Judgement[],
): Promise<Verification[]> {
  const column = <Value>(read: (judgement: Judgement) => Value) => judgements.map(read);
  const { rows } = await sql<Verification>`
    insert into verifications (project_id, label_id, schema_version, verdict, judged, value, verifier)
    select ${project.id}, label, version, verdict, judged, value, ${actor.name}
    from unnest(
      ${column(({ label }) => label)}::bigint[],
      ${column(({ schemaVersion }) => schemaVersion)}::int[],
      ${column(({ verdict }) => verdict)}::text[],
      ${column(({ judged }) => JSON.stringify(judged))}::jsonb[],
      ${column(({ value }) => (value === null ? null : JSON.stringify(value)))}::jsonb[]
    ) with ordinality as decided (label, version, verdict, judged, value, place)
    order by place
    returning id, label_id as label, verdict, judged, value, verifier, at`.execute(db);
  return rows.sort((a, b) => a.id - b.id);
}

/** What is to stand on a label. */
export interface Standing {
  readonly label: number;
  /** Null for none. */
  readonly verification: number | null;
  /** Its value, where that is called otherwise now than when the verdict was given. */
  readonly value?: LabelValue | undefined;
}

/** Lets labels show the verification that stands on each. */
export async function letStand(db: Kysely<Database>, standing: readonly Standing[]): Promise<void> {
  await sql`
    update labels set verified_value = coalesce(standing.value, v.value), verified_by = v.verifier, verified_at = v.at,
      status = case when v.id is null then 'unverified'
        when coalesce(standing.value, v.value) = labels.value then 'confirmed' else 'corrected' end
    from unnest(
      ${standing.map(({ label }) => label)}::bigint[],
      ${standing.map(({ verification }) => verification)}::bigint[],
      ${standing.map(({ value }) => (value === undefined ? null : JSON.stringify(value)))}::jsonb[]
    ) as standing (label, verification, value)
    left join verifications v on v.id = standing.verification
    where labels.id = standing.label`.execute(db);
}
