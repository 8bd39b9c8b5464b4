import { type Export, ok, type Problem, type Result } from "@countersign/core";
import type { Engine } from "../engine.ts";
import { type ExportReference, findExport } from "./find.ts";
import { toExport } from "./select.ts";

/** One export and how far it is. */
export async function get(
  engine: Engine,
  input: ExportReference,
): Promise<Result<Export, Problem<"project-not-found" | "export-not-found">>> {
  const found = await findExport(engine.db, input);
  return found.ok ? ok(toExport(found.value.row, input.project)) : found;
}
