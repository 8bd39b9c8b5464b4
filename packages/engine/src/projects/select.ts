import type { Kysely } from "kysely";
import type { Database } from "../store/database.ts";

/** Projects in the shape that the outside sees, with what they hold counted. */
export const selectProjects = (db: Kysely<Database>) =>
  db.selectFrom("projects").select((project) => [
    "projects.name",
    "projects.created_at as createdAt",
    "projects.created_by as createdBy",
    project
      .selectFrom("records")
      .whereRef("records.project_id", "=", "projects.id")
      .select((records) => records.fn.countAll<number>().as("n"))
      .$asScalar()
      .$notNull()
      .as("records"),
    project
      .selectFrom("jobs")
      .whereRef("jobs.project_id", "=", "projects.id")
      .select((jobs) => jobs.fn.countAll<number>().as("n"))
      .$asScalar()
      .$notNull()
      .as("jobs"),
    project
      .selectFrom("schema_versions")
      .whereRef("schema_versions.project_id", "=", "projects.id")
      .select((versions) => versions.fn.max("version").as("version"))
      .as("schemaVersion"),
  ]);
