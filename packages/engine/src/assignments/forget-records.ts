import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Database } from "../store/database.ts";

/**
 * Takes records that are about to be deleted out of their assignments, with what was counted of them, so that what is
 * wanted and what is done go on adding up.
 *
 * @param records a query of their ids
 */
export async function forgetRecords(
  db: Kysely<Database>,
  records: RawBuilder<number>,
): Promise<void> {
  await sql`
    with gone as materialized (
      select item.assignment_id, item.position, item.done >= assignments.overlap as complete
      from assignment_items as item join assignments on assignments.id = item.assignment_id
      where item.record_id in ${records}
    ), smaller as (
      update assignments set size = size - items.n
      from (select assignment_id, count(*)::int as n from gone group by 1) as items
      where assignments.id = items.assignment_id
    ), finished as (
      select assignment_id, count(*)::int as n from gone where complete group by 1
    ), lost as (
      select part.assignment_id, part.person, count(*)::int as n
      from assignment_parts as part join gone using (assignment_id, position)
      where part.state = 'done' group by 1, 2
    )
    update assignment_people as people
    set done = people.done - coalesce(lost.n, 0),
      -- who finished a record is not known any more; only the sum is ever told
      completed = people.completed - case when people.person = (
          select min(person) from assignment_people as one where one.assignment_id = people.assignment_id
        ) then coalesce(finished.n, 0) else 0 end
    from (select distinct assignment_id from gone) as touched
    left join finished using (assignment_id), assignment_people as own
    left join lost on lost.assignment_id = own.assignment_id and lost.person = own.person
    where own.assignment_id = touched.assignment_id and people.assignment_id = own.assignment_id
      and people.person = own.person`.execute(db);
  await sql`delete from assignment_items where record_id in ${records}`.execute(db);
}
