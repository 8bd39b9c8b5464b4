import {
  type Assignment,
  type AssignmentExtension,
  err,
  ok,
  type Problem,
  type Result,
} from "@countersign/core";
import { type Kysely, sql } from "kysely";
import type { Actor } from "../actor.ts";
import type { Engine } from "../engine.ts";
import { keepProject } from "../projects/index.ts";
import { checkCondition } from "../records/index.ts";
import { attempt } from "../store/attempt.ts";
import type { Database } from "../store/database.ts";
import { tooFewPeople } from "./create.ts";
import { type AssignmentInput, findAssignment, lockTerms } from "./find.ts";
import { addRecords } from "./freeze.ts";
import { giveBack } from "./give-back.ts";

type ExtendProblem = Problem<
  "project-not-found" | "assignment-not-found" | "assignment-invalid" | "search-invalid"
>;

/**
 * Adds records, lets other people take part, or has each record done by more people; nothing that is done is lost.
 * Returns the assignment as it is then, and how many records were added.
 */
export async function extend(
  engine: Engine,
  actor: Actor,
  input: AssignmentInput & AssignmentExtension,
): Promise<Result<Assignment & { added: number }, ExtendProblem>> {
  const found = await findAssignment(engine.db, input);
  if (!found.ok) return found;
  const { project } = found.value;
  const checked = await checkCondition(engine, project, input.add?.where);
  if (!checked.ok) return checked;

  const extended = await attempt(engine.db, async (db): Promise<Result<number, ExtendProblem>> => {
    await keepProject(db, project.id);
    const locked = await lockTerms(db, project, input.assignment);
    if (!locked.ok) return locked;
    const { id, overlap: before } = locked.value;
    const row = await db
      .selectFrom("assignments")
      .selectAll()
      .where("id", "=", id)
      .executeTakeFirstOrThrow();
    const { overlap = before, people = row.people, idleMinutes = row.idle_seconds / 60 } = input;
    if (overlap < before)
      return err({
        type: "assignment-invalid",
        what: `Each record is to be done by ${before} people already; that cannot become fewer.`,
        kept: "The assignment is as it was.",
        next: "Close it when enough is done.",
      });
    const fault = tooFewPeople(people, overlap);
    if (fault) return fault;
    await db
      .updateTable("assignments")
      .set({ overlap, people: people && [...new Set(people)], idle_seconds: idleMinutes * 60 })
      .where("id", "=", id)
      .execute();
    if (overlap > before) await raiseOverlap(db, id, overlap - before);
    if (people) await giveBack(db, id, people);
    return input.add
      ? addRecords(
          db,
          project.id,
          { ...row, overlap },
          { where: checked.value, limit: input.add.limit },
        )
      : ok(0);
  });
  if (!extended.ok) return extended;
  engine.log.info(
    { project: input.project, assignment: input.assignment, added: extended.value, by: actor.name },
    "assignment extended",
  );
  const now = await findAssignment(engine.db, input);
  return now.ok ? ok({ ...now.value.assignment, added: extended.value }) : now;
}

/** Every record gets further places, so that none is complete any more. */
async function raiseOverlap(db: Kysely<Database>, id: number, by: number): Promise<void> {
  await sql`update assignment_items set free = free + ${by}::int where assignment_id = ${id}`.execute(
    db,
  );
  await sql`update assignment_people set completed = 0, reached = 0 where assignment_id = ${id}`.execute(
    db,
  );
}
