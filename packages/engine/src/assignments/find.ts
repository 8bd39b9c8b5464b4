import { type Assignment, err, ok, type Problem, type Result } from "@countersign/core";
import type { Kysely } from "kysely";
import { findProject, type ProjectReference } from "../projects/index.ts";
import type { Database } from "../store/database.ts";
import { type AssignmentRow, selectAssignments, toAssignment } from "./select.ts";

/** Which assignment is meant, as callers name it. */
export interface AssignmentInput {
  readonly project: string;
  readonly assignment: string;
}

export interface FoundAssignment {
  readonly project: ProjectReference;
  readonly row: AssignmentRow;
  readonly assignment: Assignment;
}

export const noSuchAssignment = (
  project: ProjectReference,
  name: string,
): Problem<"assignment-not-found"> => ({
  type: "assignment-not-found",
  what: `The project “${project.name}” has no assignment “${name}”.`,
  next: `See those it has: countersign assignment list --project ${project.name}`,
});

/** Finds an assignment and how far it is. */
export async function findAssignment(
  db: Kysely<Database>,
  input: AssignmentInput,
  at?: Date,
): Promise<Result<FoundAssignment, Problem<"project-not-found" | "assignment-not-found">>> {
  const project = await findProject(db, input.project);
  if (!project.ok) return project;
  const row = await selectAssignments(db, project.value.id, at)
    .where("name", "=", input.assignment)
    .executeTakeFirst();
  return row
    ? ok({ project: project.value, row, assignment: toAssignment(row) })
    : err(noSuchAssignment(project.value, input.assignment));
}

/** What handing out and giving back go by. */
export type Terms = Pick<
  AssignmentRow,
  | "id"
  | "name"
  | "mode"
  | "people"
  | "label_names"
  | "job_id"
  | "overlap"
  | "idle_seconds"
  | "suggestion"
  | "state"
>;

/**
 * An assignment's terms, which stay as they are until the transaction ends: who changes them waits for it, and it for
 * who is changing them.
 */
export async function holdTerms(
  db: Kysely<Database>,
  project: ProjectReference,
  name: string,
): Promise<Result<Terms, Problem<"assignment-not-found">>> {
  const row = await db
    .selectFrom("assignments")
    .select([
      "id",
      "name",
      "mode",
      "people",
      "label_names",
      "job_id",
      "overlap",
      "idle_seconds",
      "suggestion",
      "state",
    ])
    .where("project_id", "=", project.id)
    .where("name", "=", name)
    .forShare()
    .executeTakeFirst();
  return row ? ok(row) : err(noSuchAssignment(project, name));
}

/** Whether an assignment hides what the job says until it is judged; not where there is no such assignment. */
export async function hidesSuggestion(
  db: Kysely<Database>,
  project: ProjectReference,
  name: string,
): Promise<boolean> {
  const row = await db
    .selectFrom("assignments")
    .select(["mode", "suggestion"])
    .where("project_id", "=", project.id)
    .where("name", "=", name)
    .executeTakeFirst();
  return row?.mode === "verify" && row.suggestion === "hidden";
}

/** The same for who changes them: everybody else waits. */
export async function lockTerms(
  db: Kysely<Database>,
  project: ProjectReference,
  name: string,
): Promise<
  Result<
    { readonly id: number; readonly state: "open" | "closed"; readonly overlap: number },
    Problem<"assignment-not-found">
  >
> {
  const row = await db
    .selectFrom("assignments")
    .select(["id", "state", "overlap"])
    .where("project_id", "=", project.id)
    .where("name", "=", name)
    .forUpdate()
    .executeTakeFirst();
  return row ? ok(row) : err(noSuchAssignment(project, name));
}

/** Whether somebody may take part now, and if not why. */
export function mayTakePart(
  { name, state, people }: Terms,
  person: string,
  kept: string,
): Result<void, Problem<"assignment-not-possible">> {
  if (state === "closed")
    return err({
      type: "assignment-not-possible",
      what: `The assignment “${name}” is closed.`,
      kept,
      next: "Ask whoever runs it to reopen it: countersign assignment reopen NAME",
    });
  if (people === null || people.includes(person)) return ok(undefined);
  return err({
    type: "assignment-not-possible",
    what: `The assignment “${name}” is not for ${person}, but for ${people.slice(0, 10).join(", ")}${people.length > 10 ? ", …" : ""}.`,
    kept,
    next: "Work with a token that carries one of these names, or let the assignment be extended to you.",
  });
}
