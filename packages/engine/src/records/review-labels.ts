import type { Label } from "@countersign/core";
import { type Kysely, type RawBuilder, sql } from "kysely";
import { jsonArrayFrom } from "kysely/helpers/postgres";
import { type LabelRow, selectLabels, toLabel } from "../labels/select.ts";
import type { Database } from "../store/database.ts";

/**
 * The labels of the record in scope as `records`, in order of id, for the statement that reads the record to give them
 * too. Gold is left out: who reviews must not see the truth beforehand. {@link toLabels} reads them.
 */
export const reviewLabels = (db: Kysely<Database>): RawBuilder<LabelRow[]> =>
  jsonArrayFrom(
    selectLabels(db)
      .where("labels.record_id", "=", sql.ref<number>("records.id"))
      .where("annotators.kind", "<>", "gold")
      .orderBy("labels.id"),
  );

/** What {@link reviewLabels} gave. */
export const toLabels = (rows: readonly LabelRow[]): Label[] =>
  rows.map((row) =>
    toLabel({
      ...row,
      created_at: fromJson(row.created_at),
      verified_at: row.verified_at && fromJson(row.verified_at),
    }),
  );

/** JSON gives a moment as Postgres writes it. */
const fromJson = (moment: string): string => new Date(moment).toISOString();
