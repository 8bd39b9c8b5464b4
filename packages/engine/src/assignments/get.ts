import {
  type AssignmentDetail,
  type AssignmentHold,
  type AssignmentShare,
  ok,
  type Problem,
  type Result,
} from "@countersign/core";
import { type Kysely, sql } from "kysely";
import type { Engine } from "../engine.ts";
import type { Database } from "../store/database.ts";
import { type AssignmentInput, findAssignment } from "./find.ts";
import { momentOf } from "./moment.ts";

const mostHolds = 200;

/** An assignment with who is how far and who holds what. */
export async function get(
  engine: Engine,
  input: AssignmentInput,
  at?: Date,
): Promise<Result<AssignmentDetail, Problem<"project-not-found" | "assignment-not-found">>> {
  const found = await findAssignment(engine.db, input, at);
  if (!found.ok) return found;
  const { row, assignment } = found.value;
  return ok({
    ...assignment,
    shares: await sharesOf(engine.db, row.id, assignment.people ?? [], at),
    holds: await holdsOf(engine.db, row.id, at),
  });
}

/** Everybody who may or did take part, those who did most first. */
async function sharesOf(
  db: Kysely<Database>,
  id: number,
  named: readonly string[],
  at: Date | undefined,
): Promise<AssignmentShare[]> {
  const { rows } = await sql<AssignmentShare>`
    select name as person, coalesce(people.done, 0) as done, people.last_at as "lastAt",
      coalesce(parts.held, 0)::int as held, coalesce(parts.skipped, 0)::int as skipped
    from (
      select unnest(${[...named]}::text[]) as name
      union select person from assignment_people where assignment_id = ${id}
    ) as everybody
    left join assignment_people as people
      on people.assignment_id = ${id} and people.person = everybody.name
    left join (
      select person, count(*) filter (where state = 'held' and until > ${momentOf(at)}) as held,
        count(*) filter (where state = 'skipped') as skipped
      from assignment_parts where assignment_id = ${id} and state <> 'done' group by person
    ) as parts on parts.person = everybody.name
    order by done desc, person`.execute(db);
  return rows;
}

async function holdsOf(
  db: Kysely<Database>,
  id: number,
  at: Date | undefined,
): Promise<AssignmentHold[]> {
  const { rows } = await sql<AssignmentHold>`
    select part.person, records.id as record, records.key, part.since, part.until
    from assignment_parts as part
    join assignment_items as item
      on item.assignment_id = part.assignment_id and item.position = part.position
    join records on records.id = item.record_id
    where part.assignment_id = ${id} and part.state = 'held' and part.until > ${momentOf(at)}
    order by part.since, part.person, part.position limit ${mostHolds}`.execute(db);
  return rows;
}
