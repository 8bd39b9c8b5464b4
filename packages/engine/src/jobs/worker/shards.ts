import { type Kysely, sql } from "kysely";
import type { Database } from "../../store/database.ts";
import { livenessLock } from "./session.ts";

/** A run of a job's items that one worker has claimed. */
export interface Shard {
  readonly shard: number;
  readonly first: number;
  readonly last: number;
  /** It holds those of the items that are asked again, each by itself; the others are another shard's. */
  readonly singly: boolean;
}

/** An item that waits for its outcome, with what its prompt is made of. */
export interface WaitingItem {
  readonly position: number;
  readonly recordId: number;
  readonly content: string;
  readonly source: Readonly<Record<string, string>>;
}

/**
 * Claims a job's next free shard whose items are not asked in batches, passing over those that others are just claiming;
 * undefined when none is free.
 */
export async function claimShard(
  db: Kysely<Database>,
  job: number,
  worker: number,
): Promise<Shard | undefined> {
  const { rows } = await sql<Shard>`
    update job_shards set worker_id = ${worker}
    where job_id = ${job} and shard = (
      select shard from job_shards
      where job_id = ${job} and not done and not batched and worker_id is null
      order by shard limit 1 for update skip locked)
    returning shard, first_position as first, last_position as last, singly`.execute(db);
  return rows[0];
}

/** Claims all of a job's free shards whose items are asked in batches: one worker at a time makes a job's batches. */
export async function claimBatched(
  db: Kysely<Database>,
  job: number,
  worker: number,
): Promise<void> {
  await sql`
    with free as (
      select shard from job_shards
      where job_id = ${job} and not done and batched and worker_id is null
      order by shard for update)
    update job_shards set worker_id = ${worker}
    from free where job_shards.job_id = ${job} and job_shards.shard = free.shard`.execute(db);
}

/** The items of a shard that have no outcome yet. */
export function waitingItems(
  db: Kysely<Database>,
  job: number,
  { first, last, singly }: Shard,
): Promise<WaitingItem[]> {
  return db
    .selectFrom("job_items as item")
    .innerJoin("records", "records.id", "item.record_id")
    .select(["item.position", "records.id as recordId", "records.content", "records.source"])
    .where("item.job_id", "=", job)
    .where("item.position", ">=", first)
    .where("item.position", "<=", last)
    .where("item.outcome", "is", null)
    .where("item.singly", "=", singly)
    .orderBy("item.position")
    .execute();
}

/** Gives back the shards of a job that a worker has not finished: those that are asked in batches, or the others. */
export async function releaseShards(
  db: Kysely<Database>,
  job: number,
  worker: number,
  batched = false,
): Promise<void> {
  await db
    .updateTable("job_shards")
    .set({ worker_id: null })
    .where("job_id", "=", job)
    .where("worker_id", "=", worker)
    .where("batched", "=", batched)
    .where("done", "=", false)
    .execute();
}

/** Frees what workers that no longer live had claimed, and forgets them. */
export async function sweepDeadWorkers(db: Kysely<Database>): Promise<void> {
  const alive = sql`select objid::bigint from pg_locks
    where locktype = 'advisory' and classid = ${livenessLock} and objsubid = 2 and granted
      and database = (select oid from pg_database where datname = current_database())`;
  const { rows } = await sql<{ id: number }>`
    select id from workers where id not in (${alive})`.execute(db);
  const dead = rows.map((row) => row.id);
  if (dead.length === 0) return;
  await db
    .updateTable("job_shards")
    .set({ worker_id: null })
    .where("done", "=", false)
    .where("worker_id", "in", dead)
    .execute();
  await db
    .updateTable("job_batches")
    .set({ worker_id: null })
    .where("worker_id", "in", dead)
    .where("state", "in", ["submitting", "under-way"])
    .execute();
  await db.deleteFrom("workers").where("id", "in", dead).execute();
}
