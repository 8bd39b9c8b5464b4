import { err, ok, type Problem, type Result } from "@countersign/core";
import type { Logger } from "pino";
import { openStore, type Store } from "./store/connection.ts";
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

/** Opens the engine on a database, brought to this build's schema. The caller closes it. */
export async function openEngine(options: EngineOptions): Promise<Result<Engine, OpenProblem>> {
  const { database, environment, log } = options;
  const joined =
    "url" in database ? ok(external(database.url)) : await joinPostgres(database.dataDir, log);
  if (!joined.ok) return joined;

  const { target, leave } = joined.value;
  const store = openStore(target, (error) => log.warn({ err: error }, "database connection lost"));
  const close = async () => {
    await store.close();
    await leave();
  };
  const ready = await prepare(store, log);
  if (!ready.ok) {
    await close();
    return ready;
  }
  return ok({ ...store, close, environment, log });
}

/** A server that is not ours to start or stop. */
const external = (connectionString: string) => ({
  target: { connectionString },
  leave: async (): Promise<void> => undefined,
});

async function prepare(store: Store, log: Logger): Promise<Result<void, OpenProblem>> {
  try {
    await store.pool.query("select 1");
  } catch (error) {
    return err({
      type: "database-unreachable",
      what: `The database does not answer: ${wordsOf(error)}`,
      kept: "Nothing was changed.",
      next: "Check the address, that the server runs, and that it lets this account in.",
    });
  }
  return migrate(store.db, log);
}

/** A host with several addresses fails with one error for each, under an error without words. */
function wordsOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(wordsOf).join("; ");
  return error instanceof Error ? error.message : String(error);
}
