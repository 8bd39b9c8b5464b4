import type { JobPause } from "@countersign/core";
import { type Kysely, sql } from "kysely";
import type { Database } from "../../store/database.ts";
import { notifyChange } from "../notices.ts";

const secondsUntilNow = sql<number>`seconds + coalesce(extract(epoch from now() - running_since), 0)`;

/**
 * A worker takes part in a job. Where nobody else does, the time in which nobody worked is taken off the clock: it stops
 * at the last outcome that was stored.
 */
export async function joinJob(db: Kysely<Database>, job: number): Promise<void> {
  await sql`
    update jobs set running_since = now(), seconds = seconds + coalesce(greatest(0, extract(epoch from
        (select max(finished_at) from job_items where job_id = ${job}) - running_since)), 0)
    where id = ${job} and state = 'running'
      and not exists (select from job_shards where job_id = ${job} and not done and worker_id is not null)
  `.execute(db);
}

/** A worker takes no more part in a job; the clock stops where nobody else does. */
export async function leaveJob(db: Kysely<Database>, job: number): Promise<void> {
  await sql`
    update jobs set seconds = ${secondsUntilNow}, running_since = null
    where id = ${job} and state = 'running'
      and not exists (select from job_shards where job_id = ${job} and not done and worker_id is not null)
  `.execute(db);
}

/** Ends a job all of whose items have their outcome; leaves any other as it is. */
export async function finishJob(db: Kysely<Database>, job: number): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable("jobs")
    .set({
      state: "done",
      finished_at: sql`now()`,
      seconds: secondsUntilNow,
      running_since: null,
    })
    .where("id", "=", job)
    .where("state", "=", "running")
    .where(sql<boolean>`not exists (select from job_shards where job_id = ${job} and not done)`)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 1n) await notifyChange(db, job);
}

/** Pauses a running job and says why. */
export async function pauseJob(db: Kysely<Database>, job: number, pause: JobPause): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable("jobs")
    .set({
      state: "paused",
      pause: JSON.stringify(pause),
      seconds: secondsUntilNow,
      running_since: null,
    })
    .where("id", "=", job)
    .where("state", "=", "running")
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 1n) await notifyChange(db, job);
}
