import { readdir, readFile } from "node:fs/promises";
import { err, ok, type Problem, type Result } from "@countersign/core";
import { type Kysely, sql } from "kysely";
import { Migrator } from "kysely/migration";
import type { Logger } from "pino";
import { backUp } from "./backup.ts";

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
