import type { BatchState } from "@countersign/core";
import { type Kysely, sql } from "kysely";
import type { Database } from "../../store/database.ts";

/** A batch that has not ended, as far as it is known. */
export interface OpenBatch {
  readonly id: number;
  readonly mark: string;
  readonly state: BatchState;
  readonly providerId: string | null;
  readonly unsure: boolean;
  readonly files: readonly string[];
  readonly requests: number;
  /** Milliseconds since it was submitted, or was to be. */
  readonly age: number;
  /** Unix time in milliseconds at which it was to be submitted. */
  readonly createdAt: number;
}

const open = ["submitting", "under-way"] as const satisfies readonly BatchState[];

/** Takes all of a job's open batches that nobody looks after into a worker's care, and returns those in its care. */
export async function takeBatches(
  db: Kysely<Database>,
  job: number,
  worker: number,
): Promise<OpenBatch[]> {
  await db
    .updateTable("job_batches")
    .set({ worker_id: worker })
    .where("job_id", "=", job)
    .where("state", "in", open)
    .where("worker_id", "is", null)
    .execute();
  return db
    .selectFrom("job_batches")
    .select([
      "id",
      "mark",
      "state",
      "provider_id as providerId",
      "unsure",
      "files",
      "requests",
      sql<number>`1000 * extract(epoch from clock_timestamp() - coalesce(submitted_at, created_at))::double precision`.as(
        "age",
      ),
      sql<number>`1000 * extract(epoch from created_at)::double precision`.as("createdAt"),
    ])
    .where("job_id", "=", job)
    .where("state", "in", open)
    .where("worker_id", "=", worker)
    .orderBy("id")
    .execute();
}

/** Gives a job's open batches into anybody's care. */
export async function leaveBatches(
  db: Kysely<Database>,
  job: number,
  worker: number,
): Promise<void> {
  await db
    .updateTable("job_batches")
    .set({ worker_id: null })
    .where("job_id", "=", job)
    .where("worker_id", "=", worker)
    .where("state", "in", open)
    .execute();
}

/** What is meant to be submitted. */
export interface IntendedBatch {
  readonly job: number;
  readonly worker: number;
  readonly mark: string;
  readonly lines: readonly IntendedLine[];
  readonly items: number;
}

export interface IntendedLine {
  readonly key: Buffer;
  /** The item that asks. */
  readonly position: number;
  readonly usd: number;
  readonly tokens: number;
}

/**
 * Writes down a batch that is to be submitted, with its lines; returns its id and the keys that are in it, in hexadecimal.
 * A question that is in another batch of the job already, or was, stays out: no question is submitted twice. Undefined
 * where no line is left, or the job does not run any more.
 */
