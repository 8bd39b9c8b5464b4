import { type Import, ok, type Problem, type Result } from "@countersign/core";
import type { Engine } from "../engine.ts";
import { findProject } from "../projects/index.ts";
import { selectImports, toImport } from "./select.ts";

/** A project's imports, newest first. */
export async function list(
  engine: Engine,
  {
    project: name,
    limit,
    after,
  }: { readonly project: string; readonly limit: number; readonly after?: string | undefined },
): Promise<Result<{ items: Import[]; next: string | null }, Problem<"project-not-found">>> {
  const project = await findProject(engine.db, name);
  if (!project.ok) return project;
  let query = selectImports(engine.db)
    .where("project_id", "=", project.value.id)
    .orderBy("id", "desc")
    .limit(limit + 1);
  const before = Number(after);
  if (after !== undefined && Number.isSafeInteger(before)) query = query.where("id", "<", before);
  const rows = await query.execute();
  const page = rows.slice(0, limit);
  const next = rows.length > limit ? String(page.at(-1)?.id) : null;
  return ok({ items: page.map(toImport), next });
}
