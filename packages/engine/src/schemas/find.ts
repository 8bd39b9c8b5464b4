import { err, ok, type Problem, type Result, type SchemaVersion } from "@countersign/core";
import type { Kysely } from "kysely";
import type { ProjectReference } from "../projects/index.ts";
import type { Database } from "../store/database.ts";
import { selectVersions } from "./select.ts";

/** The newest schema version of a project. */
export async function findSchema(
  db: Kysely<Database>,
  project: ProjectReference,
): Promise<Result<SchemaVersion, Problem<"schema-missing">>> {
  const version = await selectVersions(db, project.id).limit(1).executeTakeFirst();
  if (version !== undefined) return ok(version);
  return err({
    type: "schema-missing",
    what: `The project “${project.name}” has no schema yet.`,
    next: "Say what is to be labelled: countersign schema set FILE",
  });
}
