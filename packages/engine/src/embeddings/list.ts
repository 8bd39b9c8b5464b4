import { type Embedding, ok, type Problem, type Result } from "@countersign/core";
import type { Engine } from "../engine.ts";
import { findProject } from "../projects/index.ts";
import { selectEmbeddings } from "./find.ts";
import { toEmbedding } from "./select.ts";

/** All vectors of a project, imported and computed, in order of their names: a project has few. */
export async function list(
  engine: Engine,
  input: { readonly project: string },
): Promise<Result<{ items: Embedding[] }, Problem<"project-not-found">>> {
  const project = await findProject(engine.db, input.project);
  if (!project.ok) return project;
  const rows = await selectEmbeddings(engine.db, project.value.id).orderBy("name").execute();
  return ok({ items: rows.map(toEmbedding) });
}
