import { readdir, readFile } from "node:fs/promises";
import { err, ok, type Problem, type Result } from "@countersign/core";
import { type Kysely, sql } from "kysely";
import { type Migration, type MigrationProvider, Migrator } from "kysely/migration";
import type { Logger } from "pino";

/** The migrations of this build: `.sql` files, run in order of their names. */
export const migrationsFolder = new URL("./migrations/", import.meta.url);

/**
 * Brings a database to this build's schema, all or nothing; processes that do so at once take turns. Tables that a
 * migration names in its first line, `-- rewrites: labels, jobs`, are copied to the schema
 * `countersign_backup_<migration>` before it runs, where they hold anything.
 */
export async function migrate<Tables>(
  db: Kysely<Tables>,
  log: Logger,
  folder: URL = migrationsFolder,
): Promise<Result<void, Problem<"database-newer" | "migration-failed">>> {
  const provider: MigrationProvider = { getMigrations: () => readMigrations(folder) };
  const migrator = new Migrator({ db, provider });
  const { error, results } = await migrator.migrateToLatest();
  for (const { migrationName, status } of results ?? [])
    if (status === "Success") log.info({ migration: migrationName }, "database migrated");
  if (error === undefined) return ok(undefined);
  return err({
    type: "migration-failed",
    what: `The database could not be brought to this version's schema: ${error instanceof Error ? error.message : String(error)}`,
    kept: "The database is as it was.",
  });
}

async function readMigrations(folder: URL): Promise<Record<string, Migration>> {
  const files = (await readdir(folder)).filter((file) => file.endsWith(".sql"));
  const migrations: Record<string, Migration> = {};
  for (const file of files) {
    const name = file.slice(0, -".sql".length);
    const text = await readFile(new URL(file, folder), "utf8");
    migrations[name] = { up: (db) => run(db, text) };
  }
  return migrations;
}

async function run(db: Kysely<unknown>, text: string): Promise<void> {
  await sql.raw(text).execute(db);
}
