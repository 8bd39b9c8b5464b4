import { ok, type Problem, type Result, type Subset } from "@countersign/core";
import type { Engine } from "../engine.ts";
import { findProject } from "../projects/index.ts";
import { selectSubsets, toSubset } from "./select.ts";

/** A page of a project's subsets, by name. `next` is the `after` of the page that follows; null on the last. */
export async function list(
  engine: Engine,
  {
    project: name,
    limit,
    after,
  }: { readonly project: string; readonly limit: number; readonly after?: string | undefined },
): Promise<Result<{ items: Subset[]; next: string | null }, Problem<"project-not-found">>> {
  const project = await findProject(engine.db, name);
  if (!project.ok) return project;
  const found = await selectSubsets(engine.db, project.value.id)
    .$if(after !== undefined, (query) => query.where("name", ">", after ?? ""))
    .orderBy("name")
    .limit(limit + 1)
    .execute();
  const items = found.slice(0, limit).map(toSubset);
  return ok({ items, next: found.length > limit ? (items.at(-1)?.name ?? null) : null });
}
