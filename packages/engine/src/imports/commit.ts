import {
  type ColumnMapping,
  err,
  type FileReading,
  type ImportReport,
  type ImportRules,
  type Problem,
  type Result,
} from "@countersign/core";
import type { Actor } from "../actor.ts";
import type { Engine } from "../engine.ts";
import { importFile } from "../records/index.ts";
import { bytesOf } from "./bytes.ts";
import { get, type ImportNotFound, type ImportReference } from "./find.ts";

export interface Commit extends ImportReference {
  readonly reading: FileReading;
  readonly mapping: ColumnMapping;
  readonly rules: ImportRules;
}

/**
 * Imports a file that has come whole. It goes on when whoever asked is gone; what came of it stands with the import. A file
 * that was refused is kept, so that it can be read in another way.
 */
export async function commit(
  engine: Engine,
  actor: Actor,
  { reading, mapping, rules, ...reference }: Commit,
): Promise<
  Result<
    ImportReport,
    ImportNotFound | Problem<"import-incomplete" | "schema-missing" | "import-rejected">
  >
> {
  const found = await get(engine, reference);
  if (!found.ok) return found;
  const { name, state, size, received } = found.value;
  if (state === "receiving")
    return err({
      type: "import-incomplete",
      what: `Of “${name}” ${received} of ${size ?? "unknown"} bytes are here.`,
      kept: "They are kept for a week.",
      next: `Send the rest, from byte ${received} on.`,
    });
  if (state === "imported" || size === null)
    return err({
      type: "import-incomplete",
      what: `“${name}” has been ${state === "imported" ? "imported" : "refused"} already, and its bytes are gone.`,
      next: "Send the file again to import it again.",
    });
  return importFile(engine, actor, {
    project: reference.project,
    name,
    reading,
    mapping,
    rules,
    body: bytesOf(engine, reference.import),
    importId: reference.import,
  });
}
