import { ok, type Problem, type Result } from "@countersign/core";
import { sql } from "kysely";
import { notifyErrands } from "../background/notice.ts";
import type { Engine } from "../engine.ts";
import { type ExportReference, findExport } from "./find.ts";

/** Has an export's file go now and not when its time is over. */
export async function remove(
  engine: Engine,
  input: ExportReference,
): Promise<Result<{ removed: number }, Problem<"project-not-found" | "export-not-found">>> {
  const found = await findExport(engine.db, input);
  if (!found.ok) return found;
  const { id } = found.value.row;
  await engine.db
    .updateTable("exports")
    .set({ state: "cancelled", expires_at: sql`now() - interval '1 second'` })
    .where("id", "=", id)
    .execute();
  await notifyErrands(engine.db);
  return ok({ removed: id });
}
