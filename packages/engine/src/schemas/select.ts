import type { Kysely } from "kysely";
import type { Database } from "../store/database.ts";

/** A project's schema versions, newest first. */
export const selectVersions = (db: Kysely<Database>, project: number) =>
  db
    .selectFrom("schema_versions")
    .select([
      "version",
      "document",
      "renames",
      "created_at as createdAt",
      "created_by as createdBy",
    ])
    .where("project_id", "=", project)
    .orderBy("version", "desc");
