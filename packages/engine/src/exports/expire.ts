import { sql } from "kysely";
import type { Engine } from "../engine.ts";

/** A file is kept for a week after it was written; so is the row of one that was not. */
export const keptUntil = sql<string>`now() + interval '7 days'`;

/** Pieces are of a megabyte: so many at once hold no lock for long. */
const partsAtOnce = 64;

/** Removes files whose time is over, and what was written of those that were cancelled or failed. */
export async function removeExpired({ db, log }: Engine): Promise<boolean> {
  const { rows } = await sql<{ id: number; expired: boolean }>`
    select id, expires_at < now() as expired from exports
    where expires_at < now() or (state in ('cancelled', 'failed')
      and exists (select from export_parts where export_id = exports.id))
    order by id limit 1`.execute(db);
  const [over] = rows;
  if (!over) return false;
  const { numAffectedRows = 0n } = await sql`
    delete from export_parts where (export_id, part) in (
      select export_id, part from export_parts where export_id = ${over.id} limit ${partsAtOnce})`.execute(
    db,
  );
  if (numAffectedRows > 0n) return true;
  if (!over.expired) return false;
  await db.deleteFrom("exports").where("id", "=", over.id).execute();
  log.info({ export: over.id }, "an export's file has gone after its time");
  return true;
}
