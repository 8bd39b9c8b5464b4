import { err, ok, type Problem, type Result } from "@countersign/core";
import { type Kysely, sql } from "kysely";
import type { Database } from "../store/database.ts";
import { deletedName } from "./select.ts";

/** A project as the other nouns need it: the id its rows carry, and its name. */
export interface ProjectReference {
  readonly id: number;
  readonly name: string;
  /** Whether records of it are being deleted, which are still there and must not be seen. */
  readonly deleting: boolean;
}

/** Finds a project by its name. Where there is none, the problem names those whose names are like it. */
export async function findProject(
  db: Kysely<Database>,
  name: string,
): Promise<Result<ProjectReference, Problem<"project-not-found">>> {
  const project = await db
    .selectFrom("projects")
    .select([
      "id",
      "name",
      sql<boolean>`exists (select from deletions where deletions.project_id = projects.id
        and what = 'records' and deletions.finished_at is null)`.as("deleting"),
    ])
    .where("name", "=", name)
    .executeTakeFirst();
  return project === undefined ? err(await notFound(db, name)) : ok(project);
}

/** Says that there is no such project, and which one may have been meant. */
export async function notFound(
  db: Kysely<Database>,
  name: string,
): Promise<Problem<"project-not-found">> {
  const alike = await db
    .selectFrom("projects")
    .select("name")
    .where("name", "not like", `${deletedName}%`)
    .where(sql<number>`similarity(name, ${name})`, ">=", 0.3)
    .orderBy(sql`similarity(name, ${name})`, "desc")
    .orderBy("name")
    .limit(3)
    .execute();
  const names = alike.map((project) => `“${project.name}”`).join(", ");
  return {
    type: "project-not-found",
    what: `There is no project named “${name}”.`,
    next: `${names && `Did you mean ${names}? `}Create it with: countersign project create ${name}`,
  };
}
