import {
  type AnnotatorKind,
  type AnnotatorReference,
  type Condition,
  type CountedPair,
  type Disagreement,
  err,
  measurePair,
  ok,
  type Problem,
  type ResolvedCondition,
  type Result,
} from "@countersign/core";
import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Engine } from "../engine.ts";
import { findProject } from "../projects/index.ts";
import { isFrom, matching, searching } from "../records/index.ts";
import type { Database } from "../store/database.ts";

export interface DisagreementInput {
  readonly project: string;
  /** The label's name. */
  readonly label: string;
  /** Between whom; anybody but gold if left out. */
  readonly among?: readonly AnnotatorReference[] | undefined;
  /** On which records; all if left out. */
  readonly where?: Condition | undefined;
}

/** More annotators than this are no matrix to be read. */
const mostAnnotators = 50;
/** Millions of labels are joined, which takes its time. */
const longestSeconds = 60;

type Refused = Problem<"compare-not-possible">;

/** Who disagrees with whom on a label: every two annotators, on the records that both have labelled. */
export async function disagreement(
  engine: Engine,
  { project: name, label, among, where }: DisagreementInput,
): Promise<Result<Disagreement, Problem<"project-not-found" | "search-invalid"> | Refused>> {
  const project = await findProject(engine.db, name);
  if (!project.ok) return project;
  const projectId = project.value.id;
  const found = await searching(
    engine,
    { project: project.value, where },
    async (db, resolved) => {
      const labels = labelsOf(projectId, label, among, resolved);
      const annotators = await countLabels(db, labels);
      const few = annotators.length <= mostAnnotators;
      return ok({ annotators, pairs: few ? await countPairs(db, labels) : [] });
    },
    longestSeconds,
  );
  if (!found.ok) return found;
  const { annotators, pairs } = found.value;
  if (annotators.length > mostAnnotators)
    return err({
      type: "compare-not-possible",
      what: `${annotators.length} annotators or more gave the label “${label}”; at most ${mostAnnotators} are compared at once.`,
      next: "Name those that are to be compared.",
    });
  if (annotators.length < 2)
    return err({
      type: "compare-not-possible",
      what: `Fewer than two of these annotators gave a label “${label}”.`,
      next: "Name others, or another label.",
    });
  return ok({ label, annotators, pairs: pairs.map(measurePair) });
}

/** The labels that are compared: record, annotator and value. */
function labelsOf(
  projectId: number,
  label: string,
  among: readonly AnnotatorReference[] | undefined,
  where: ResolvedCondition | undefined,
): RawBuilder<unknown> {
  const meant = among
    ? sql`(${sql.join(
        among.map((by) => isFrom(sql`annotators.id`, projectId, by)),
        sql` or `,
      )})`
    : isFrom(sql`annotators.id`, projectId, undefined);
  const chosen = where
    ? sql`and labels.record_id in (select records.id from records
        where records.project_id = ${projectId} and ${matching({ projectId, where })})`
    : sql``;
  return sql`select labels.record_id, labels.annotator_id, labels.value from labels
    where labels.name = ${label} ${chosen} and labels.annotator_id = any(array(
      select annotators.id from annotators where annotators.project_id = ${projectId} and ${meant}))`;
}

async function countLabels(
  db: Kysely<Database>,
  labels: RawBuilder<unknown>,
): Promise<Disagreement["annotators"]> {
  const { rows } = await sql<{
    id: number;
    kind: AnnotatorKind;
    name: string;
    job: number | null;
    labels: number;
  }>`select annotators.id, kind, annotators.name, job_id as job, counted.n as labels
    from (select annotator_id, count(*)::int as n from (${labels}) as labels group by 1) as counted
    join annotators on annotators.id = counted.annotator_id
    order by annotators.id limit ${mostAnnotators + 1}`.execute(db);
  return rows;
}

async function countPairs(
  db: Kysely<Database>,
  labels: RawBuilder<unknown>,
): Promise<CountedPair[]> {
  const { rows } = await sql<CountedPair>`
    with labels as materialized (${labels}),
    cells as materialized (
      select a.annotator_id as one, b.annotator_id as other, a.value as said, b.value as other_said,
        count(*) as n
      from labels as a join labels as b on b.record_id = a.record_id and b.annotator_id > a.annotator_id
      group by 1, 2, 3, 4
    ),
    products as (
      select one, other, sum(a.n * b.n) as n
      from (select one, other, said, sum(n) as n from cells group by 1, 2, 3) as a
      join (select one, other, other_said as said, sum(n) as n from cells group by 1, 2, 3) as b
        using (one, other, said)
      group by 1, 2
    )
    select cells.one, cells.other, sum(cells.n)::int as compared,
      coalesce(sum(cells.n) filter (where said = other_said), 0)::int as agreeing,
      coalesce(max(products.n), 0)::double precision as products
    from cells left join products using (one, other)
    group by 1, 2 order by 1, 2`.execute(db);
  return rows;
}
