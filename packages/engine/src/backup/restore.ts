import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import {
  type BackupManifest,
  err,
  type JobPause,
  ok,
  type Problem,
  type RestoreReport,
  type Result,
} from "@countersign/core";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import type { Actor } from "../actor.ts";
import { notifyErrands } from "../background/notice.ts";
import type { Engine } from "../engine.ts";
import { migrateFrom, migrationTexts } from "../store/migrate.ts";
import { ownTables, quoted } from "../store/own-tables.ts";
import { inTransaction } from "../store/transaction.ts";
import { type Archive, openArchive } from "./archive.ts";
import { written } from "./tables.ts";

export type RestoreProblem = Problem<"backup-unreadable" | "database-not-empty" | "database-newer">;

/**
 * Brings a backup into a database that holds no project: all of it, or nothing. The file is read to its end first, so that
 * a torn or altered one changes nothing. One that an older version made is brought to this one's schema as a database is.
 * Tokens that are there stay good. Jobs that ran when it was made are paused, and embeddings cancelled: they would go on calling models.
 */
export async function restore(
  engine: Engine,
  actor: Actor,
  { body }: { readonly body: AsyncIterable<Uint8Array> },
): Promise<Result<RestoreReport, RestoreProblem>> {
  const folder = await mkdtemp(join(tmpdir(), "countersign-restore-"));
  try {
    const path = join(folder, "backup.zip");
    await pipeline(Readable.from(body), createWriteStream(path, { mode: 0o600 }));
    const archive = await openArchive(path);
    if (!archive.ok) return archive;
    const unknown = await unknownMigrations(archive.value.manifest);
    if (unknown.length > 0)
      return err({
        type: "database-newer",
        what: `The backup was made by a newer version, ${archive.value.manifest.countersign}: this one does not know its migration ${unknown.join(", ")}.`,
        kept: "Nothing was restored.",
        next: "Use that version or a later one.",
      });
    const report = await inTransaction(engine.pool, (client) =>
      bringBack(engine, client, archive.value),
    );
    if (!report.ok) return report;
    await engine.pool.query("analyze");
    await notifyErrands(engine.db);
    engine.log.info({ ...report.value, actor: actor.name }, "backup restored");
    return report;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function unknownMigrations({ migrations }: BackupManifest): Promise<string[]> {
  const known = await migrationTexts();
  return migrations.filter((name) => !(name in known));
}

async function bringBack(
  engine: Engine,
  client: pg.PoolClient,
  archive: Archive,
): Promise<Result<RestoreReport, RestoreProblem>> {
  const { manifest } = archive;
  // Nobody makes anything meanwhile.
  await client.query("lock table projects in exclusive mode");
  const { rows } = await client.query<{ name: string }>(
    "select name from projects order by name limit 3",
  );
  if (rows.length > 0)
    return err({
      type: "database-not-empty",
      what: `The database has projects already: ${rows.map(({ name }) => name).join(", ")}${rows.length === 3 ? ", …" : ""}.`,
      kept: "Nothing was restored, and nothing there was changed.",
      next: "Restore into an empty data directory or database, or delete the projects first.",
    });

  await keepAside(client);
  const migrated = await migrateFrom(client, manifest.migrations, engine.log, () =>
    fill(client, archive),
  );
  await putBack(client);
  await client.query("update job_shards set worker_id = null where not done");
  const pause: JobPause = {
    reason: "user",
    what: "The job was running when the backup was made that has been restored.",
    next: "Go on with it: countersign job resume ID",
  };
  const paused = await client.query<{ id: number }>(
    `update jobs set state = 'paused', pause = $1, running_since = null
     where state in ('preparing', 'running') returning id`,
    [JSON.stringify(pause)],
  );
  // They would go on calling models, too.
  await client.query(
    "update embeddings set state = 'cancelled', finished_at = now() where state in ('waiting', 'running')",
  );
  const count = (name: string) => manifest.tables.find((table) => table.name === name)?.rows ?? 0;
  return ok({
    madeBy: manifest.countersign,
    madeAt: manifest.createdAt,
    projects: count("projects"),
    records: count("records"),
    labels: count("labels"),
    rows: manifest.tables.reduce((sum, { rows }) => sum + rows, 0),
    migrated: [...migrated],
    pausedJobs: paused.rows.map(({ id }) => id).sort((a, b) => a - b),
  });
}

/** What stays as it is here: tokens, by which somebody may be asking just now, and the workers that live. */
const kept = ["tokens", "workers"] as const;

async function keepAside(client: pg.PoolClient): Promise<void> {
  for (const table of kept)
    await client.query(`create temporary table kept_${table} on commit drop as table ${table}`);
}

async function putBack(client: pg.PoolClient): Promise<void> {
  await client.query(
    `insert into tokens (name, hash, created_by, created_at, last_used_at)
     select name, hash, created_by, created_at, last_used_at from kept_tokens
     on conflict (hash) do nothing`,
  );
  await client.query(
    `insert into workers overriding system value select * from kept_workers on conflict do nothing`,
  );
  await client.query(
    `select setval(pg_get_serial_sequence('workers', 'id'), greatest(last_value, coalesce((select max(id) from workers), 1)))
     from pg_sequences where schemaname = current_schema() and sequencename = 'workers_id_seq' and last_value is not null`,
  );
}

/** Fills the tables, which are as they were when the backup was made. */
async function fill(client: pg.PoolClient, { manifest, contentOf }: Archive): Promise<void> {
  const tables = new Map(manifest.tables.map((table) => [table.name, table]));
  const names = await ownTables(client);
  const strange = [...tables.keys()].filter((name) => !names.includes(name));
  if (strange.length > 0) throw new Error(`no table for ${strange.join(", ")}`);
  // What is derived from our tables, as an index of vectors, is made anew.
  await client.query(`truncate ${names.map(quoted).join(", ")} cascade`);
  const indexes = await dropIndexes(client, names);
  for (const name of names) {
    const table = tables.get(name);
    if (!table) continue;
    await pipeline(
      Readable.from(contentOf(name)),
      client.query(copyFrom(`copy ${written(table)} from stdin`)),
    );
  }
  for (const index of indexes) await client.query(index);
  for (const { table, column, last } of manifest.sequences)
    if (last > 0)
      await client.query("select setval(pg_get_serial_sequence($1, $2), $3)", [
        quoted(table),
        column,
        last,
      ]);
}

/** Drops the indexes that no constraint needs, and answers how they are made: at once it takes a part of what row by row does. */
async function dropIndexes(
  client: pg.PoolClient,
  tables: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string; made: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as made
     from pg_index join pg_class on pg_class.oid = indrelid
     where relnamespace = current_schema()::regnamespace and relname = any($1::text[])
       and not exists (select from pg_constraint where conindid = indexrelid)
     order by 1`,
    [tables],
  );
  for (const { name } of rows) await client.query(`drop index ${name}`);
  return rows.map(({ made }) => made);
}
