import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import type { Database } from "./database.ts";

/** Where a database is: a connection string, or the parts that the embedded server gives. */
export type ConnectionTarget = pg.PoolConfig;

/** A database server that we use. */
export interface DatabaseServer {
  readonly target: ConnectionTarget;
  /** Ends our part in it. To be called when our connections to it are closed. */
  leave(): Promise<void>;
}

/** A pool for COPY and LISTEN, and typed SQL over the same pool. */
export interface Store {
  readonly pool: pg.Pool;
  readonly db: Kysely<Database>;
  close(): Promise<void>;
}

const int8 = 20;
const timestamptz = 1184;

/** Ids and counts stay below 2^53, so int8 is read as a number; moments are read as ISO 8601 text. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => {
    if (oid === int8) return Number;
    if (oid === timestamptz) return (text: string) => new Date(text).toISOString();
    return pg.types.getTypeParser(oid, format);
  },
};

/** Opens a pool. Connects on first use; an unreachable database shows there. */
export function openStore(target: ConnectionTarget, onIdleError: (error: Error) => void): Store {
  const pool = new pg.Pool({ max: 10, application_name: "countersign", ...target, types });
  // A server that goes away while a connection idles is met by the next query; here it must only not crash the process.
  pool.on("error", onIdleError);
  // One that breaks within a transaction, between two statements, is met by the next statement.
  pool.on("connect", (client) => client.on("error", () => undefined));
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  return { pool, db, close: () => db.destroy() };
}
