import { ok, type Problem, type Result, type SchemaVersion } from "@countersign/core";
import type { Engine } from "../engine.ts";
import { findProject } from "../projects/index.ts";
import { selectVersions } from "./select.ts";

/** All schema versions, newest first. */
export async function history(
  engine: Engine,
  { project: name }: { readonly project: string },
): Promise<Result<{ items: SchemaVersion[] }, Problem<"project-not-found">>> {
  const project = await findProject(engine.db, name);
  if (!project.ok) return project;
  return ok({ items: await selectVersions(engine.db, project.value.id).execute() });
}
