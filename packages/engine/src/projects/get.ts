import { err, ok, type Problem, type Project, type Result } from "@countersign/core";
import type { Engine } from "../engine.ts";
import { notFound } from "./find.ts";
import { selectProjects } from "./select.ts";

/** One project, with what it holds counted. */
export async function get(
  engine: Engine,
  { project: name }: { readonly project: string },
): Promise<Result<Project, Problem<"project-not-found">>> {
  const project = await selectProjects(engine.db).where("name", "=", name).executeTakeFirst();
  return project === undefined ? err(await notFound(engine.db, name)) : ok(project);
}
