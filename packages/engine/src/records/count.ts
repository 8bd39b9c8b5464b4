import type { Count } from "@countersign/core";
import { type Kysely, sql } from "kysely";
import pg from "pg";
import type { Database } from "../store/database.ts";
import { inProject, type Listing, matching } from "./page.ts";

type Counted = Pick<Listing, "projectId" | "where">;

/** A count that takes longer gives way to an estimate. */
const patienceMs = 250;
/** Records that an estimate tests. */
const sampled = 5000;

/** How many records a listing has, exactly. */
export async function countAll(db: Kysely<Database>, counted: Counted): Promise<Count> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from records
    where ${inProject(counted)} and ${matching(counted)}`.execute(db);
  return { n: rows[0]?.n ?? 0, exact: true };
}

/**
 * How many records a listing has: exactly where that is quick, else estimated from some of the project's records.
 *
 * @param db a transaction; its statements' time limit holds again afterwards
 * @param atLeast so many are known to match
 */
export async function countQuickly(
  db: Kysely<Database>,
  counted: Counted,
  atLeast: number,
  patience = patienceMs,
): Promise<Count> {
  try {
    await sql`savepoint counting`.execute(db);
    await sql`set local statement_timeout = ${sql.lit(patience)}`.execute(db);
    const count = await countAll(db, counted);
    // Taking back what was set brings the former limit back.
    await sql`rollback to savepoint counting`.execute(db);
    return count;
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || error.code !== cancelled) throw error;
    await sql`rollback to savepoint counting`.execute(db);
    return { n: Math.max(await estimate(db, counted), atLeast), exact: false };
  }
}

const cancelled = "57014";

/**
 * Tests some thousand records, of pages picked at random but the same each time, and takes their share for that of all.
 * Other projects' records lie in the same table; how many are the project's is known well enough from the sample.
 */
async function estimate(db: Kysely<Database>, counted: Counted): Promise<number> {
  const { rows } = await sql<{ matches: number; tested: number; all: number }>`
    with size as (
      select greatest(reltuples, 1) as n from pg_class where oid = 'records'::regclass
    ), drawn as (
      select ${matching(counted)} as matches from (
        select * from records tablesample system ((
          select least(100, 100.0 * ${sampled}::int / n) from size)) repeatable (1)
      ) as records
      where ${inProject(counted)}
      limit ${sampled}
    )
    select (select count(*) from drawn where matches)::int as matches,
      (select count(*) from drawn)::int as tested,
      (select count(*) from records where ${inProject(counted)})::int as all`.execute(db);
  const { matches = 0, tested = 0, all = 0 } = rows[0] ?? {};
  return tested === 0 ? 0 : Math.round((all * matches) / tested);
}
