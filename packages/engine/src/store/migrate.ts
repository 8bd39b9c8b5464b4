import { readdir, readFile } from "node:fs/promises";
import { err, ok, type Problem, type Result } from "@countersign/core";
import { Kysely, PostgresDialect, sql } from "kysely";
import { Migrator } from "kysely/migration";
import type pg from "pg";
import type { Logger } from "pino";
import { backUp } from "./backup.ts";
import { ownTables, quoted } from "./own-tables.ts";

/** The migrations of this build: `.sql` files, run in order of their names. */
const migrationsFolder = new URL("./migrations/", import.meta.url);

/**
 * Brings a database to this build's schema, all of it or nothing; processes that do so at once take turns. Tables that
 * a migration names in its first line, `-- rewrites: labels, jobs`, are copied before it runs, if they hold anything.
 * A database that a newer build has migrated is left alone.
 */
export async function migrate<Tables>(
  db: Kysely<Tables>,
  log: Logger,
  folder: URL = migrationsFolder,
): Promise<Result<void, Problem<"database-newer" | "migration-failed">>> {
  const files = await readMigrations(folder);
  const unknown = (await migrationsDone(db)).filter((name) => !(name in files));
  if (unknown.length > 0)
    return err({
      type: "database-newer",
      what: `The database was last used by a newer version of Countersign: this one does not know its migration ${unknown.join(", ")}.`,
      kept: "The database was not touched.",
      next: "Use that version or a later one.",
    });

  const migrations = Object.fromEntries(
    Object.entries(files).map(([name, text]) => [name, { up: run(name, text, log) }]),
  );
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error, results = [] } = await migrator.migrateToLatest();
  if (error !== undefined)
    return err({
      type: "migration-failed",
      what: `The database could not be brought to this version's schema: ${error instanceof Error ? error.message : String(error)}`,
      kept: "The database is as it was.",
      next: "Check that this account may create tables and the extension pg_trgm in it.",
    });
  for (const { migrationName } of results) log.info({ migration: migrationName }, "migrated");
  return ok(undefined);
}

/** This build's migrations: name → SQL, in their order. */
export const migrationTexts = async (): Promise<Readonly<Record<string, string>>> => {
  const files = await readMigrations(migrationsFolder);
  return Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)));
};

/**
 * Fills a database of this build's schema with what was taken from one of an older schema: its tables are made anew as they
 * were then, filled, and brought to this schema like any other. Answers which migrations ran after the filling. All within
 * the transaction of the client.
 *
 * @param done the migrations that the rows have been through
 */
export async function migrateFrom(
  client: pg.PoolClient,
  done: readonly string[],
  log: Logger,
  fill: () => Promise<void>,
): Promise<readonly string[]> {
  const texts = Object.entries(await migrationTexts());
  const after = texts.filter(([name]) => !done.includes(name));
  if (after.length === 0) {
    await fill();
    return [];
  }
  await dropOwn(client);
  for (const [name, text] of texts) if (done.includes(name)) await client.query(text);
  await fill();
  const db = overClient(client);
  for (const [name, text] of after) await run(name, text, log)(db);
  return after.map(([name]) => name);
}

/** Drops what our migrations make. */
async function dropOwn(client: pg.PoolClient): Promise<void> {
  const tables = await ownTables(client);
  await client.query(`drop table ${tables.map(quoted).join(", ")} cascade`);
  const { rows } = await client.query<{ name: string }>(
    `select oid::regprocedure::text as name from pg_proc
     where pronamespace = current_schema()::regnamespace and proname like 'countersign\\_%'`,
  );
  for (const { name } of rows) await client.query(`drop function ${name} cascade`);
}

/** Typed SQL on one connection, within whatever transaction it is in. */
const overClient = (client: pg.PoolClient): Kysely<unknown> =>
  new Kysely({
    dialect: new PostgresDialect({
      pool: {
        connect: async () => ({ query: client.query.bind(client), release: () => undefined }),
        end: async () => undefined,
        options: {},
      },
    }),
  });

/** Name → SQL. */
async function readMigrations(folder: URL): Promise<Readonly<Record<string, string>>> {
  const files = (await readdir(folder)).filter((file) => file.endsWith(".sql"));
  const read = files.map(
    async (file): Promise<[string, string]> => [
      file.slice(0, -".sql".length),
      await readFile(new URL(file, folder), "utf8"),
    ],
  );
  return Object.fromEntries(await Promise.all(read));
}

async function migrationsDone<Tables>(db: Kysely<Tables>): Promise<string[]> {
  const table = await sql<{
    found: boolean;
  }>`select to_regclass('kysely_migration') is not null as found`.execute(db);
  if (!table.rows[0]?.found) return [];
  const done = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(
    db,
  );
  return done.rows.map((row) => row.name);
}

const run =
  (name: string, text: string, log: Logger) =>
  async (db: Kysely<unknown>): Promise<void> => {
    const rewritten = /^-- rewrites: (.+)/.exec(text)?.[1]?.split(",") ?? [];
    await backUp(
      db,
      name,
      rewritten.map((table) => table.trim()),
      log,
    );
    await sql.raw(text).execute(db);
  };
