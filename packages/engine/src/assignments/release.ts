import { err, ok, type Problem, type RecordReference, type Result } from "@countersign/core";
import { sql } from "kysely";
import type { Actor } from "../actor.ts";
import type { Engine } from "../engine.ts";
import { findProject } from "../projects/index.ts";
import { referencedRecords } from "../records/index.ts";
import { attempt } from "../store/attempt.ts";
import { type AssignmentInput, holdTerms } from "./find.ts";
import { momentOf } from "./moment.ts";
import { enter } from "./person.ts";

export interface ReleaseInput extends AssignmentInput {
  /** Whose records; the caller's own if left out, everybody's if null. */
  readonly person?: string | null | undefined;
  /** Which of those that they hold; all if left out. */
  readonly records?: readonly RecordReference[] | undefined;
  /** They are passed over: the same person is handed them again only when they ask for it. */
  readonly skip: boolean;
}

/** Gives records back that somebody holds, so that others can have them. How many there were. */
export async function release(
  engine: Engine,
  actor: Actor,
  input: ReleaseInput,
  at?: Date,
): Promise<
  Result<
    { released: number },
    Problem<
      "project-not-found" | "assignment-not-found" | "record-not-found" | "assignment-not-possible"
    >
  >
> {
  const { skip, person = actor.name } = input;
  const project = await findProject(engine.db, input.project);
  if (!project.ok) return project;
  if (skip && person !== actor.name)
    return err({
      type: "assignment-not-possible",
      what: "Nobody passes records over in another's name.",
      kept: "Nothing was released.",
      next: "Release them without passing them over.",
    });
  const records = input.records
    ? await referencedRecords(engine.db, project.value, input.records, "Nothing was released.")
    : undefined;
  if (records && !records.ok) return records;

  const released = await attempt(engine.db, async (db) => {
    const terms = await holdTerms(db, project.value, input.assignment);
    if (!terms.ok) return terms;
    const { id } = terms.value;
    if (person === actor.name) await enter(db, id, actor.name, at);
    const whose = person === null ? sql`true` : sql`person = ${person}`;
    const which = records
      ? sql`position in (select position from assignment_items
          where assignment_id = ${id} and record_id = any(${records.value}::bigint[]))`
      : sql`true`;
    const held = sql`assignment_id = ${id} and state = 'held' and ${whose} and ${which}`;
    await sql`select from assignment_items where assignment_id = ${id}
      and position in (select position from assignment_parts where ${held})
      order by position for update`.execute(db);
    const given = skip
      ? sql`update assignment_parts set state = 'skipped', since = ${momentOf(at)}, until = null
          where ${held} returning position`
      : sql`delete from assignment_parts where ${held} returning position`;
    const { rows } = await sql<{ released: number }>`
      with given as (${given}),
      places as (
        update assignment_items set free = free + place.n, returned = true
        from (select position, count(*)::int as n from given group by position) as place
        where assignment_items.assignment_id = ${id}
          and assignment_items.position = place.position
      )
      select count(*) as released from given`.execute(db);
    return ok({ released: rows[0]?.released ?? 0 });
  });
  if (released.ok && person !== actor.name)
    engine.log.info(
      {
        project: input.project,
        assignment: input.assignment,
        person,
        by: actor.name,
        ...released.value,
      },
      "records released",
    );
  return released;
}
