import { ok, type Problem, type ResolvedCondition, type Result } from "@countersign/core";
import { type Kysely, sql } from "kysely";
import type { Engine } from "../../engine.ts";
import type { ProjectReference } from "../../projects/index.ts";
import { matchingRecords, searching } from "../../records/index.ts";
import type { Database } from "../../store/database.ts";
import type { WaitingItem } from "../worker/shards.ts";

/** Records looked at. */
const size = 200;
/** The whole of the job's records is counted, which takes its time among millions; a pattern must not take for ever. */
const longestSeconds = 60;

interface Sample {
  readonly records: number;
  readonly sample: WaitingItem[];
}

/** How many records a job would have, and some of them: the same ones each time, and none likelier than another. */
export const sampleOf = (
  engine: Engine,
  project: ProjectReference,
  where: ResolvedCondition | undefined,
  limit: number | undefined,
): Promise<Result<Sample, Problem<"search-invalid">>> =>
  searching(
    engine,
    { project, where: undefined },
    async (snapshot) => ok(await draw(snapshot, project.id, where, limit)),
    longestSeconds,
  );

async function draw(
  db: Kysely<Database>,
  projectId: number,
  where: ResolvedCondition | undefined,
  limit: number | undefined,
): Promise<Sample> {
  const chosen = matchingRecords(db, projectId, where).$if(limit !== undefined, (query) =>
    query.orderBy("records.id").limit(limit ?? 0),
  );
  const { rows } = await sql<{ records: number; ids: number[] | null }>`
    with chosen as materialized (${chosen})
    select (select count(*) from chosen)::int as records,
      (select array_agg(id) from (
        select id from chosen order by md5(id::text) limit ${size}) as drawn) as ids`.execute(db);
  const { records = 0, ids } = rows[0] ?? {};
  const sample = await db
    .selectFrom("records")
    .select(["id as recordId", "content", "source", sql<number>`0`.as("position")])
    .where(sql<boolean>`id = any(${ids ?? []}::bigint[])`)
    .orderBy("id")
    .execute();
  return { records, sample };
}
