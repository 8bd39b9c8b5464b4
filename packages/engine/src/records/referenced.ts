import { err, ok, type Problem, type RecordReference, type Result } from "@countersign/core";
import { type Kysely, sql } from "kysely";
import type { ProjectReference } from "../projects/index.ts";
import type { Database } from "../store/database.ts";
import { staying } from "./staying.ts";

/**
 * The ids of the records that are named, in the order of their naming.
 *
 * @param kept what is said to be unharmed where one of them is not there
 */
export async function referencedRecords(
  db: Kysely<Database>,
  project: ProjectReference,
  references: readonly RecordReference[],
  kept: string,
): Promise<Result<number[], Problem<"record-not-found">>> {
  const ids = references.filter((one) => typeof one === "number");
  const keys = references.filter((one) => typeof one === "string");
  const found = new Map<RecordReference, number>();
  if (ids.length > 0) {
    const { rows } = await sql<{ id: number }>`select id from records
      where project_id = ${project.id} and id = any(${ids.filter(Number.isSafeInteger)}::bigint[])
        and ${staying()}`.execute(db);
    for (const { id } of rows) found.set(id, id);
  }
  if (keys.length > 0) {
    const { rows } = await sql<{ id: number; key: string }>`select id, key from records
      where project_id = ${project.id} and key = any(${keys}::text[]) and ${staying()}`.execute(db);
    for (const { id, key } of rows) found.set(key, id);
  }
  const missing = references.filter((one) => !found.has(one));
  const [first] = missing;
  if (first !== undefined)
    return err({
      type: "record-not-found",
      what: `The project “${project.name}” has no record with the ${typeof first === "number" ? `id ${first}` : `key “${first}”`}${missing.length > 1 ? `, nor ${missing.length - 1} others that were named` : ""}.`,
      kept,
      next: "Find it by its key, or by what it says: countersign records search",
    });
  return ok(references.map((one) => found.get(one) ?? 0));
}
