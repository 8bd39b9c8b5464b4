import type { Condition, Label } from "@countersign/core";
import { type Kysely, sql } from "kysely";
import { selectLabels, toLabel } from "../../labels/select.ts";
import type { Database } from "../../store/database.ts";
import { compileCondition } from "../condition.ts";

/** What of a project is exported. */
export interface Selection {
  readonly projectId: number;
  readonly where: Condition | undefined;
  /** Whose model labels; every job's if undefined. */
  readonly job: number | undefined;
}

/** A record to be exported, its JSON as Postgres writes it, with all labels on it. */
export interface RecordRow {
  readonly id: number;
  readonly key: string;
  readonly content: string;
  readonly metadata: string;
  readonly source: string;
}

export interface LabelledRow extends RecordRow {
  readonly labels: readonly Label[];
}

/** A statement that runs longer has met a pattern that runs away. */
const longestStatement = "5min";

const aim = 2_000_000;
const mostAtOnce = 1000;

/**
 * Reads records in order of id, some at a time: so many as make about two million characters, so that long texts do not
 * fill the memory. While some are worked on, the next are fetched.
 *
 * @param db a transaction that sees one moment's data
 */
export async function* readRows(
  db: Kysely<Database>,
  selection: Selection,
): AsyncGenerator<LabelledRow[]> {
  const { projectId, where } = selection;
  await sql`set local statement_timeout = ${sql.lit(longestStatement)}`.execute(db);
  await sql`declare exported no scroll cursor for
    select id, key, content, metadata::text as metadata, source::text as source from records
    where project_id = ${projectId} and ${where ? compileCondition(projectId, where) : sql`true`}
    order by id`.execute(db);
  let size = 100;
  let coming = ahead(readSome(db, selection, size));
  try {
    for (;;) {
      const rows = await coming;
      if (rows.length === 0) return;
      const length = rows.reduce((sum, row) => sum + row.content.length + row.source.length, 0);
      size = Math.min(Math.max(Math.round((rows.length * aim) / length), 1), mostAtOnce);
      coming = ahead(readSome(db, selection, size));
      yield rows;
    }
  } finally {
    // Who stops reading early must not give the connection back while it is at work.
    await coming.catch(() => undefined);
  }
}

/** What is fetched ahead may fail before anybody awaits it, which is no reason to end the process. */
function ahead<Value>(coming: Promise<Value>): Promise<Value> {
  coming.catch(() => undefined);
  return coming;
}

async function readSome(
  db: Kysely<Database>,
  { job }: Selection,
  size: number,
): Promise<LabelledRow[]> {
  const { rows } = await sql<RecordRow>`fetch ${sql.lit(size)} from exported`.execute(db);
  const ids = rows.map(({ id }) => id);
  let query = selectLabels(db)
    .where("labels.record_id", "=", sql<number>`any(${ids}::bigint[])`)
    .orderBy("labels.id");
  if (job !== undefined)
    query = query.where((is) =>
      is.or([is("annotators.kind", "<>", "job"), is("annotators.job_id", "=", job)]),
    );
  const labels = Map.groupBy(await query.execute(), (label) => label.record_id);
  return rows.map((row) => ({ ...row, labels: (labels.get(row.id) ?? []).map(toLabel) }));
}
