import { sql } from "kysely";
import type pg from "pg";
import { claim } from "../background/claim.ts";
import type { Engine } from "../engine.ts";
import { companionOf, fewVectors, kindOf, literal } from "../records/vectors/companion.ts";
import { readNumbers } from "../records/vectors/numbers.ts";

/** First key of the advisory lock under which one process at a time fills a companion; the second is the vectors' id. */
const companionLock = 0x515c;
/** Vectors that are added in one transaction. */
const atOnce = 500;

/** Where the database has pgvector, gives many vectors of a name the companion by which they are searched. */
export const fillNextCompanion = (engine: Engine, stopping: AbortSignal): Promise<boolean> =>
  fillCompanions(engine, stopping, fewVectors);

/**
 * Makes companions of finished vectors, more than `few`, adds what they lack, and drops those whose vectors are gone.
 * Each batch is a transaction, so that it goes on where it was broken off. Answers whether it added anything.
 */
export async function fillCompanions(
  engine: Engine,
  stopping: AbortSignal,
  few: number,
): Promise<boolean> {
  if (!(await mayIndex(engine))) return false;
  await dropLeft(engine);
  const sets = await engine.db
    .selectFrom("embeddings")
    .select(["id", "project_id", "name", sql<string>`finished_at::text`.as("finished")])
    .where("state", "=", "done")
    .where("total", ">", few)
    .where(
      sql<boolean>`obj_description(to_regclass(${sql.lit(companionOf(""))} || id), 'pg_class')
        is distinct from finished_at::text`,
    )
    .orderBy("id")
    .execute();
  let any = false;
  for (const set of sets) {
    if (stopping.aborted) return false;
    const claimed = await claim(engine.pool, companionLock, set.id);
    if (!claimed) continue;
    try {
      if (!(await make(claimed.client, set))) continue;
      while (!stopping.aborted && (await add(claimed.client, set))) any = true;
      if (!stopping.aborted) await markWhole(claimed.client, set);
    } finally {
      await claimed.release().catch(() => undefined);
    }
  }
  return any;
}

/** Whether pgvector is there, or may be created by us. */
async function mayIndex({ db }: Engine): Promise<boolean> {
  const { rows } = await sql`
    select from pg_available_extension_versions where name = 'vector' and (installed
      or has_database_privilege(current_database(), 'create') and (trusted or not superuser
        or (select rolsuper from pg_roles where rolname = current_user))) limit 1`.execute(db);
  return rows.length > 0;
}

interface VectorSet {
  readonly id: number;
  readonly project_id: number;
  readonly name: string;
  /** When computing them ended, or they were imported. */
  readonly finished: string;
}

async function make(client: pg.Client, { id, project_id, name }: VectorSet): Promise<boolean> {
  const { rows } = await client.query<{ there: boolean; length: number }>(
    `select to_regclass($3) is not null as there, octet_length(numbers) / 4 as length
     from vectors where project_id = $1 and name = $2 limit 1`,
    [project_id, name, companionOf(id)],
  );
  const [first] = rows;
  const kind = first && kindOf(first.length);
  if (!kind) return false;
  if (first.there) return true;
  const operators = `${kind.replace(/\(.*/, "")}_cosine_ops`;
  // The key to vectors waits for who writes them, and others would wait behind it.
  await client.query(`begin; set local lock_timeout = '2s';
    create extension if not exists vector;
    create table ${companionOf(id)} (
      project_id bigint not null, name text not null, record_id bigint primary key,
      v ${kind} not null,
      foreign key (project_id, name, record_id) references vectors on delete cascade);
    create index on ${companionOf(id)} using hnsw (v ${operators});
    commit`);
  return true;
}

/** Adds some that it lacks. Vectors are held, so that none is replaced between being read and being added. */
async function add(client: pg.Client, { id, project_id, name }: VectorSet): Promise<boolean> {
  await client.query("begin");
  const { rows } = await client.query<{ record_id: string; numbers: Buffer }>(
    `select record_id, numbers from vectors where project_id = $1 and name = $2
       and not exists (select from ${companionOf(id)} as c where c.record_id = vectors.record_id)
     order by record_id limit ${atOnce} for key share skip locked`,
    [project_id, name],
  );
  await client.query(
    `insert into ${companionOf(id)} (project_id, name, record_id, v)
     select $1, $2, record_id, v::vector from unnest($3::bigint[], $4::text[]) as fresh (record_id, v)`,
    [
      project_id,
      name,
      rows.map(({ record_id }) => record_id),
      rows.map(({ numbers }) => literal(readNumbers(numbers))),
    ],
  );
  await client.query("commit");
  return rows.length > 0;
}

/** Notes that it lacks none of the vectors that were there then: until more are computed it is not looked at again. */
const markWhole = async (client: pg.Client, { id, finished }: VectorSet): Promise<void> => {
  await client.query(`comment on table ${companionOf(id)} is ${client.escapeLiteral(finished)}`);
};

async function dropLeft({ db }: Engine): Promise<void> {
  const { rows } = await sql<{ table: string }>`
    select relname as table from pg_class
    where relkind = 'r' and relnamespace = current_schema()::regnamespace
      and relname ~ '^countersign_vectors_[0-9]+$'
      and substring(relname from '[0-9]+$')::bigint not in (select id from embeddings)`.execute(db);
  for (const { table } of rows) await sql`drop table if exists ${sql.table(table)}`.execute(db);
}
