import { type Export, ok, type Problem, type Result } from "@countersign/core";
import type { Engine } from "../engine.ts";
import { findProject } from "../projects/index.ts";
import { selectExports, toExport } from "./select.ts";

/** A page of a project's exports, newest first. */
export async function list(
  engine: Engine,
  input: {
    readonly project: string;
    readonly limit: number;
    readonly after?: string | undefined;
  },
): Promise<Result<{ items: Export[]; next: string | null }, Problem<"project-not-found">>> {
  const project = await findProject(engine.db, input.project);
  if (!project.ok) return project;
  const before = Number(input.after);
  const rows = await selectExports(engine.db, project.value.id)
    .$if(Number.isSafeInteger(before) && input.after !== undefined, (query) =>
      query.where("id", "<", before),
    )
    .orderBy("id", "desc")
    .limit(input.limit + 1)
    .execute();
  const items = rows.slice(0, input.limit).map((row) => toExport(row, input.project));
  const last = items.at(-1);
  return ok({ items, next: rows.length > input.limit && last ? String(last.id) : null });
}
