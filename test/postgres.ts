import { chmod, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { pino } from "pino";
import type { TestProject } from "vitest/node";
import { openStore } from "../packages/engine/src/store/connection.ts";
import { joinPostgres } from "../packages/engine/src/store/embedded/embedded.ts";
import { migrate } from "../packages/engine/src/store/migrate.ts";
import { given } from "./given.ts";

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
const silent = pino({ level: "silent" });

/** Runs one embedded Postgres for the whole test run, in a directory that is removed with it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await sweep();
  const directory = await mkdtemp(`${prefix}${process.pid}-`);
  // As root Postgres runs as nobody, who must be able to come this far.
  await chmod(directory, 0o755);
  const { target, leave } = given(await joinPostgres(dataIn(directory), silent));
  const { host, port, user } = target;
  if (host === undefined || port === undefined || user === undefined)
    throw new Error("the embedded Postgres has no address");

  const admin = new pg.Client(target);
  await admin.connect();
  await admin.query(`create database ${template}`);
  await admin.end();
  const store = openStore({ ...target, database: template }, () => undefined);
  given(await migrate(store.db, silent));
  await store.close();

  project.provide("postgres", { host, port, user, template });
  return async () => {
    await leave();
    await rm(directory, { recursive: true });
  };
}

const prefix = join(tmpdir(), "countersign-test-");
const dataIn = (directory: string): string => join(directory, "data");

/** Stops and removes what runs that were killed have left. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const directory = join(tmpdir(), name);
    const run =
      directory.startsWith(prefix) && /^\d+(?=-)/.exec(directory.slice(prefix.length))?.[0];
    if (!run || isAlive(Number(run))) continue;
    const left = await joinPostgres(dataIn(directory), silent);
    if (left.ok) await left.value.leave();
    await rm(directory, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
