import { type Deletion, err, ok, type Problem, type Result } from "@countersign/core";
import type { Engine } from "../engine.ts";
import { toDeletion } from "./select.ts";

/** One deletion and how far it is. */
export async function get(
  { db }: Engine,
  { deletion: id }: { readonly deletion: number },
): Promise<Result<Deletion, Problem<"deletion-not-found">>> {
  const row = Number.isSafeInteger(id)
    ? await db.selectFrom("deletions").selectAll().where("id", "=", id).executeTakeFirst()
    : undefined;
  if (row) return ok(toDeletion(row));
  return err({
    type: "deletion-not-found",
    what: `There is no deletion ${id}; those that are done are forgotten after a day.`,
  });
}
