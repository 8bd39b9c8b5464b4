import { createHash } from "node:crypto";
import { nestedIn, type ResolvedCondition, type Sort } from "@countersign/core";
import pg from "pg";
import type { Engine } from "../engine.ts";

/** A search by metadata that takes longer than this gets an index to go by the next time. */
const slowMs = 50;
/** A search of fewer records was slow for another reason. */
const fewRecords = 10_000;
/** Each index is written to by every import; more names than these are searched without. */
const mostIndexes = 8;

/** First key of the advisory lock under which one process at a time makes a project's indexes; the second is its id. */
const indexingLock = 0x5159;

/** What is being made by this process, or could not be: it is not tried again. */
const tried = new WeakMap<pg.Pool, Set<string>>();

/**
 * After a search by metadata that was slow, makes the indexes that it lacked, in the background; other searches and
 * imports go on meanwhile. Nothing is promised: where an index cannot be made, searches stay as they are.
 */
export function indexAfter(
  engine: Engine,
  projectId: number,
  sort: Sort,
  where: ResolvedCondition | undefined,
  tookMs: number,
): void {
  if (tookMs < slowMs) return;
  const names = new Set(where ? namesIn(where) : []);
  if (sort.by === "metadata") names.add(sort.name);
  if (names.size > 0)
    indexEach(engine, projectId, names).catch((error: unknown) =>
      engine.log.warn({ err: error, project: projectId }, "metadata could not be indexed"),
    );
}

async function indexEach(
  engine: Engine,
  projectId: number,
  names: Iterable<string>,
): Promise<void> {
  const some = await engine.db
    .selectFrom("records")
    .select("id")
    .where("project_id", "=", projectId)
    .limit(fewRecords)
    .execute();
  if (some.length < fewRecords) return;
  for (const name of names) await indexMetadata(engine, projectId, name);
}

const namesIn = (where: ResolvedCondition): string[] =>
  "metadata" in where ? Object.keys(where.metadata) : nestedIn(where).flatMap(namesIn);

/**
 * Makes the index that comparisons with one name of a project's metadata, and sorting by it, go by. It is the project's
 * alone and grows with its records. Returns whether it is there now.
 */
export async function indexMetadata(
  engine: Pick<Engine, "pool" | "log">,
  projectId: number,
  name: string,
): Promise<boolean> {
  const known = tried.get(engine.pool) ?? new Set();
  tried.set(engine.pool, known);
  const index = `${prefixOf(projectId)}${createHash("md5").update(name).digest("hex").slice(0, 12)}`;
  if (known.has(index)) return false;
  known.add(index);
  const client = await engine.pool.connect();
  try {
    const { rows } = await client.query<{ taken: boolean }>(
      "select pg_try_advisory_lock($1, $2::int) as taken",
      [indexingLock, projectId],
    );
    if (!rows[0]?.taken) {
      known.delete(index);
      return false;
    }
    try {
      return await make(client, index, projectId, name);
    } finally {
      await client.query("select pg_advisory_unlock($1, $2::int)", [indexingLock, projectId]);
    }
  } finally {
    client.release();
  }
}

async function make(
  client: pg.PoolClient,
  index: string,
  projectId: number,
  name: string,
): Promise<boolean> {
  const existing = await indexesOf(client, projectId);
  const same = existing.find((one) => one.name === index);
  if (same?.valid) return true;
  // One that a process died over is no index yet.
  if (same) await client.query(`drop index concurrently ${pg.escapeIdentifier(index)}`);
  else if (existing.length >= mostIndexes) return false;
  const identifier = pg.escapeIdentifier(index);
  const compared = `countersign_compared(metadata -> ${pg.escapeLiteral(name)}::text)`;
  await client.query(
    `create index concurrently ${identifier} on records (${compared}, id)
      where project_id = ${Number(projectId)}`,
  );
  // How the values are spread is not known from an index of some rows only: without it, rare ones would be looked for
  // among all records.
  await client.query(`create statistics if not exists ${identifier} on (${compared}) from records`);
  await client.query("analyze records");
  return true;
}

/** Drops the indexes of a project that is no more. */
export async function dropMetadataIndexes(engine: Engine, projectId: number): Promise<void> {
  const client = await engine.pool.connect();
  try {
    for (const { name } of await indexesOf(client, projectId)) {
      const identifier = pg.escapeIdentifier(name);
      await client.query(`drop statistics if exists ${identifier}`);
      await client.query(`drop index concurrently if exists ${identifier}`);
    }
  } finally {
    client.release();
  }
}

async function indexesOf(
  client: pg.PoolClient,
  projectId: number,
): Promise<{ name: string; valid: boolean }[]> {
  const { rows } = await client.query<{ name: string; valid: boolean }>(
    `select class.relname as name, index.indisvalid as valid
      from pg_index as index join pg_class as class on class.oid = index.indexrelid
      where index.indrelid = 'records'::regclass and starts_with(class.relname, $1)`,
    [prefixOf(projectId)],
  );
  return rows;
}

const prefixOf = (projectId: number): string => `records_metadata_${projectId}_`;
