import type { LabelDefinition } from "@countersign/core";
import { type Kysely, sql } from "kysely";
import { takeLateReplies } from "../../deletions/late-replies.ts";
import { staying } from "../../records/index.ts";
import type { Database } from "../../store/database.ts";
import { addCounts } from "../counts.ts";
import { notifyProgress } from "../notices.ts";
import { type Count, labelCounts, outcomeCounts, paceCounter } from "../progress.ts";
import type { FinishedItem, KeptReply } from "./finished-item.ts";

/** In whose name a job's outcomes are stored. */
export interface Destination {
  readonly job: number;
  readonly projectId: number;
  readonly annotatorId: number;
  readonly schemaVersion: number;
  readonly labels: readonly LabelDefinition[];
}

/** What is stored at once. */
export interface Batch {
  /** What was paid for. */
  readonly replies: readonly KeptReply[];
  readonly items: readonly FinishedItem[];
  /** Totals that do not hang on an item's outcome. */
  readonly counts: readonly Count[];
  /** Shards whose last items are in this batch. */
  readonly doneShards: readonly number[];
}

/**
 * Stores outcomes, labels, replies and totals, all or nothing. It may be repeated: a reply or outcome that is there
 * stays, and counts once, whoever stored it. Returns false where the job is no longer there.
 *
 * Rows are locked in one order by everybody (the project, items by position, totals by name, shards, the job), so that workers on one
 * job do not wait for each other in a circle.
 */
export function storeBatch(
  db: Kysely<Database>,
  destination: Destination,
  batch: Batch,
): Promise<boolean> {
  const { job } = destination;
  return db.transaction().execute(async (trx) => {
    const second = await lockProject(trx, job);
    if (second === undefined) return false;

    await insertReplies(trx, destination.projectId, batch.replies);
    const stored = await setOutcomes(trx, job, batch.items);
    if (stored.length < batch.items.length) await leaveGone(trx, destination, batch.items);
    await insertLabels(trx, destination, stored);
    const pace = { counter: paceCounter, key: String(second), n: stored.length };
    await addCounts(trx, job, [
      ...batch.counts,
      ...stored.flatMap((item) => countsOf(destination, item)),
      pace,
    ]);
    if (batch.doneShards.length > 0)
      await trx
        .updateTable("job_shards")
        .set({ done: true, worker_id: null })
        .where("job_id", "=", job)
        .where("shard", "in", batch.doneShards)
        .execute();
    if (stored.some(({ samples }) => samples.some(({ reply }) => reply.simulated)))
      await trx
        .updateTable("jobs")
        .set({ simulated: true })
        .where("id", "=", job)
        .where("simulated", "=", false)
        .execute();
    await notifyProgress(trx, job);
    return true;
  });
}

/**
 * Keeps a job's project from being deleted until the transaction is over, with a lock that many can share. Returns the
 * second it is by the database's clock; undefined where the job is no longer there.
 */
export async function lockProject(db: Kysely<Database>, job: number): Promise<number | undefined> {
  const { rows } = await sql<{ second: number }>`
    select extract(epoch from clock_timestamp())::int as second
    from projects join jobs on jobs.project_id = projects.id
    where jobs.id = ${job} for key share of projects`.execute(db);
  return rows[0]?.second;
}

/** Keeps replies; one that is there under the same key stays. */
export async function insertReplies(
  db: Kysely<Database>,
  projectId: number,
  replies: readonly KeptReply[],
): Promise<void> {
  if (replies.length === 0) return;
  await sql`
    insert into replies (project_id, key, text, finish_reason, logprobs, input_tokens,
      output_tokens, cost, model_version, latency_ms, simulated)
    select ${projectId}, * from unnest(
      ${replies.map((reply) => reply.key)}::bytea[],
      ${replies.map((reply) => reply.text)}::text[],
      ${replies.map((reply) => reply.finish)}::text[],
      ${replies.map((reply) => (reply.logprobs ? JSON.stringify(reply.logprobs) : null))}::jsonb[],
      ${replies.map((reply) => reply.usage.inputTokens)}::int[],
      ${replies.map((reply) => reply.usage.outputTokens)}::int[],
      ${replies.map((reply) => reply.cost)}::double precision[],
      ${replies.map((reply) => reply.modelVersion)}::text[],
      ${replies.map((reply) => reply.latencyMs)}::double precision[],
      ${replies.map((reply) => reply.simulated)}::boolean[])
    on conflict (project_id, key) do nothing`.execute(db);
}

