import { type Kysely, type RawBuilder, type Selectable, sql } from "kysely";
import { claim } from "../background/claim.ts";
import type { Engine } from "../engine.ts";
import { dropMetadataIndexes } from "../records/index.ts";
import type { Database } from "../store/database.ts";
import { removeCopies } from "./copies.ts";
import { answersOf, removeRecords, removeTheseRecords } from "./records.ts";

/** First key of the advisory lock under which one process at a time works on a deletion; the second is its id. */
const deletionLock = 0x515a;

/** Rows that go in one transaction: few enough that nobody waits for its locks. */
const recordsAtOnce = 1000;
const itemsAtOnce = 2000;
const repliesAtOnce = 2000;
const partsAtOnce = 64;

type Row = Selectable<Database["deletions"]>;

/** Does the next step of a deletion: whether it did anything. A step is one transaction; steps follow until none does. */
type Step = (db: Kysely<Database>, row: Row) => Promise<boolean>;

/**
 * Works on a deletion that is not finished, begun here or by a process that is no more: step by step, each a small
 * transaction, so that it goes on where it was broken off. One that has to wait for workers is left for a later look.
 */
export async function workOnNextDeletion(engine: Engine, stopping: AbortSignal): Promise<boolean> {
  await forgetOld(engine.db);
  const rows = await engine.db
    .selectFrom("deletions")
    .selectAll()
    .where("finished_at", "is", null)
    .orderBy("id")
    .limit(100)
    .execute();
  let any = false;
  for (const row of rows) {
    if (stopping.aborted) return false;
    if (await isHeldUp(engine.db, row)) continue;
    const claimed = await claim(engine.pool, deletionLock, row.id);
    if (!claimed) continue;
    try {
      any = (await carryOut(engine, row, stopping)) || any;
    } finally {
      await claimed.release().catch(() => undefined);
    }
  }
  return any;
}

/** A worker that is told to stop still stores what it has paid for. */
async function isHeldUp(db: Kysely<Database>, row: Row): Promise<boolean> {
  if (row.what === "records") return false;
  const jobs = row.what === "job" ? sql`id = ${row.job_id}` : sql`project_id = ${row.project_id}`;
  await sql`update job_shards set done = true where not done and worker_id is null
    and job_id in (select id from jobs where deleted and ${jobs})`.execute(db);
  const { rows } = await sql`select from job_shards where not done
    and job_id in (select id from jobs where deleted and ${jobs}) limit 1`.execute(db);
  return rows.length > 0 || (await hasBatchesAway(db, row, jobs));
}

/** Batches are cancelled, and removed at their provider, before the rows by which they are known go; if it takes long, without. */
async function hasBatchesAway(
  db: Kysely<Database>,
  row: Row,
  jobs: RawBuilder<unknown>,
): Promise<boolean> {
  const { rows } = await sql`select from job_batches
    where state in ('submitting', 'under-way')
      and job_id in (select id from jobs where deleted and ${jobs})
      and now() - ${row.created_at}::timestamptz < interval '30 minutes' limit 1`.execute(db);
  return rows.length > 0;
}

/** Answers whether it was carried out to its end. */
async function carryOut(engine: Engine, row: Row, stopping: AbortSignal): Promise<boolean> {
  const { db, log } = engine;
  await db
    .updateTable("deletions")
    .set({ started_at: sql`coalesce(started_at, now())` })
    .where("id", "=", row.id)
    .execute();
  for (const step of steps[row.what])
    while (await db.transaction().execute((trx) => step(trx, row)))
      if (stopping.aborted) return false;
  if (row.what === "project") await dropMetadataIndexes(engine, row.project_id);
  await db.deleteFrom("deletion_replies").where("deletion_id", "=", row.id).execute();
  await db
    .updateTable("deletions")
    .set({ finished_at: sql`now()`, name: null, removed: sql`total` })
    .where("id", "=", row.id)
    .execute();
  log.info({ deletion: row.id, what: row.what }, "deleted for good");
  await reclaim(engine);
  return true;
}

/** What a copy of a migration holds goes first, while the rows by which it is found are still there. */
const copiesOfProject: Step = async (db, { project_id: project }) => {
  const jobs = await idsOf(db, sql`select id from jobs where project_id = ${project}`);
  await removeCopies(db, { project_id: [project], job_id: jobs });
  return false;
};

const copiesOfJob: Step = async (db, { job_id: job }) => {
  await removeCopies(db, { job_id: job === null ? [] : [job] });
  return false;
};

const filesOfProject: Step = async (db, { project_id: project }) => {
  const { numAffectedRows = 0n } = await sql`delete from export_parts where (export_id, part) in (
    select export_id, part from export_parts join exports on exports.id = export_id
    where project_id = ${project} limit ${partsAtOnce})`.execute(db);
  return numAffectedRows > 0n;
};

const recordsOfProject: Step = async (db, { id, project_id: project }) => {
  const ids = await idsOf(
    db,
    sql`select id from records where project_id = ${project} order by id limit ${recordsAtOnce}`,
  );
  if (ids.length === 0) return false;
  await removeTheseRecords(db, ids, id);
  await counted(db, id, ids.length);
  return true;
};

