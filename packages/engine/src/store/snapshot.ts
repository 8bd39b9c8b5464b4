import { type Kysely, sql } from "kysely";
import type { Database } from "./database.ts";

/**
 * Runs reads over one moment's data, none of them longer than the limit. What it takes besides them is two round trips:
 * the transaction begins and the limit is set in one.
 */
export const inSnapshot = <Value>(
  db: Kysely<Database>,
  limitSeconds: number,
  work: (snapshot: Kysely<Database>) => Promise<Value>,
): Promise<Value> =>
  db.connection().execute(async (snapshot) => {
    await sql
      .raw(
        `begin isolation level repeatable read read only; set local statement_timeout = ${limitSeconds * 1000}`,
      )
      .execute(snapshot);
    try {
      const value = await work(snapshot);
      await sql`commit`.execute(snapshot);
      return value;
    } catch (error) {
      // Over a lost connection there is nothing to roll back; the error that lost it is the one to tell.
      await sql`rollback`.execute(snapshot).catch(() => undefined);
      throw error;
    }
  });
