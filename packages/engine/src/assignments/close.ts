import { type Assignment, ok, type Problem, type Result } from "@countersign/core";
import { sql } from "kysely";
import type { Actor } from "../actor.ts";
import type { Engine } from "../engine.ts";
import { findProject } from "../projects/index.ts";
import { attempt } from "../store/attempt.ts";
import { type AssignmentInput, findAssignment, lockTerms } from "./find.ts";
import { giveBack } from "./give-back.ts";

type CloseProblem = Problem<"project-not-found" | "assignment-not-found">;

/** Nothing is handed out any more, and what people hold goes back; what is done stays done. */
export const close = (engine: Engine, actor: Actor, input: AssignmentInput) =>
  setState(engine, actor, input, "closed");

/** Records are handed out again, from where it was closed. */
export const reopen = (engine: Engine, actor: Actor, input: AssignmentInput) =>
  setState(engine, actor, input, "open");

async function setState(
  engine: Engine,
  actor: Actor,
  input: AssignmentInput,
  state: Assignment["state"],
): Promise<Result<Assignment, CloseProblem>> {
  const project = await findProject(engine.db, input.project);
  if (!project.ok) return project;
  const changed = await attempt(engine.db, async (db) => {
    const terms = await lockTerms(db, project.value, input.assignment);
    if (!terms.ok) return terms;
    if (terms.value.state === state) return ok(undefined);
    await db
      .updateTable("assignments")
      .set({ state, closed_at: state === "closed" ? sql`now()` : null })
      .where("id", "=", terms.value.id)
      .execute();
    if (state === "closed") await giveBack(db, terms.value.id, null);
    engine.log.info(
      { project: input.project, assignment: input.assignment, state, by: actor.name },
      "assignment changed",
    );
    return ok(undefined);
  });
  if (!changed.ok) return changed;
  const found = await findAssignment(engine.db, input);
  return found.ok ? ok(found.value.assignment) : found;
}
