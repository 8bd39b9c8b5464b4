import { err, ok, type Problem, type Result } from "@countersign/core";
import type { Actor } from "../actor.ts";
import type { Engine } from "../engine.ts";
import { notFound } from "./find.ts";

/** Deletes a project and everything in it, for good and at once. Tells how many records went with it. */
export async function remove(
  engine: Engine,
  actor: Actor,
  { project: name }: { readonly project: string },
): Promise<Result<{ name: string; records: number }, Problem<"project-not-found">>> {
  const records = await engine.db.transaction().execute(async (db) => {
    const project = await db
      .selectFrom("projects")
      .select("id")
      .where("name", "=", name)
      .forUpdate()
      .executeTakeFirst();
    if (project === undefined) return undefined;
    const counted = await db
      .selectFrom("records")
      .where("project_id", "=", project.id)
      .select((record) => record.fn.countAll<number>().as("n"))
      .executeTakeFirstOrThrow();
    await db.deleteFrom("projects").where("id", "=", project.id).execute();
    return counted.n;
  });
  if (records === undefined) return err(await notFound(engine.db, name));
  engine.log.info({ project: name, records, by: actor.name }, "project deleted");
  return ok({ name, records });
}
