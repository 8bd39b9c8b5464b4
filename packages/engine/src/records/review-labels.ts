import type { Label } from "@countersign/core";
import { type Kysely, sql } from "kysely";
import { selectLabels, toLabel } from "../labels/select.ts";
import type { Database } from "../store/database.ts";

/**
 * The labels of records by record, in order of id. Gold is left out: who reviews must not see the truth beforehand.
 */
export async function reviewLabels(
  db: Kysely<Database>,
  records: readonly number[],
): Promise<Map<number, Label[]>> {
  const byRecord = new Map<number, Label[]>(records.map((record) => [record, []]));
  const rows = await selectLabels(db)
    .where("labels.record_id", "=", sql<number>`any(${records}::bigint[])`)
    .where("annotators.kind", "<>", "gold")
    .orderBy("labels.id")
    .execute();
  for (const row of rows) byRecord.get(row.record_id)?.push(toLabel(row));
  return byRecord;
}
