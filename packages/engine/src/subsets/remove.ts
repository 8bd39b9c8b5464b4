import { err, ok, type Problem, type Result, type Subset } from "@countersign/core";
import { sql } from "kysely";
import type { Actor } from "../actor.ts";
import type { Engine } from "../engine.ts";
import { findProject } from "../projects/index.ts";
import { notFound, selectSubsets, toSubset } from "./select.ts";

/** Deletes a subset; its records stay. A job that is still taking its records from it keeps it from being deleted. */
export async function remove(
  engine: Engine,
  actor: Actor,
  { project: name, subset }: { readonly project: string; readonly subset: string },
): Promise<Result<Subset, Problem<"project-not-found" | "subset-not-found" | "subset-in-use">>> {
  const project = await findProject(engine.db, name);
  if (!project.ok) return project;
  const projectId = project.value.id;
  return engine.db.transaction().execute(async (db) => {
    const row = await selectSubsets(db, projectId)
      .where("name", "=", subset)
      .forUpdate()
      .executeTakeFirst();
    if (!row) return notFound(subset);
    const vars = JSON.stringify({ id: row.id });
    const job = await db
      .selectFrom("jobs")
      .select("id")
      .where("project_id", "=", projectId)
      // One that is paused may have stopped before all of its records were chosen.
      .where("state", "in", ["preparing", "paused"])
      .where(sql<boolean>`started_at is null`)
      .where(sql<boolean>`jsonb_path_exists(subset, '$.**.members ? (@ == $id)', ${vars}::jsonb)`)
      .executeTakeFirst();
    if (job)
      return err({
        type: "subset-in-use",
        what: `Job ${job.id} is still choosing its records from the subset “${subset}”.`,
        kept: "The subset was not deleted.",
        next: "Wait until the job runs, or cancel it.",
      });
    await db.deleteFrom("subsets").where("id", "=", row.id).execute();
    engine.log.info({ project: name, subset, by: actor.name }, "subset deleted");
    return ok(toSubset(row));
  });
}
