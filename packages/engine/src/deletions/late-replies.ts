import { type Kysely, sql } from "kysely";
import { notifyErrands } from "../background/notice.ts";
import type { Database } from "../store/database.ts";

/**
 * Takes in replies that came when the records they are about had been deleted: the newest deletion of the project's records
 * goes on until these are gone, too, unless another item was answered with them.
 */
export async function takeLateReplies(
  db: Kysely<Database>,
  project: number,
  keys: readonly Buffer[],
): Promise<void> {
  await sql`
    with newest as (
      update deletions set finished_at = null where id = (
        select max(id) from deletions where project_id = ${project} and what = 'records')
      returning id)
    insert into deletion_replies (deletion_id, key)
    select distinct newest.id, key from newest, unnest(${keys}::bytea[]) as key
    on conflict do nothing`.execute(db);
  await notifyErrands(db);
}
