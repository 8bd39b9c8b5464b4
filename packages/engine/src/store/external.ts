import { err, ok, type Problem, type Result } from "@countersign/core";
import pg from "pg";
import type { DatabaseServer } from "./connection.ts";

/** Milliseconds after which a server that says nothing counts as unreachable. */
const patience = 10_000;

/** Joins a Postgres that is not ours to start or stop, by its address. */
export async function joinExternal(
  connectionString: string,
): Promise<Result<DatabaseServer, Problem<"database-unreachable">>> {
  try {
    const client = new pg.Client({ connectionString, connectionTimeoutMillis: patience });
    await client.connect();
    await client.end();
  } catch (error) {
    return err({
      type: "database-unreachable",
      what: `The database does not answer: ${wordsOf(error)}`,
      kept: "Nothing was changed.",
      next: "Check the address, that the server runs, and that it lets this account in.",
    });
  }
  return ok({ target: { connectionString }, leave: async () => undefined });
}

/** A host with several addresses fails with an error for each, within an error without words. */
function wordsOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(wordsOf).join("; ");
  return error instanceof Error ? error.message : String(error);
}
