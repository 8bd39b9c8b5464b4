import type { LabelValue, Outcome } from "@countersign/core";
import { type Kysely, sql } from "kysely";
import { keepProject } from "../../projects/index.ts";
import { staying } from "../../records/index.ts";
import type { Database } from "../../store/database.ts";
import type { Destination } from "../worker/store.ts";
import type { StoredLabel } from "./differences.ts";

/** An item that ended in a reply, or in several. */
export interface AnsweredItem {
  readonly position: number;
  readonly recordId: number;
  /** The record's text, where a label is of spans in it; else empty. */
  readonly content: string;
  readonly outcome: Outcome;
  readonly reason: string | null;
  readonly message: string | null;
  readonly attempts: number;
  readonly replyKeys: readonly Buffer[];
  /** The keys of the replies that refine those, one each; null where none does. */
  readonly refinedKeys: readonly (Buffer | null)[] | null;
}

/** Locks the next items of a job that ended in a reply, in the order of their records. */
export async function lockItems(
  db: Kysely<Database>,
  { job, projectId, labels }: Destination,
  after: number,
  limit: number,
): Promise<AnsweredItem[]> {
  const needText = labels.some(({ level }) => level === "span");
  await keepProject(db, projectId);
  const { rows } = await sql<AnsweredItem>`
    select position, record_id as "recordId",
      case when ${needText} then (select content from records where id = record_id) else '' end as content,
      outcome, reason, message, attempts,
      reply_keys as "replyKeys", refined_keys as "refinedKeys"
    from job_items
    where job_id = ${job} and position > ${after} and outcome is not null and reply_keys is not null
      and ${staying("job_items", "record_id")}
    order by position limit ${limit} for no key update`.execute(db);
  return rows;
}

/** The labels that a job gave to records, by record. */
export interface LabelsOfRecord {
  readonly open: StoredLabel[];
  /** A person has judged them, be it that the verdict was taken back: their history must not go. */
  readonly judged: StoredLabel[];
}

/** Locks the labels of these items, in order of id as verdicts do, so that nobody judges what is being read again. */
export async function lockLabels(
  db: Kysely<Database>,
  { annotatorId }: Destination,
  items: readonly AnsweredItem[],
): Promise<(item: AnsweredItem) => LabelsOfRecord> {
  const { rows } = await sql<StoredLabel & { recordId: number }>`
    select id, record_id as "recordId", name, value, confidence, metadata->>'rule' as rule
    from labels
    where annotator_id = ${annotatorId}
      and record_id = any(${items.map((item) => item.recordId)}::bigint[])
    order by id for update`.execute(db);
  // Asked after the lock: a verdict given meanwhile counts.
  const { rows: histories } = await sql<{ id: number }>`
    select distinct label_id as id from verifications
    where label_id = any(${rows.map((row) => row.id)}::bigint[])`.execute(db);
  const judged = new Set(histories.map(({ id }) => id));
  const byRecord = Map.groupBy(rows, ({ recordId }) => recordId);
  return ({ recordId }) => {
    const labels = byRecord.get(recordId) ?? [];
    return {
      open: labels.filter(({ id }) => !judged.has(id)),
      judged: labels.filter(({ id }) => judged.has(id)),
    };
  };
}

/** A label's new content. */
export interface LabelUpdate {
  readonly id: number;
  readonly value: LabelValue;
  readonly schemaVersion: number;
  readonly confidence: number | null;
  readonly confidenceMethod: string | null;
  readonly metadata: object;
}

export async function updateLabels(
  db: Kysely<Database>,
  labels: readonly LabelUpdate[],
): Promise<void> {
  if (labels.length === 0) return;
  await sql`
    update labels set value = now.value, schema_version = now.version,
      confidence = now.confidence,
      confidence_method = now.method,
      -- what users have said of the label is not the engine's to replace
      metadata = now.metadata || case when labels.metadata ? 'user'
        then jsonb_build_object('user', labels.metadata -> 'user') else '{}' end
    from unnest(
      ${labels.map((label) => label.id)}::bigint[],
      ${labels.map((label) => JSON.stringify(label.value))}::jsonb[],
      ${labels.map((label) => label.schemaVersion)}::int[],
      ${labels.map((label) => label.confidence)}::double precision[],
      ${labels.map((label) => label.confidenceMethod)}::text[],
      ${labels.map((label) => JSON.stringify(label.metadata))}::jsonb[]
    ) as now (id, value, version, confidence, method, metadata)
    where labels.id = now.id`.execute(db);
}

export async function deleteLabels(db: Kysely<Database>, ids: readonly number[]): Promise<void> {
  if (ids.length > 0) await sql`delete from labels where id = any(${ids}::bigint[])`.execute(db);
}

/** An item's new end. */
export type ItemUpdate = Pick<AnsweredItem, "position" | "outcome" | "reason" | "message">;

export async function updateItems(
  db: Kysely<Database>,
  job: number,
  items: readonly ItemUpdate[],
): Promise<void> {
  if (items.length === 0) return;
  await sql`
    update job_items set outcome = now.outcome, reason = now.reason, message = now.message
    from unnest(
      ${items.map((item) => item.position)}::int[],
      ${items.map((item) => item.outcome)}::text[],
      ${items.map((item) => item.reason)}::text[],
      ${items.map((item) => item.message)}::text[]
    ) as now (position, outcome, reason, message)
    where job_items.job_id = ${job} and job_items.position = now.position`.execute(db);
}
