import type { EmbeddingFault } from "@countersign/core";
import { type Kysely, type Selectable, sql } from "kysely";
import type pg from "pg";
import { claim } from "../background/claim.ts";
import type { Engine } from "../engine.ts";
import { connectionOf } from "../llm/connection.ts";
import { embedder } from "../llm/embedding-model.ts";
import { pricingOf } from "../llm/prices.ts";
import { findProject } from "../projects/index.ts";
import { checkCondition, matchingRecords } from "../records/index.ts";
import type { Database } from "../store/database.ts";
import type { Wanted } from "./batches.ts";
import { Run } from "./run.ts";
import { copyEqual } from "./storing.ts";

/** First key of the advisory lock under which one process at a time computes a name's vectors; the second is their id. */
const embeddingLock = 0x515b;

/** Records whose texts are in memory at once. */
const pageSize = 1000;
/** How often it is looked whether somebody cancelled, in milliseconds. */
const lookEvery = 500;

type Row = Selectable<Database["embeddings"]> & { readonly project: string };

/**
 * Computes vectors that wait, or that a process left which is no more. What is missing is found by what is stored, so
 * that nothing stored is paid for again, and at most the calls that were under way twice.
 */
export async function computeNextEmbeddings(
  engine: Engine,
  stopping: AbortSignal,
): Promise<boolean> {
  const open = await engine.db
    .selectFrom("embeddings")
    .innerJoin("projects", "projects.id", "embeddings.project_id")
    .selectAll("embeddings")
    .select("projects.name as project")
    .where("state", "in", ["waiting", "running"])
    .orderBy("embeddings.id")
    .limit(100)
    .execute();
  for (const row of open) {
    const claimed = await claim(engine.pool, embeddingLock, row.id);
    if (!claimed) continue;
    try {
      await compute(engine, claimed.client, row, stopping);
      return true;
    } finally {
      await claimed.release().catch(() => undefined);
    }
  }
  return false;
}

async function compute(
  engine: Engine,
  client: pg.Client,
  row: Row,
  stopping: AbortSignal,
): Promise<void> {
  const { id, project_id: projectId, name, model, dimensions, condition } = row;
  if (model === null) return;
  const project = await findProject(engine.db, row.project);
  // Deleted meanwhile: its vectors go with it.
  if (!project.ok) return;
  const checked = await checkCondition(engine, project.value, condition ?? undefined);
  if (!checked.ok) {
    const { what, next = "" } = checked.error;
    return finish(engine, client, id, { what, next });
  }
  const chosen = matchingRecords(engine.db, projectId, checked.value);
  // Between the look and the claim another process may have finished it.
  const { rows } = await sql`update embeddings set state = 'running',
      total = (select count(*) from (${chosen.clearOrderBy()}) as chosen)
    where id = ${id} and state in ('waiting', 'running') returning id`.execute(engine.db);
  if (rows.length === 0) return;
  const pricing = pricingOf(connectionOf(model, engine.environment));
  const maker = embedder(model, dimensions, engine.environment);
  const run = new Run(client, { id, projectId, name }, maker, pricing, stopping);
  const timer = setInterval(() => {
    isRunning(engine.db, id)
      .then((goesOn) => goesOn || run.end())
      .catch(() => run.end());
  }, lookEvery);
  try {
    // A record that was being changed when its vector came is found by the next pass.
    while (await pass(client, run, chosen));
  } finally {
    clearInterval(timer);
    run.end();
  }
  if (stopping.aborted) return;
  await finish(engine, client, id, run.fault);
}

type Chosen = ReturnType<typeof matchingRecords>;

/** Goes through the records that have no vector, in order of id. Answers whether some that got an answer still have none. */
async function pass(client: pg.Client, run: Run, chosen: Chosen): Promise<boolean> {
  let last = 0;
  let stored = 0;
  let passedOver = 0;
  while (!run.isOver) {
    const ids = await missing(run, chosen, last);
    if (ids.length === 0) break;
    await copyEqual(client, run.place, ids);
    const wanted = await textsWanted(client, run, ids);
    const records = wanted.reduce((sum, one) => sum + one.records.length, 0);
    const done = await run.embed(wanted);
    stored += done;
    passedOver += records - done;
    last = ids.at(-1) ?? last;
  }
  return !run.isOver && stored > 0 && passedOver > 0;
}

async function missing(
  { place: { id, projectId, name } }: Run,
  chosen: Chosen,
  last: number,
): Promise<number[]> {
  const rows = await chosen
    .where("records.id", ">", last)
    .where(
      sql<boolean>`not exists (select from vectors where vectors.project_id = ${projectId}
        and vectors.name = ${name} and vectors.record_id = records.id)`,
    )
    .where(
      sql<boolean>`not exists (select from embedding_refusals
        where embedding_id = ${id} and record_id = records.id)`,
    )
    .limit(pageSize)
    .execute();
  return rows.map((row) => row.id);
}

/** The texts of records that have no vector, each once. */
async function textsWanted(
  client: pg.Client,
  { place: { projectId, name } }: Run,
  ids: readonly number[],
): Promise<Wanted[]> {
  const { rows } = await client.query<{ digest: Buffer; text: string; records: string[] }>(
    `select sha256(convert_to(content, 'UTF8')) as digest, min(content) as text,
       array_agg(id::text order by id) as records
     from records where id = any($3::bigint[]) and not exists (
       select from vectors where project_id = $1 and name = $2 and record_id = records.id)
     group by 1 order by min(id)`,
    [projectId, name, ids],
  );
  return rows.map((row) => ({ ...row, records: row.records.map(Number) }));
}

async function isRunning(db: Kysely<Database>, id: number): Promise<boolean> {
  const row = await db
    .selectFrom("embeddings")
    .select("state")
    .where("id", "=", id)
    .executeTakeFirst();
  return row?.state === "running";
}

async function finish(
  engine: Engine,
  client: pg.Client,
  id: number,
  fault: EmbeddingFault | undefined,
): Promise<void> {
  await client.query(
    `update embeddings set state = $2, problem = $3, finished_at = now()
     where id = $1 and state in ('waiting', 'running')`,
    [id, fault ? "failed" : "done", fault ? JSON.stringify(fault) : null],
  );
  engine.log.info({ embedding: id, ...fault }, fault ? "embedding failed" : "embedding done");
}
