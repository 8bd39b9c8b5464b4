import type { Label } from "@countersign/core";
import type { InferResult, Kysely } from "kysely";
import type { Database } from "../store/database.ts";

/** Labels with whom they are from; {@link toLabel} makes of a row what is seen from outside. */
export const selectLabels = (db: Kysely<Database>) =>
  db
    .selectFrom("labels")
    .innerJoin("annotators", "annotators.id", "labels.annotator_id")
    .where("annotators.deleted", "=", false)
    .select([
      "labels.id",
      "labels.record_id",
      "labels.name",
      "labels.value",
      "labels.annotator_id",
      "annotators.kind",
      "annotators.name as annotator",
      "annotators.job_id",
      "labels.schema_version",
      "labels.confidence",
      "labels.confidence_method",
      "labels.metadata",
      "labels.created_at",
      "labels.status",
      "labels.verified_value",
      "labels.verified_by",
      "labels.verified_at",
    ]);

export type LabelRow = InferResult<ReturnType<typeof selectLabels>>[number];

export function toLabel(row: LabelRow): Label {
  const { verified_value: value, verified_by: by, verified_at: at } = row;
  return {
    id: row.id,
    name: row.name,
    value: row.value,
    annotator: {
      id: row.annotator_id,
      kind: row.kind,
      name: row.annotator,
      job: row.job_id,
    },
    schemaVersion: row.schema_version,
    confidence: row.confidence,
    confidenceMethod: row.confidence_method,
    metadata: row.metadata,
    createdAt: row.created_at,
    status: row.status,
    verified: value === null || by === null || at === null ? null : { value, by, at },
  };
}
