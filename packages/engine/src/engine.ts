import { ok, type Problem, type Result } from "@countersign/core";
import type { Logger } from "pino";
import { openStore, type Store } from "./store/connection.ts";
import { joinPostgres } from "./store/embedded/embedded.ts";
import { joinExternal } from "./store/external.ts";
import { migrate } from "./store/migrate.ts";

/**
 * What every use case works with; opened by {@link openEngine}. Use cases are called as
 * `projects.create(engine, actor, input)` and end in a `Result`.
 */
export interface Engine extends Store {
  readonly log: Logger;
  /** The server's environment: provider keys and addresses are read from here and go nowhere else. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** What an engine is opened with. */
export interface EngineOptions {
  /** The directory of an embedded Postgres, made on first use, or the address of any other Postgres. */
  readonly database: { readonly dataDir: string } | { readonly url: string };
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly log: Logger;
}

/** The ways in which an engine does not open. */
export type OpenProblem = Problem<
  | "data-directory-unusable"
  | "postgres-unavailable"
  | "database-unreachable"
  | "database-newer"
  | "migration-failed"
>;

/** Opens the engine on a database, brought to this build's schema. The caller closes it. */
export async function openEngine(options: EngineOptions): Promise<Result<Engine, OpenProblem>> {
  const { database, environment, log } = options;
  const server =
    "url" in database
      ? await joinExternal(database.url)
      : await joinPostgres(database.dataDir, log);
  if (!server.ok) return server;

  const { target, leave } = server.value;
  const store = openStore(target, (error) => log.warn({ err: error }, "database connection lost"));
  const close = async () => {
    await store.close();
    await leave();
  };
  const migrated = await migrate(store.db, log);
  if (migrated.ok) return ok({ ...store, close, environment, log });
  await close();
  return migrated;
}
