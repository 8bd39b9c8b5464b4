import type { Result } from "@countersign/core";
import type pg from "pg";

/**
 * Runs one transaction on a connection of its own, for what Kysely has no words for, as COPY. It is kept where the work
 * ends well; where it ends in a problem, or throws, nothing of it is.
 */
export async function inTransaction<Value, Failure>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<Result<Value, Failure>>,
): Promise<Result<Value, Failure>> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    const result = await work(client);
    await client.query(result.ok ? "commit" : "rollback");
    client.release();
    return result;
  } catch (error) {
    // A connection in an unknown state, in the midst of a COPY perhaps, is not used again; closing it rolls back.
    client.release(true);
    throw error;
  }
}
