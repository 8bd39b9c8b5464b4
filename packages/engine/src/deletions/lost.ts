import type { Lost, ResolvedCondition } from "@countersign/core";
import { type Kysely, type RawBuilder, sql } from "kysely";
import { matchingRecords } from "../records/condition.ts";
import type { Database } from "../store/database.ts";

/** What is to go. */
export type Subject =
  | { readonly what: "project" }
  | { readonly what: "job"; readonly job: number }
  | { readonly what: "records"; readonly where: ResolvedCondition };

/** Counts what goes with a project, a job, or the records that a condition holds for. */
export async function countLost(
  db: Kysely<Database>,
  projectId: number,
  subject: Subject,
): Promise<Lost> {
  if (subject.what === "records") {
    const chosen = matchingRecords(db, projectId, subject.where).clearOrderBy();
    return counted(db, {
      records: sql`(select count(*) from (${chosen}) as chosen)`,
      jobs: sql`0`,
      labels: sql`(select count(*) from labels where record_id in (${chosen}))`,
      verifications: sql`(select count(*) from verifications join labels on labels.id = label_id
        where labels.record_id in (${chosen}))`,
    });
  }
  if (subject.what === "job") {
    const annotator = sql`(select id from annotators where job_id = ${subject.job})`;
    return counted(db, {
      records: sql`0`,
      jobs: sql`1`,
      labels: sql`(select count(*) from labels where annotator_id = ${annotator})`,
      verifications: sql`(select count(*) from verifications join labels on labels.id = label_id
        where labels.annotator_id = ${annotator})`,
    });
  }
  return counted(db, {
    records: sql`(select count(*) from records where project_id = ${projectId})`,
    jobs: sql`(select count(*) from jobs where project_id = ${projectId} and not deleted)`,
    labels: sql`(select count(*) from labels where annotator_id in (
      select id from annotators where project_id = ${projectId} and not deleted))`,
    verifications: sql`(select count(*) from verifications where project_id = ${projectId})`,
  });
}

async function counted(
  db: Kysely<Database>,
  counts: Readonly<Record<keyof Lost, RawBuilder<unknown>>>,
): Promise<Lost> {
  const { rows } = await sql<Lost>`select ${counts.records} as records, ${counts.jobs} as jobs,
    ${counts.labels} as labels, ${counts.verifications} as verifications`.execute(db);
  const [lost] = rows;
  if (!lost) throw new Error("a statement without a table has a row");
  return lost;
}
