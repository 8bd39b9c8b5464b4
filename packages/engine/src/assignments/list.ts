import { type Assignment, ok, type Problem, type Result } from "@countersign/core";
import type { Engine } from "../engine.ts";
import { findProject } from "../projects/index.ts";
import { selectAssignments, toAssignment } from "./select.ts";

/** A page of assignments, by name. `next` is the `after` of the page that follows; null on the last. */
export async function list(
  engine: Engine,
  input: { readonly project: string; readonly limit: number; readonly after?: string | undefined },
): Promise<Result<{ items: Assignment[]; next: string | null }, Problem<"project-not-found">>> {
  const { limit, after } = input;
  const project = await findProject(engine.db, input.project);
  if (!project.ok) return project;
  const found = await selectAssignments(engine.db, project.value.id)
    .$if(after !== undefined, (query) => query.where("name", ">", after ?? ""))
    .orderBy("name")
    .limit(limit + 1)
    .execute();
  const items = found.slice(0, limit).map(toAssignment);
  return ok({ items, next: found.length > limit ? (items.at(-1)?.name ?? null) : null });
}
