import { ok, type Problem, type Result } from "@countersign/core";
import type { Actor } from "../actor.ts";
import type { Engine } from "../engine.ts";
import { type AssignmentInput, findAssignment } from "./find.ts";

/** Deletes an assignment and who did what of it. Labels and verdicts that came of it stay. */
export async function remove(
  engine: Engine,
  actor: Actor,
  input: AssignmentInput,
): Promise<
  Result<{ name: string; records: number }, Problem<"project-not-found" | "assignment-not-found">>
> {
  const found = await findAssignment(engine.db, input);
  if (!found.ok) return found;
  const { row } = found.value;
  await engine.db.deleteFrom("assignments").where("id", "=", row.id).execute();
  engine.log.info(
    { project: input.project, assignment: row.name, by: actor.name },
    "assignment deleted",
  );
  return ok({ name: row.name, records: row.size });
}
