import { err, ok, type Problem, type Result } from "@countersign/core";
import type { Kysely, Selectable } from "kysely";
import { findProject, type ProjectReference } from "../projects/index.ts";
import type { Database } from "../store/database.ts";
import { selectExports } from "./select.ts";

/** Which export is meant, as callers name it. */
export interface ExportReference {
  readonly project: string;
  readonly export: number;
}

/** Finds an export by its project's name and its number. */
export async function findExport(
  db: Kysely<Database>,
  { project: name, export: id }: ExportReference,
): Promise<
  Result<
    { readonly project: ProjectReference; readonly row: Selectable<Database["exports"]> },
    Problem<"project-not-found" | "export-not-found">
  >
> {
  const project = await findProject(db, name);
  if (!project.ok) return project;
  const row = Number.isSafeInteger(id)
    ? await selectExports(db, project.value.id).where("id", "=", id).executeTakeFirst()
    : undefined;
  return row ? ok({ project: project.value, row }) : err(exportNotFound(name, id));
}

export const exportNotFound = (project: string, id: number): Problem<"export-not-found"> => ({
  type: "export-not-found",
  what: `The project “${project}” has no export ${id}; files go after a week.`,
  next: `See those it has: countersign export list --project ${project}`,
});