/** Writes the outcomes of items that have none, and returns those items. */
async function setOutcomes(
  db: Kysely<Database>,
  job: number,
  items: readonly FinishedItem[],
): Promise<FinishedItem[]> {
  if (items.length === 0) return [];
  const { rows } = await sql<{ position: number }>`
    with given as (
      select * from unnest(
        ${items.map((item) => item.position)}::int[],
        ${items.map((item) => item.outcome)}::text[],
        ${items.map((item) => item.reason)}::text[],
        ${items.map((item) => item.message)}::text[],
        ${items.map((item) => item.attempts)}::int[],
        ${items.map(({ samples }) => keyList(samples.map(({ reply }) => reply)))}::text[],
        ${items.map(({ samples }) => keyList(samples.map(({ refined }) => refined?.reply)))}::text[]
      ) as given (position, outcome, reason, message, attempts, reply_keys, refined_keys)
    ), waiting as (
      select position from job_items
      where job_id = ${job} and outcome is null and position in (select position from given)
      order by position for no key update
    )
    update job_items set outcome = given.outcome, reason = given.reason, message = given.message,
      attempts = given.attempts, reply_keys = given.reply_keys::bytea[],
      refined_keys = given.refined_keys::bytea[], finished_at = clock_timestamp()
    from given join waiting using (position)
    where job_items.job_id = ${job} and job_items.position = given.position
    returning job_items.position`.execute(db);
  const stored = new Set(rows.map((row) => row.position));
  return items.filter((item) => stored.has(item.position));
}

/** What items were answered with whose records were deleted meanwhile goes after them. */
async function leaveGone(
  db: Kysely<Database>,
  { job, projectId }: Destination,
  items: readonly FinishedItem[],
): Promise<void> {
  const { rows } = await sql<{ position: number }>`
    select position from unnest(${items.map((item) => item.position)}::int[]) as given (position)
    where not exists (select from job_items as item
      where item.job_id = ${job} and item.position = given.position
        and ${staying("item", "record_id")})`.execute(db);
  const gone = new Set(rows.map(({ position }) => position));
  const keys = items
    .filter(({ position }) => gone.has(position))
    .flatMap(({ samples }) => samples)
    .flatMap(({ reply, refined }) => (refined ? [reply.key, refined.reply.key] : [reply.key]));
  if (keys.length > 0) await takeLateReplies(db, projectId, keys);
}

/**
 * Keys as an array in Postgres's text form, since an array of arrays cannot have rows of different lengths; null where
 * there is no key.
 */
const keyList = (replies: readonly (KeptReply | undefined)[]): string | null =>
  replies.some((reply) => reply !== undefined)
    ? `{${replies.map((reply) => (reply ? `"\\\\x${reply.key.toString("hex")}"` : "null")).join()}}`
    : null;

/** Adds labels to those a job has; one that is there stays. */
export async function insertLabels(
  db: Kysely<Database>,
  { projectId, annotatorId }: Destination,
  items: readonly Pick<FinishedItem, "recordId" | "labels">[],
): Promise<void> {
  const labels = items.flatMap(({ recordId, labels }) =>
    labels.map((label) => ({ recordId, ...label })),
  );
  if (labels.length === 0) return;
  await sql`
    insert into labels (project_id, annotator_id, schema_version, record_id, name, value,
      confidence, confidence_method, metadata)
    select ${projectId}, ${annotatorId}, * from unnest(
      ${labels.map((label) => label.schemaVersion)}::int[],
      ${labels.map((label) => label.recordId)}::bigint[],
      ${labels.map((label) => label.name)}::text[],
      ${labels.map((label) => JSON.stringify(label.value))}::jsonb[],
      ${labels.map((label) => label.confidence)}::double precision[],
      ${labels.map((label) => label.confidenceMethod)}::text[],
      ${labels.map((label) => JSON.stringify(label.metadata))}::jsonb[])
    on conflict (record_id, annotator_id, name) do nothing`.execute(db);
}

/** What an item adds to its job's totals. */
const countsOf = (
  { labels: definitions }: Destination,
  { outcome, reason, labels, samples, attempts }: FinishedItem,
): Count[] => [
  ...outcomeCounts(outcome, reason, 1),
  ...labels.flatMap(({ name, value }) => labelCounts(definitions, name, value, 1)),
  ...(samples.length > 0 && attempts === 0 ? [{ counter: "reused", key: "", n: 1 }] : []),
];
