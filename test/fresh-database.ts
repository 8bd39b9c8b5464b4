import { randomUUID } from "node:crypto";
import { type Engine, openEngine } from "@countersign/engine";
import pg from "pg";
import { pino } from "pino";
import { inject } from "vitest";
import type {} from "./postgres.ts";

/** A database of a test's own, on the test run's Postgres. */
export interface FreshDatabase extends AsyncDisposable {
  readonly target: { readonly connectionString: string };
  readonly url: string;
  drop(): Promise<void>;
}

/** Makes a new migrated database, without rows, in some 30 ms. Dropping it cuts what is still connected to it. */
export const freshDatabase = (): Promise<FreshDatabase> => copyOf(inject("postgres").template);

/** Makes a new database without tables. */
export const emptyDatabase = (): Promise<FreshDatabase> => copyOf("template0");

async function copyOf(template: string): Promise<FreshDatabase> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await administer(`create database ${name} template ${template}`);
  const url = addressOf(name);
  const drop = () => administer(`drop database if exists ${name} with (force)`);
  return { target: { connectionString: url }, url, drop, [Symbol.asyncDispose]: drop };
}

/** An engine on a {@link freshDatabase}, silent, with an empty environment unless one is given. */
export async function freshEngine(
  environment: Engine["environment"] = {},
): Promise<Engine & AsyncDisposable> {
  const database = await freshDatabase();
  const log = pino({ level: "silent" });
  const opened = await openEngine({ database: { url: database.url }, environment, log });
  if (!opened.ok) throw new Error(opened.error.what);
  const engine = opened.value;
  const close = async () => {
    await engine.close();
    await database.drop();
  };
  return { ...engine, close, [Symbol.asyncDispose]: close };
}

function addressOf(database: string): string {
  const { host, port, user } = inject("postgres");
  return `postgresql://${user}@/${database}?host=${encodeURIComponent(host)}&port=${port}&sslmode=disable`;
}

async function administer(statement: string): Promise<void> {
  const client = new pg.Client(addressOf("postgres"));
  await client.connect();
  await client.query(statement);
  await client.end();
}
