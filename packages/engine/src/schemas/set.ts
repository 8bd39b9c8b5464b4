import {
  canonicalJson,
  ok,
  type Problem,
  type Result,
  type SchemaDocument,
  type SchemaVersion,
} from "@countersign/core";
import type { Actor } from "../actor.ts";
import type { Engine } from "../engine.ts";
import { findProject } from "../projects/index.ts";
import { selectVersions } from "./select.ts";

/** Stores a new schema version. A document that is the newest version's already stores nothing: `changed` is false. */
export async function set(
  engine: Engine,
  actor: Actor,
  { project: name, document }: { readonly project: string; readonly document: SchemaDocument },
): Promise<Result<SchemaVersion & { changed: boolean }, Problem<"project-not-found">>> {
  return engine.db.transaction().execute(async (db) => {
    const project = await findProject(db, name);
    if (!project.ok) return project;
    // Two that set a schema at once take turns, so that versions are numbered without a gap.
    const id = project.value.id;
    await db.selectFrom("projects").select("id").where("id", "=", id).forNoKeyUpdate().execute();

    const newest = await selectVersions(db, id).limit(1).executeTakeFirst();
    if (newest !== undefined && canonicalJson(newest.document) === canonicalJson(document))
      return ok({ ...newest, changed: false });
    const stored = await db
      .insertInto("schema_versions")
      .values({
        project_id: id,
        version: (newest?.version ?? 0) + 1,
        document: JSON.stringify(document),
        created_by: actor.name,
      })
      .returning(["version", "document", "created_at as createdAt", "created_by as createdBy"])
      .executeTakeFirstOrThrow();
    return ok({ ...stored, changed: true });
  });
}
