import { type Deletion, err, ok, type Problem, type Result } from "@countersign/core";
import { sql } from "kysely";
import type { Actor } from "../actor.ts";
import { begin } from "../deletions/begin.ts";
import { countLost } from "../deletions/lost.ts";
import type { Engine } from "../engine.ts";
import { notFound } from "./find.ts";
import { deletedName } from "./select.ts";

/**
 * Deletes a project and everything in it, for good. It is out of sight when this returns, its jobs stop and its name is
 * free; its rows go in the background.
 */
export async function remove(
  engine: Engine,
  actor: Actor,
  { project: name }: { readonly project: string },
): Promise<Result<Deletion, Problem<"project-not-found">>> {
  const deletion = await engine.db.transaction().execute(async (db) => {
    const project = await db
      .selectFrom("projects")
      .select("id")
      .where("name", "=", name)
      .forUpdate()
      .executeTakeFirst();
    if (project === undefined) return undefined;
    const lost = await countLost(db, project.id, { what: "project" });
    await db
      .updateTable("projects")
      .set({ name: `${deletedName}${project.id}` })
      .where("id", "=", project.id)
      .execute();
    await db
      .updateTable("jobs")
      .set({ state: "cancelled", deleted: true, running_since: null, pause: null })
      .where("project_id", "=", project.id)
      .execute();
    await db
      .updateTable("exports")
      .set({ state: "cancelled", finished_at: sql`now()`, expires_at: sql`now()` })
      .where("project_id", "=", project.id)
      .execute();
    const total = lost.records;
    return begin(db, actor, { what: "project", projectId: project.id, name, lost, total });
  });
  if (deletion === undefined) return err(await notFound(engine.db, name));
  engine.log.info({ project: name, deletion: deletion.id, by: actor.name }, "project deleted");
  return ok(deletion);
}