const chosenRecords: Step = async (db, { id, project_id: project }) =>
  (await removeRecords(db, { deletion: id, project, atOnce: recordsAtOnce })) > 0;

const repliesOfProject: Step = async (db, { project_id: project }) => {
  const { numAffectedRows = 0n } = await sql`delete from replies where project_id = ${project}
    and key in (select key from replies where project_id = ${project} limit ${repliesAtOnce})`.execute(
    db,
  );
  return numAffectedRows > 0n;
};

const itemsOfJob: Step = async (db, { id, job_id: job }) => {
  const { rows } = await sql<{ record: number }>`
    with gone as (
      delete from job_items where job_id = ${job} and position in (
        select position from job_items where job_id = ${job} order by position limit ${itemsAtOnce})
      returning record_id, reply_keys, refined_keys),
    answers as (${answersOf(id)})
    select record_id as record from gone`.execute(db);
  if (rows.length === 0) return false;
  const labels = sql`select id from labels
    where annotator_id = (select id from annotators where job_id = ${job})
      and record_id = any(${rows.map(({ record }) => record)}::bigint[])`;
  await sql`delete from verifications where label_id in (${labels})`.execute(db);
  await sql`delete from labels where id in (${labels})`.execute(db);
  await counted(db, id, rows.length);
  return true;
};

/**
 * Replies that no item is left for: what the items that went were answered with and, where no job is under way that may
 * have paid for a part of an item, every other one, too.
 */
const unusedReplies: Step = async (db, { id, project_id: project }) => {
  const { numAffectedRows = 0n } = await sql`
    with used as (
      select unnest(coalesce(reply_keys, '{}') || coalesce(refined_keys, '{}')) as key from job_items
      where job_id in (select id from jobs where project_id = ${project} and not deleted))
    delete from replies where project_id = ${project} and key in (
      select key from replies where project_id = ${project}
        and not exists (select from used where used.key = replies.key)
        and (key in (select key from deletion_replies where deletion_id = ${id})
          or not exists (select from jobs where project_id = ${project}
            and state in ('preparing', 'running', 'paused')))
      limit 50000)`.execute(db);
  return numAffectedRows > 0n;
};

/** What was asked in batches. */
const batchLines =
  (jobs: (row: Row) => RawBuilder<unknown>): Step =>
  async (db, row) => {
    const { numAffectedRows = 0n } = await sql`delete from batch_lines where (job_id, key) in (
      select job_id, key from batch_lines where job_id in (${jobs(row)}) limit ${itemsAtOnce})`.execute(
      db,
    );
    return numAffectedRows > 0n;
  };

const linesOfProject = batchLines(
  ({ project_id: project }) => sql`select id from jobs where project_id = ${project}`,
);
const linesOfJob = batchLines(({ job_id: job }) => sql`select ${job}::bigint`);

/** Files on their way in. */
const importsOfProject: Step = async (db, { project_id: project }) => {
  const { numAffectedRows = 0n } = await sql`delete from import_parts where (import_id, at) in (
    select import_id, at from import_parts join imports on imports.id = import_id
    where project_id = ${project} limit ${partsAtOnce})`.execute(db);
  return numAffectedRows > 0n;
};

/** What is left hangs on the row itself: labels without an item, counters, shards, agents, schemas. */
const projectItself: Step = async (db, { project_id: project }) => {
  await db.deleteFrom("jobs").where("project_id", "=", project).execute();
  await db.deleteFrom("projects").where("id", "=", project).execute();
  return false;
};

const jobItself: Step = async (db, { job_id: job }) => {
  await db.deleteFrom("jobs").where("id", "=", job).execute();
  return false;
};

const steps: Readonly<Record<Row["what"], readonly Step[]>> = {
  project: [
    copiesOfProject,
    filesOfProject,
    importsOfProject,
    linesOfProject,
    recordsOfProject,
    repliesOfProject,
    projectItself,
  ],
  job: [copiesOfJob, linesOfJob, itemsOfJob, jobItself, unusedReplies],
  records: [chosenRecords, unusedReplies],
};

async function counted(db: Kysely<Database>, id: number, n: number): Promise<void> {
  await db
    .updateTable("deletions")
    .set({ removed: sql`removed + ${n}` })
    .where("id", "=", id)
    .execute();
}

async function idsOf(
  db: Kysely<Database>,
  query: ReturnType<typeof sql<{ id: number }>>,
): Promise<number[]> {
  const { rows } = await query.execute(db);
  return rows.map(({ id }) => id);
}

/** Deleted rows are still in their files until Postgres clears them away; it is asked to do so now. */
async function reclaim({ pool, log }: Engine): Promise<void> {
  try {
    await pool.query(
      "vacuum (skip_locked) records, labels, verifications, job_items, replies, export_parts, vectors",
    );
  } catch (error) {
    // It would have done so by itself later.
    log.warn({ error }, "the space of deleted rows was not cleared at once");
  }
}

async function forgetOld(db: Kysely<Database>): Promise<void> {
  await db
    .deleteFrom("deletions")
    .where("finished_at", "<", sql<string>`now() - interval '1 day'`)
    .execute();
}
