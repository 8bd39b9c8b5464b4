import { err, ok, type Problem, type Result } from "@countersign/core";
import type { Logger } from "pino";
import { type ConnectionTarget, openStore, type Store } from "./store/connection.ts";
import { joinPostgres } from "./store/embedded/embedded.ts";
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

/** Opens the engine on a database brought to this build's schema. The caller closes it. */
export async function openEngine(options: EngineOptions): Promise<Result<Engine, OpenProblem>> {
  const { database, environment, log } = options;
  if ("url" in database)
    return open({ connectionString: database.url }, async () => undefined, environment, log);
  const joined = await joinPostgres(database.dataDir, log);
  if (!joined.ok) return joined;
  return open(joined.value.target, joined.value.leave, environment, log);
}

async function open(
  target: ConnectionTarget,
  leave: () => Promise<void>,
  environment: EngineOptions["environment"],
  log: Logger,
): Promise<Result<Engine, OpenProblem>> {
  const store = openStore(target, (error) => log.warn({ error }, "a database connection was lost"));
  const close = async () => {
    await store.close();
    await leave();
  };
  const reached = await store.pool.query("select 1").then(
    () => undefined,
    (error: Error) => error,
  );
  if (reached !== undefined) {
    await close();
    return err({
      type: "database-unreachable",
      what: `The database does not answer: ${reached.message}`,
      kept: "Nothing was changed.",
      next: "Check the address given with --database-url, and that the server runs and lets this account in.",
    });
  }
  const migrated = await migrate(store.db, log);
  if (!migrated.ok) {
    await close();
    return migrated;
  }
  return ok({ ...store, close, environment, log });
}
