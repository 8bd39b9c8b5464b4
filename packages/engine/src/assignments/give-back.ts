import { type Kysely, sql } from "kysely";
import type { Database } from "../store/database.ts";

/**
 * Gives back all that people hold of an assignment, while its terms are locked and nobody takes or finishes anything.
 *
 * @param keep who may go on holding; null: nobody
 */
export async function giveBack(
  db: Kysely<Database>,
  assignment: number,
  keep: readonly string[] | null,
): Promise<void> {
  await sql`
    with gone as (
      delete from assignment_parts where assignment_id = ${assignment} and state = 'held'
        and person <> all(${keep ? [...keep] : []}::text[])
      returning position
    )
    update assignment_items set free = free + place.n, returned = true
    from (select position, count(*)::int as n from gone group by position) as place
    where assignment_items.assignment_id = ${assignment}
      and assignment_items.position = place.position`.execute(db);
}
