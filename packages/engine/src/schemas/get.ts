import type { Problem, Result, SchemaVersion } from "@countersign/core";
import type { Engine } from "../engine.ts";
import { findProject } from "../projects/index.ts";
import { findSchema } from "./find.ts";

/** The newest schema version. */
export async function get(
  engine: Engine,
  { project: name }: { readonly project: string },
): Promise<Result<SchemaVersion, Problem<"project-not-found" | "schema-missing">>> {
  const project = await findProject(engine.db, name);
  return project.ok ? findSchema(engine.db, project.value) : project;
}
