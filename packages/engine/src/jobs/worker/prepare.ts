import type { JobPause } from "@countersign/core";
import { type Kysely, type Selectable, sql } from "kysely";
import pg from "pg";
import { keepProject } from "../../projects/index.ts";
import { matchingRecords, staying } from "../../records/index.ts";
import type { Database } from "../../store/database.ts";
import { notifyChange } from "../notices.ts";

/** Items a worker claims at once: few enough to spread, many enough that claiming costs next to nothing per item. */
const shardSize = 200;
/** Items made in one transaction; a multiple of the shard size. */
const chunkSize = 50 * shardSize;
const chunkSeconds = 60;

/** First key of the advisory lock under which one worker at a time prepares a job; the second is the job's id. */
const preparingLock = 0x5158;

/**
 * Makes the items and shards of the next records of a job's subset, and sets the job running after the last. Returns
 * whether the same worker should go on. A job that is cancelled meanwhile gets no more items; one whose search fails is
 * paused.
 */
export async function prepareChunk(db: Kysely<Database>, id: number): Promise<boolean> {
  try {
    return await db.transaction().execute((trx) => addChunk(trx, id));
  } catch (error) {
    if (error instanceof Overtaken) return false;
    if (!(error instanceof pg.DatabaseError) || !searchFaults.has(error.code ?? "")) throw error;
    await pauseUnprepared(db, id, error.message);
    return false;
  }
}

class Overtaken extends Error {}

/** The search ran too long, or its pattern is bad. */
const searchFaults: ReadonlySet<string> = new Set(["57014", "2201B"]);

async function pauseUnprepared(db: Kysely<Database>, id: number, what: string): Promise<void> {
  const pause: JobPause = {
    reason: "search",
    what: `The job's records could not be searched for: ${what}.`,
    next: "Cancel the job and run it with a simpler search, or resume it to try again.",
  };
  await db
    .updateTable("jobs")
    .set({ state: "paused", pause: JSON.stringify(pause) })
    .where("id", "=", id)
    .where("state", "=", "preparing")
    .execute();
  await notifyChange(db, id);
}

async function addChunk(db: Kysely<Database>, id: number): Promise<boolean> {
  // A lock on the job's row instead would make a cancellation wait for the search.
  const { rows } = await sql<{ taken: boolean }>`
    select pg_try_advisory_xact_lock(${preparingLock}, ${id}::int) as taken`.execute(db);
  if (!rows[0]?.taken) return false;
  const job = await db
    .selectFrom("jobs")
    .select(["project_id", "subset", "settings", "total"])
    .where("id", "=", id)
    .where("state", "=", "preparing")
    .executeTakeFirst();
  if (!job) return false;

  const wanted = Math.min(chunkSize, (job.subset.limit ?? Number.POSITIVE_INFINITY) - job.total);
  const added = wanted > 0 ? await addItems(db, id, job, wanted) : 0;
  const total = job.total + added;
  const complete = added < wanted || wanted < chunkSize;
  const { numUpdatedRows } = await db
    .updateTable("jobs")
    .set({
      total,
      ...(complete && { state: "running", started_at: sql`now()`, running_since: sql`now()` }),
    })
    .where("id", "=", id)
    .where("state", "=", "preparing")
    .executeTakeFirstOrThrow();
  // Cancelled meanwhile: the chunk is taken back with the transaction.
  if (numUpdatedRows === 0n) throw new Overtaken();
  await addShards(db, id, job.total, total, job.settings.batch !== undefined);
  await notifyChange(db, id);
  return !complete;
}

async function addItems(
  db: Kysely<Database>,
  id: number,
  job: Pick<Selectable<Database["jobs"]>, "project_id" | "subset" | "total">,
  wanted: number,
): Promise<number> {
  // No record is deleted between being found and being an item.
  await keepProject(db, job.project_id);
  const last = await db
    .selectFrom("job_items")
    .select("record_id")
    .where("job_id", "=", id)
    .orderBy("position", "desc")
    .limit(1)
    .executeTakeFirst();
  const chosen = matchingRecords(db, job.project_id, job.subset.where)
    .where(staying())
    .where("records.id", ">", last?.record_id ?? 0)
    .limit(wanted);
  await sql`set local statement_timeout = ${sql.lit(`${chunkSeconds}s`)}`.execute(db);
  const { numAffectedRows = 0n } = await sql`
    insert into job_items (job_id, position, record_id)
    select ${id}, ${job.total - 1}::int + row_number() over (order by id), id
    from (${chosen}) as chosen`.execute(db);
  return Number(numAffectedRows);
}

async function addShards(
  db: Kysely<Database>,
  id: number,
  from: number,
  to: number,
  batched: boolean,
): Promise<void> {
  await sql`
    insert into job_shards (job_id, shard, first_position, last_position, batched)
    select ${id}, first / ${shardSize}::int, first, least(first + ${shardSize}::int, ${to}::int) - 1,
      ${batched}
    from generate_series(${from}::int, ${to - 1}::int, ${shardSize}::int) as first`.execute(db);
}
