import type { LabelValue } from "@countersign/core";
import { type Kysely, type RawBuilder, sql } from "kysely";
import type { ProjectReference } from "../projects/index.ts";
import { annotatorId } from "../records/index.ts";
import type { Database } from "../store/database.ts";

/** How often a job gave one value, null for none, where the truth is another. */
export interface Pair<Truth> {
  readonly truth: Truth;
  readonly predicted: LabelValue | null;
  readonly n: number;
}

/** A column with more different values than this holds no truth of a label. */
export const mostPairs = 10_000;

/** Characters of a cell that are read; a list of many options is not longer. */
const longestCell = 10_000;

/** Pairs by the cells of an imported column, empty ones passed over; one more than {@link mostPairs} at most. */
export const countByColumn = (
  db: Kysely<Database>,
  project: ProjectReference,
  job: number,
  label: string,
  column: string,
): Promise<Pair<string>[]> =>
  countPairs(
    db,
    sql`select items.record_id, left(records.source ->> ${column}, ${longestCell}) as truth
      from ${itemsOf(job)} join records on records.id = items.record_id
      where btrim(records.source ->> ${column}) <> ''`,
    project,
    job,
    label,
  );

/** Pairs by the gold labels. */
export const countByGoldLabel = (
  db: Kysely<Database>,
  project: ProjectReference,
  job: number,
  label: string,
): Promise<Pair<LabelValue>[]> =>
  countPairs(
    db,
    sql`select items.record_id, gold.value as truth
      from ${itemsOf(job)} join labels as gold on gold.record_id = items.record_id
        and gold.annotator_id = ${annotatorId(project.id, { gold: true })} and gold.name = ${label}`,
    project,
    job,
    label,
  );

const itemsOf = (job: number) => sql`(select record_id from job_items where job_id = ${job}) items`;

async function countPairs<Truth>(
  db: Kysely<Database>,
  truths: RawBuilder<unknown>,
  project: ProjectReference,
  job: number,
  label: string,
): Promise<Pair<Truth>[]> {
  const { rows } = await sql<Pair<Truth>>`
    select truths.truth, labels.value as predicted, count(*) as n
    from (${truths}) truths
    left join labels on labels.record_id = truths.record_id
      and labels.annotator_id = ${annotatorId(project.id, { job })} and labels.name = ${label}
    group by truths.truth, labels.value
    order by n desc, truths.truth, labels.value
    limit ${mostPairs + 1}`.execute(db);
  return rows;
}
