import { type Job, ok, type Problem, type Result } from "@countersign/core";
import type { Engine } from "../engine.ts";
import { findProject } from "../projects/index.ts";
import { readCursor } from "./cursor.ts";
import { selectJobs, toJob } from "./select.ts";

/** A page of jobs, newest first. `next` is the `after` of the page that follows; null on the last. */
export async function list(
  engine: Engine,
  input: { readonly project: string; readonly limit: number; readonly after?: string | undefined },
): Promise<Result<{ items: Job[]; next: string | null }, Problem<"project-not-found">>> {
  const { limit } = input;
  const before = readCursor(input.after);
  const project = await findProject(engine.db, input.project);
  if (!project.ok) return project;
  const found = await selectJobs(engine.db, project.value.id)
    .$if(before !== undefined, (query) => query.where("jobs.id", "<", before ?? 0))
    .orderBy("jobs.id", "desc")
    .limit(limit + 1)
    .execute();
  const items = found.slice(0, limit).map(toJob);
  return ok({ items, next: found.length > limit ? String(items.at(-1)?.id) : null });
}
