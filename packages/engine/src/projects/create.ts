import { err, ok, type Problem, type Project, type Result } from "@countersign/core";
import type { Actor } from "../actor.ts";
import type { Engine } from "../engine.ts";
import { selectProjects } from "./select.ts";

/** Creates a project, empty. */
export async function create(
  engine: Engine,
  actor: Actor,
  { name }: { readonly name: string },
): Promise<Result<Project, Problem<"project-exists">>> {
  const created = await engine.db
    .insertInto("projects")
    .values({ name, created_by: actor.name })
    .onConflict((conflict) => conflict.column("name").doNothing())
    .returning("id")
    .executeTakeFirst();
  if (created === undefined)
    return err({
      type: "project-exists",
      what: `There already is a project named “${name}”.`,
      kept: "It was not touched.",
      next: "Choose another name, or go on with this project.",
    });
  const project = await selectProjects(engine.db)
    .where("id", "=", created.id)
    .executeTakeFirstOrThrow();
  return ok(project);
}
