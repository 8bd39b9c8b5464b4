import { err, type Import, ok, type Problem, type Result } from "@countersign/core";
import type { Engine } from "../engine.ts";
import { findProject } from "../projects/index.ts";
import { selectImports, toImport } from "./select.ts";

/** Which import is meant. */
export interface ImportReference {
  readonly project: string;
  readonly import: number;
}

export type ImportNotFound = Problem<"project-not-found" | "import-not-found">;

/** Finds an import of a project. */
export async function get(
  engine: Engine,
  { project: name, import: id }: ImportReference,
): Promise<Result<Import, ImportNotFound>> {
  const project = await findProject(engine.db, name);
  if (!project.ok) return project;
  const row = await selectImports(engine.db)
    .where("project_id", "=", project.value.id)
    .where("id", "=", id)
    .executeTakeFirst();
  if (row) return ok(toImport(row));
  return err({
    type: "import-not-found",
    what: `The project “${name}” has no import ${id}.`,
    next: "What there is: countersign records imports",
  });
}
