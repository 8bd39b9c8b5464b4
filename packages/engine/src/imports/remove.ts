import { err, ok, type Problem, type Result } from "@countersign/core";
import type { Engine } from "../engine.ts";
import { get, type ImportNotFound, type ImportReference } from "./find.ts";

/** Gives an import up: its bytes, its report and its rejections are gone. Records that it brought stay. */
export async function remove(
  engine: Engine,
  reference: ImportReference,
): Promise<Result<{ id: number }, ImportNotFound | Problem<"import-incomplete">>> {
  const found = await get(engine, reference);
  if (!found.ok) return found;
  if (found.value.state === "importing")
    return err({
      type: "import-incomplete",
      what: `“${found.value.name}” is being imported.`,
      next: "Wait until it is done.",
    });
  await engine.db.deleteFrom("imports").where("id", "=", found.value.id).execute();
  return ok({ id: found.value.id });
}
