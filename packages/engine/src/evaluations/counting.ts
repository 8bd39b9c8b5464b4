import type { LabelValue, OneAnnotator } from "@countersign/core";
import { type Kysely, type RawBuilder, sql } from "kysely";
import type { ProjectReference } from "../projects/index.ts";
import { annotatorId, staying } from "../records/index.ts";
import type { Database } from "../store/database.ts";

/** How often one value was given, null for none, where the truth is another. */
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
  of: OneAnnotator,
  label: string,
  column: string,
): Promise<Pair<string>[]> =>
  countPairs(
    db,
    sql`select items.record_id, left(records.source ->> ${column}, ${longestCell}) as truth
      from ${recordsOf(project, of)} join records on records.id = items.record_id
      where btrim(records.source ->> ${column}) <> ''`,
    project,
    of,
    label,
  );

/** Pairs by the labels of whoever is taken for the truth: gold, or a person. */
export const countByLabel = (
  db: Kysely<Database>,
  project: ProjectReference,
  of: OneAnnotator,
  label: string,
  truth: OneAnnotator,
): Promise<Pair<LabelValue>[]> =>
  countPairs(
    db,
    sql`select items.record_id, gold.value as truth
      from ${recordsOf(project, of)} join labels as gold on gold.record_id = items.record_id
        and gold.annotator_id = ${annotatorId(project.id, truth)} and gold.name = ${label}`,
    project,
    of,
    label,
  );

/** Records whose text is an example in the job's prompt: the model was told their answer. */
const exampleRecords = (project: ProjectReference, job: number) => sql`
  select records.id from jobs
  join agents on agents.project_id = jobs.project_id and agents.id = jobs.agent_id
  cross join jsonb_array_elements(agents.content #> '{prompt,examples}') as example
  join records on records.project_id = ${project.id}
    and md5(records.content) = md5(example ->> 'text')
  where jobs.id = ${job}`;

/** The records that labels are measured on: a job's, or those that a person or model has labelled at all. */
const recordsOf = (project: ProjectReference, of: OneAnnotator) =>
  "job" in of
    ? sql`(select record_id from job_items where job_id = ${of.job} and ${staying("job_items", "record_id")}
        and record_id not in (${exampleRecords(project, of.job)})) items`
    : sql`(select distinct record_id from labels where annotator_id = ${annotatorId(project.id, of)}
        and ${staying("labels", "record_id")}) items`;

/** How many of a job's records are left out because the prompt told their answer; nobody else is prompted. */
export async function countExamples(
  db: Kysely<Database>,
  project: ProjectReference,
  of: OneAnnotator,
): Promise<number> {
  if (!("job" in of)) return 0;
  const { job } = of;
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from job_items
    where job_id = ${job} and record_id in (${exampleRecords(project, job)})`.execute(db);
  return rows[0]?.n ?? 0;
}

/** A record's truth and label, null for none, with the record's text. */
export interface RecordPair {
  readonly record: number;
  readonly truth: LabelValue;
  readonly predicted: LabelValue | null;
  readonly content: string;
}

/** How many records are read at once. */
const pageSize = 500;

/** The next records whose truth is given, in order of their ids; empty cells are passed over. */
export async function pairsAfter(
  db: Kysely<Database>,
  {
    project,
    of,
    label,
    column,
    whose,
    after,
  }: {
    readonly project: ProjectReference;
    readonly of: OneAnnotator;
    readonly label: string;
    /** The labels of whoever is taken for the truth where it is left out. */
    readonly column: string | undefined;
    readonly whose: OneAnnotator;
    readonly after: number;
  },
): Promise<RecordPair[]> {
  const gold = annotatorId(project.id, whose);
  const truth =
    column === undefined
      ? sql`(select gold.value from labels gold where gold.record_id = records.id
          and gold.annotator_id = ${gold} and gold.name = ${label})`
      : sql`(case when btrim(records.source ->> ${column}) <> ''
          then to_jsonb(records.source ->> ${column}) end)`;
  const { rows } = await sql<RecordPair>`
    select page.id as record, page.truth, labels.value as predicted, page.content
    from (select records.id, records.content, ${truth} as truth
      from ${recordsOf(project, of)} join records on records.id = items.record_id
      where records.id > ${after} and ${truth} is not null
      order by records.id limit ${pageSize}) page
    left join labels on labels.record_id = page.id
      and labels.annotator_id = ${annotatorId(project.id, of)} and labels.name = ${label}
    order by page.id`.execute(db);
  return rows;
}

async function countPairs<Truth>(
  db: Kysely<Database>,
  truths: RawBuilder<unknown>,
  project: ProjectReference,
  of: OneAnnotator,
  label: string,
): Promise<Pair<Truth>[]> {
  const { rows } = await sql<Pair<Truth>>`
    select truths.truth, labels.value as predicted, count(*) as n
    from (${truths}) truths
    left join labels on labels.record_id = truths.record_id
      and labels.annotator_id = ${annotatorId(project.id, of)} and labels.name = ${label}
    group by truths.truth, labels.value
    order by n desc, truths.truth, labels.value
    limit ${mostPairs + 1}`.execute(db);
  return rows;
}
