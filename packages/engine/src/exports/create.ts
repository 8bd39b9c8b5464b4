import { type Export, ok, type Result } from "@countersign/core";
import type { Actor } from "../actor.ts";
import { notifyErrands } from "../background/notice.ts";
import type { Engine } from "../engine.ts";
import { type ExportInput, type ExportProblem, prepareExport } from "../records/index.ts";
import { toExport } from "./select.ts";

/** Has a file of records written in the background. What cannot be exported so is told at once. */
export async function create(
  engine: Engine,
  actor: Actor,
  { project, ...options }: ExportInput,
): Promise<Result<Export, ExportProblem>> {
  const prepared = await prepareExport(engine, { project, ...options });
  if (!prepared.ok) return prepared;
  const { projectId, filename, media } = prepared.value;
  const row = await engine.db
    .insertInto("exports")
    .values({
      project_id: projectId,
      options: JSON.stringify(options),
      filename,
      media,
      state: "waiting",
      created_by: actor.name,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  await notifyErrands(engine.db);
  return ok(toExport(row, project));
}
