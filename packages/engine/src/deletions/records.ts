import { type Kysely, type RawBuilder, sql } from "kysely";
import { forgetRecords } from "../assignments/forget-records.ts";
import type { Database } from "../store/database.ts";
import { removeCopies } from "./copies.ts";

/**
 * Deletes the next records of a deletion that chose them, with all that hangs on them. Answers how many those were. Whoever
 * stores something of the project's records meanwhile waits for it, and finds them gone.
 */
export async function removeRecords(
  db: Kysely<Database>,
  {
    deletion,
    project,
    atOnce,
  }: { readonly deletion: number; readonly project: number; readonly atOnce: number },
): Promise<number> {
  await sql`select from projects where id = ${project} for update`.execute(db);
  const { rows } = await sql<{ id: number }>`
    delete from deletion_records where deletion_id = ${deletion} and record_id in (
      select record_id from deletion_records where deletion_id = ${deletion}
      order by record_id limit ${atOnce})
    returning record_id as id`.execute(db);
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return 0;
  await removeTheseRecords(db, ids, deletion);
  await db
    .updateTable("deletions")
    .set({ removed: sql`removed + ${ids.length}` })
    .where("id", "=", deletion)
    .execute();
  return ids.length;
}

/**
 * Deletes records with all that hangs on them. What hangs on many is deleted in sets: left to the foreign keys it would be
 * a statement a record and table.
 */
export async function removeTheseRecords(
  db: Kysely<Database>,
  ids: readonly number[],
  deletion: number,
): Promise<void> {
  const these = sql`any(${ids}::bigint[])`;
  await removeCopies(db, { record_id: ids });
  // Who stores vectors holds the records first, too.
  await sql`select from records where id = ${these} for update`.execute(db);
  await sql`delete from vectors where record_id = ${these}`.execute(db);
  await sql`delete from verifications where label_id in (
    select id from labels where record_id = ${these})`.execute(db);
  await sql`delete from labels where record_id = ${these}`.execute(db);
  await sql`delete from label_changes where record_id = ${these}`.execute(db);
  await forgetRecords(db, sql`(select unnest(${ids}::bigint[]))`);
  await sql`with gone as (
      delete from job_items where record_id = ${these} returning reply_keys, refined_keys)
    ${answersOf(deletion)}`.execute(db);
  await sql`delete from records where id = ${these}`.execute(db);
}

/** Writes down, for the end of a deletion, what the items that are `gone` were answered with. */
export const answersOf = (deletion: number): RawBuilder<unknown> => sql`
  insert into deletion_replies (deletion_id, key)
  select distinct ${deletion}::bigint, key
  from gone, unnest(coalesce(reply_keys, '{}') || coalesce(refined_keys, '{}')) as key
  where key is not null on conflict do nothing`;
