import { err, ok, type Problem, type Result } from "@countersign/core";
import { type Kysely, sql } from "kysely";
import type { ProjectReference } from "../projects/index.ts";
import type { Database } from "../store/database.ts";
import { noSuchAssignment } from "./find.ts";
import { momentOf } from "./moment.ts";

/** Holds that one request gives back; the next one goes on. */
const atOnce = 1000;

/**
 * Gives back what nobody has been active on for the assignment's idle time. What others are at work on this very moment
 * is left for the next time. A transaction of its own, so that what it locks nobody waits for while waiting for us.
 *
 * @param except who is asking, and so is active
 */
export async function releaseIdle(
  db: Kysely<Database>,
  assignment: number,
  except: string | undefined,
  at: Date | undefined,
): Promise<void> {
  const now = momentOf(at);
  const idle = sql`state = 'held' and until <= ${now} and person <> ${except ?? ""}`;
  await sql`
    with items as materialized (
      select position from assignment_items
      where assignment_id = ${assignment} and position in (
        select position from assignment_parts
        where assignment_id = ${assignment} and ${idle} order by until limit ${atOnce})
      order by position for update skip locked
    ), gone as (
      delete from assignment_parts
      where assignment_id = ${assignment} and position in (select position from items) and ${idle}
      returning position
    )
    update assignment_items set free = free + places.n, returned = true
    from (select position, count(*)::int as n from gone group by position) as places
    where assignment_items.assignment_id = ${assignment}
      and assignment_items.position = places.position`.execute(db);
}

/** The same for an assignment by its name. */
export async function releaseNamed(
  db: Kysely<Database>,
  project: ProjectReference,
  name: string,
  except: string | undefined,
  at: Date | undefined,
): Promise<Result<void, Problem<"assignment-not-found">>> {
  const row = await db
    .selectFrom("assignments")
    .select("id")
    .where("project_id", "=", project.id)
    .where("name", "=", name)
    .executeTakeFirst();
  if (!row) return err(noSuchAssignment(project, name));
  await releaseIdle(db, row.id, except, at);
  return ok(undefined);
}
