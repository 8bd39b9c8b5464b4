import { type Export, ok, type Problem, type Result } from "@countersign/core";
import { sql } from "kysely";
import type { Actor } from "../actor.ts";
import type { Engine } from "../engine.ts";
import { keptUntil } from "./expire.ts";
import { type ExportReference, findExport } from "./find.ts";
import { toExport } from "./select.ts";

/** Stops an export that is not finished; one that is stays as it is. What was written of it goes. */
export async function cancel(
  engine: Engine,
  actor: Actor,
  input: ExportReference,
): Promise<Result<Export, Problem<"project-not-found" | "export-not-found">>> {
  const found = await findExport(engine.db, input);
  if (!found.ok) return found;
  await engine.db
    .updateTable("exports")
    .set({ state: "cancelled", finished_at: sql`now()`, bytes: 0, expires_at: keptUntil })
    .where("id", "=", found.value.row.id)
    .where("state", "in", ["waiting", "running"])
    .execute();
  engine.log.info({ export: input.export, actor: actor.name }, "export cancelled");
  const now = await findExport(engine.db, input);
  return now.ok ? ok(toExport(now.value.row, input.project)) : now;
}
