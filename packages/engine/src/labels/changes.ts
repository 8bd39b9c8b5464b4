import { type LabelChange, type LabelValue, standingVerdict } from "@countersign/core";
import { type Kysely, sql } from "kysely";
import type { Database } from "../store/database.ts";

/** People's own labels of records as their history, oldest first, as it is seen from outside. */
export const selectChanges = (db: Kysely<Database>) =>
  db
    .selectFrom("label_changes")
    .innerJoin("annotators", "annotators.id", "label_changes.annotator_id")
    .select([
      "label_changes.id",
      "label_changes.record_id as record",
      "label_changes.name",
      "label_changes.value",
      "annotators.name as by",
      "label_changes.schema_version as schemaVersion",
      "label_changes.at",
    ])
    .orderBy("label_changes.id");

/** All changes of records, oldest first. */
export const changesOf = (
  db: Kysely<Database>,
  records: readonly number[],
): Promise<LabelChange[]> =>
  selectChanges(db)
    .where("label_changes.record_id", "=", sql<number>`any(${records}::bigint[])`)
    .execute();

/** A change as it stands: it has a value. */
export type StandingChange = LabelChange & { readonly value: LabelValue };

/**
 * What stands of one person's changes of one label: the newest that was not taken back, as with verdicts.
 *
 * @param history oldest first
 */
export function standingChange(history: readonly LabelChange[]): StandingChange | undefined {
  const standing = standingVerdict(
    history.map((change) => ({
      change,
      verifier: change.by,
      verdict: change.value === null ? ("RETRACTS" as const) : ("CORRECTS" as const),
    })),
  )?.change;
  return standing && standing.value !== null ? { ...standing, value: standing.value } : undefined;
}
