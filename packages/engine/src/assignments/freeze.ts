import { err, ok, type Problem, type ResolvedCondition, type Result } from "@countersign/core";
import { type Kysely, sql } from "kysely";
import { annotatorId, matchingRecords, searchFault } from "../records/index.ts";
import type { Database } from "../store/database.ts";
import type { Terms } from "./find.ts";

/** Choosing the records may take so long; a pattern that runs away takes longer. */
const longestSeconds = 60;

/**
 * Adds the records that a condition finds now and that are not in the assignment yet, in its order after those that are:
 * of an assignment to verify, those that have a label to be judged. Returns how many.
 */
export async function addRecords(
  db: Kysely<Database>,
  projectId: number,
  terms: Pick<Terms, "id" | "mode" | "label_names" | "job_id" | "overlap"> & {
    readonly item_order: "imported" | "random" | "least-confident";
  },
  {
    where,
    limit,
  }: { readonly where: ResolvedCondition | undefined; readonly limit: number | undefined },
): Promise<Result<number, Problem<"search-invalid">>> {
  const { id, mode, label_names: names, job_id: job, overlap, item_order: order } = terms;
  const [firstName = ""] = names;
  await sql`set local statement_timeout = ${sql.lit(longestSeconds * 1000)}`.execute(db);
  const annotator = job === null ? sql`null` : annotatorId(projectId, { job });
  const judged =
    mode === "verify"
      ? sql<boolean>`exists (select from labels where labels.record_id = records.id
          and labels.annotator_id = ${annotator} and labels.name = any(${names}::text[]))`
      : sql<boolean>`true`;
  const confidence = sql`(select labels.confidence from labels where labels.record_id = records.id
    and labels.annotator_id = ${annotator} and labels.name = ${firstName})`;
  const orders = {
    imported: sql`records.id`,
    random: sql`random()`,
    "least-confident": sql`${confidence} nulls last, records.id`,
  } as const;
  const chosen = matchingRecords(db, projectId, where)
    .where(judged)
    .where(
      sql<boolean>`not exists (select from assignment_items
        where assignment_items.record_id = records.id and assignment_items.assignment_id = ${id})`,
    )
    .clearOrderBy()
    .orderBy(sql`${orders[order]}`)
    .$if(limit !== undefined, (query) => query.limit(limit ?? 0));
  const adding = sql<{ added: number }>`
    with chosen as materialized (${chosen}),
    added as (
      insert into assignment_items (assignment_id, position, record_id, free)
      select ${id}, coalesce((select max(position) + 1 from assignment_items
          where assignment_id = ${id}), 0) + place::int - 1, record, ${overlap}
      from unnest(array(select id from chosen)) with ordinality as item (record, place)
      returning position
    )
    select count(*) as added from added`;
  let added = 0;
  try {
    added = (await adding.execute(db)).rows[0]?.added ?? 0;
  } catch (error) {
    const fault = searchFault(error, longestSeconds);
    if (!fault) throw error;
    return err({ ...fault, kept: "No record was assigned." });
  }
  await sql`update assignments set size = size + ${added}::int where id = ${id}`.execute(db);
  return ok(added);
}
