import { ok, type Problem, type Result, type Subset } from "@countersign/core";
import type { Engine } from "../engine.ts";
import { findProject } from "../projects/index.ts";
import { notFound, selectSubsets, toSubset } from "./select.ts";

/** One subset of a project. */
export async function get(
  engine: Engine,
  { project: name, subset }: { readonly project: string; readonly subset: string },
): Promise<Result<Subset, Problem<"project-not-found" | "subset-not-found">>> {
  const project = await findProject(engine.db, name);
  if (!project.ok) return project;
  const row = await selectSubsets(engine.db, project.value.id)
    .where("name", "=", subset)
    .executeTakeFirst();
  return row ? ok(toSubset(row)) : notFound(subset);
}
