import { chmod, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { pino } from "pino";
import type { TestProject } from "vitest/node";
import { openStore } from "../packages/engine/src/store/connection.ts";
import { joinPostgres } from "../packages/engine/src/store/embedded/embedded.ts";
import { migrate } from "../packages/engine/src/store/migrate.ts";

/** The test run's Postgres; `freshDatabase` copies its migrated template. */
export interface TestPostgres {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly template: string;
}

declare module "vitest" {
  interface ProvidedContext {
    postgres: TestPostgres;
  }
}

const template = "countersign_template";

/** Runs one embedded Postgres for the whole test run, in a directory that is removed with it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp("/tmp/countersign-test-");
  // As root Postgres runs as nobody, who must be able to come this far.
  await chmod(directory, 0o755);
  const silent = pino({ level: "silent" });
  const joined = await joinPostgres(join(directory, "data"), silent);
  if (!joined.ok) throw new Error(joined.error.what);
  const { target, leave } = joined.value;
  const { host, port, user } = target;
  if (host === undefined || port === undefined || user === undefined)
    throw new Error("the embedded Postgres has no address");

  const admin = new pg.Client(target);
  await admin.connect();
  await admin.query(`create database ${template}`);
  await admin.end();
  const store = openStore({ ...target, database: template }, () => undefined);
  const migrated = await migrate(store.db, silent);
  await store.close();
  if (!migrated.ok) throw new Error(migrated.error.what);

  project.provide("postgres", { host, port, user, template });
  return async () => {
    await leave();
    await rm(directory, { recursive: true });
  };
}