export function intendBatch(
  db: Kysely<Database>,
  { job, worker, mark, lines, items }: IntendedBatch,
): Promise<{ readonly id: number; readonly names: ReadonlySet<string> } | undefined> {
  return db.transaction().execute(async (trx) => {
    const running = await trx
      .selectFrom("jobs")
      .select("id")
      .where("id", "=", job)
      .where("state", "=", "running")
      .forKeyShare()
      .executeTakeFirst();
    if (!running) return undefined;
    const positions = lines.map((line) => line.position);
    const { id } = await trx
      .insertInto("job_batches")
      .values({
        job_id: job,
        mark,
        state: "submitting",
        requests: lines.length,
        expected_usd: lines.reduce((sum, line) => sum + line.usd, 0),
        expected_tokens: lines.reduce((sum, line) => sum + line.tokens, 0),
        items,
        first_position: positions.reduce((a, b) => Math.min(a, b)),
        last_position: positions.reduce((a, b) => Math.max(a, b)),
        worker_id: worker,
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    const { rows } = await sql<{ name: string }>`
      insert into batch_lines (job_id, batch_id, key, position)
      select ${job}, ${id}, key, position from unnest(
        ${lines.map((line) => line.key)}::bytea[], ${positions}::int[]) as line (key, position)
      on conflict (job_id, key) do nothing
      returning encode(key, 'hex') as name`.execute(trx);
    if (rows.length === 0) {
      await trx.deleteFrom("job_batches").where("id", "=", id).execute();
      return undefined;
    }
    if (rows.length < lines.length)
      await trx
        .updateTable("job_batches")
        .set({ requests: rows.length })
        .where("id", "=", id)
        .execute();
    return { id, names: new Set(rows.map((row) => row.name)) };
  });
}

/** A file was uploaded for a batch. */
export async function noteFile(db: Kysely<Database>, id: number, file: string): Promise<void> {
  await sql`update job_batches set files = array_append(files, ${file}) where id = ${id}`.execute(
    db,
  );
}

/** A batch is at its provider. False where it was given up meanwhile, and its questions with it. */
export async function submitted(
  db: Kysely<Database>,
  id: number,
  providerId: string,
  unsure = false,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("job_batches")
    .set({
      state: "under-way",
      provider_id: providerId,
      unsure,
      submitted_at: sql`clock_timestamp()`,
    })
    .where("id", "=", id)
    .where("state", "=", "submitting")
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

/**
 * None of a batch was done, or it never got to its provider: its questions that have no answer are free to go into
 * another.
 */
export function giveUpBatch(
  db: Kysely<Database>,
  id: number,
  how: {
    readonly state: "turned-down" | "lost";
    readonly said: string | null;
    readonly message: string;
    readonly crowded?: boolean;
  },
): Promise<void> {
  return db.transaction().execute(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable("job_batches")
      .set({ ...how, ended_at: sql`clock_timestamp()`, worker_id: null })
      .where("id", "=", id)
      .where("state", "in", open)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) return;
    await trx
      .deleteFrom("batch_lines")
      .where("batch_id", "=", id)
      .where("state", "=", "open")
      .execute();
  });
}

/** What the provider tells of a batch that is under way; returns whether that is news. */
export async function noteProgress(
  db: Kysely<Database>,
  id: number,
  told: {
    readonly said?: string;
    readonly answered?: number;
    readonly failed?: number;
    readonly message: string | null;
  },
): Promise<boolean> {
  const { said, answered, failed, message } = told;
  const { rows } = await sql`
    update job_batches set said = coalesce(${said ?? null}::text, said),
      answered = coalesce(${answered ?? null}::int, answered),
      failed = coalesce(${failed ?? null}::int, failed), message = ${message}::text
    where id = ${id} and state = 'under-way'
      and (coalesce(${said ?? null}::text, said), coalesce(${answered ?? null}::int, answered),
        coalesce(${failed ?? null}::int, failed), ${message}::text)
        is distinct from (said, answered, failed, message)
    returning 1`.execute(db);
  return rows.length > 0;
}

/** What a job's open batches are expected to take, and how many items wait for them. */
export async function expectedOf(
  db: Kysely<Database>,
  job: number,
): Promise<{
  readonly batches: number;
  readonly usd: number;
  readonly tokens: number;
  readonly items: number;
}> {
  const { rows } = await sql<{ batches: number; usd: number; tokens: number; items: number }>`
    select count(*)::int as batches, coalesce(sum(expected_usd), 0) as usd,
      coalesce(sum(expected_tokens), 0) as tokens, coalesce(sum(items), 0)::int as items
    from job_batches where job_id = ${job} and state in ('submitting', 'under-way')`.execute(db);
  return rows[0] ?? { batches: 0, usd: 0, tokens: 0, items: 0 };
}

/** A batch that is over. */
export interface OverBatch {
  readonly id: number;
  readonly state: BatchState;
  readonly crowded: boolean;
  readonly requests: number;
  readonly first: number;
  readonly last: number;
}

/** A job's batches that are over, but for those named. */
export function overBatches(
  db: Kysely<Database>,
  job: number,
  known: ReadonlySet<number>,
): Promise<OverBatch[]> {
  return db
    .selectFrom("job_batches")
    .select([
      "id",
      "state",
      "crowded",
      "requests",
      "first_position as first",
      "last_position as last",
    ])
    .where("job_id", "=", job)
    .where("state", "in", ["ended", "turned-down", "lost"])
    .where(sql<boolean>`id <> all(${[...known]}::bigint[])`)
    .orderBy("id")
    .execute();
}
