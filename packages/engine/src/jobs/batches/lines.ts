import type { Outcome, Reason } from "@countersign/core";
import { type Kysely, sql } from "kysely";
import { staying } from "../../records/index.ts";
import type { Database } from "../../store/database.ts";
import type { Verdict } from "../worker/finished-item.ts";

/** A question's place in a batch of its job, and what became of it there. */
export interface Line {
  /** The item that asks, and pays. */
  readonly position: number;
  readonly state: "open" | "answered" | "failed";
  readonly outcome: Outcome | null;
  readonly reason: Reason | null;
  readonly message: string | null;
}

/** The lines of a job's questions, by their keys in hexadecimal. */
export async function linesOf(
  db: Kysely<Database>,
  job: number,
  keys: readonly Buffer[],
): Promise<Map<string, Line>> {
  const rows = await db
    .selectFrom("batch_lines")
    .select(["key", "position", "state", "outcome", "reason", "message"])
    .where("job_id", "=", job)
    .where(sql<boolean>`key = any(${keys}::bytea[])`)
    .execute();
  return new Map(rows.map(({ key, ...line }) => [key.toString("hex"), line]));
}

/** How a line ended. */
export interface LineEnd {
  readonly key: Buffer;
  readonly failed: Pick<Verdict, "outcome" | "reason" | "message"> | undefined;
}

/**
 * Ends lines of a batch that are open; returns the keys of those in hexadecimal, each with whether the item that asked is
 * still there. Each line ends once.
 */
export async function endLines(
  db: Kysely<Database>,
  batch: number,
  ends: readonly LineEnd[],
): Promise<ReadonlyMap<string, boolean>> {
  if (ends.length === 0) return new Map();
  const sorted = ends.toSorted((a, b) => a.key.compare(b.key));
  const { rows } = await sql<{ name: string; isWanted: boolean }>`
    update batch_lines set state = case when given.outcome is null then 'answered' else 'failed' end,
      outcome = given.outcome, reason = given.reason, message = given.message
    from unnest(
      ${sorted.map((end) => end.key)}::bytea[],
      ${sorted.map((end) => end.failed?.outcome ?? null)}::text[],
      ${sorted.map((end) => end.failed?.reason ?? null)}::text[],
      ${sorted.map((end) => end.failed?.message ?? null)}::text[]
    ) as given (key, outcome, reason, message)
    where batch_lines.batch_id = ${batch} and batch_lines.state = 'open'
      and batch_lines.key = given.key
    returning encode(batch_lines.key, 'hex') as name, exists (
      select from job_items where job_items.job_id = batch_lines.job_id
        and job_items.position = batch_lines.position
        and ${staying("job_items", "record_id")}) as "isWanted"`.execute(db);
  return new Map(rows.map(({ name, isWanted }) => [name, isWanted]));
}

/** Fails all lines of a batch that are still open; returns how many. */
export async function failOpenLines(
  db: Kysely<Database>,
  batch: number,
  reason: Reason,
  message: string,
): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable("batch_lines")
    .set({ state: "failed", outcome: "failed", reason, message })
    .where("batch_id", "=", batch)
    .where("state", "=", "open")
    .executeTakeFirstOrThrow();
  return Number(numUpdatedRows);
}

/** Drops the lines of a job that is done; those that are still under way are kept, for what comes of them is paid for. */
export async function forgetLines(db: Kysely<Database>, job: number): Promise<void> {
  await sql`
    delete from batch_lines using jobs
    where batch_lines.job_id = ${job} and batch_lines.state <> 'open'
      and jobs.id = ${job} and jobs.state = 'done'`.execute(db);
}
