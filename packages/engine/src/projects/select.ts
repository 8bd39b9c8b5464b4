import type { Kysely } from "kysely";
import { staying } from "../records/staying.ts";
import type { Database } from "../store/database.ts";

/** A project that was deleted has this before its id for a name, which nobody can ask for, until its rows are gone. */
export const deletedName = "deleted:";

/** Projects in the shape that the outside sees, with what they hold counted. */
export const selectProjects = (db: Kysely<Database>) =>
  db
    .selectFrom("projects")
    .where("projects.name", "not like", `${deletedName}%`)
    .select((project) => [
      "projects.name",
      "projects.created_at as createdAt",
      "projects.created_by as createdBy",
      project
        .selectFrom("records")
        .whereRef("records.project_id", "=", "projects.id")
        .where(staying())
        .select((records) => records.fn.countAll<number>().as("n"))
        .$asScalar()
        .$notNull()
        .as("records"),
      project
        .selectFrom("jobs")
        .whereRef("jobs.project_id", "=", "projects.id")
        .where("jobs.deleted", "=", false)
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
