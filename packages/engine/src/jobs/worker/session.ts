import pg from "pg";
import { changeChannel } from "../notices.ts";

/** First key of the advisory lock that a worker holds; the second is its id. Any number that nobody else uses. */
export const livenessLock = 0x5157;

/** A worker's presence in the database. */
export interface Session {
  readonly worker: number;
  /** Settles when the connection is gone, and with it the worker's claims. */
  readonly lost: Promise<void>;
  close(): Promise<void>;
}

/**
 * Signs a worker on, and calls back whenever a job was made or changed its state. Its id is locked on a connection of its own for as long as it lives:
 * Postgres drops the lock when the connection ends, however the process ended, so that the work of one that was killed is
 * free for others at once. A lease that runs out would leave it lying for the lease's length, or be renewed all the time.
 */
export async function openSession(
  pool: pg.Pool,
  host: string,
  onChange: () => void,
): Promise<Session> {
  const client = new pg.Client(pool.options);
  const lost = Promise.withResolvers<void>();
  client.on("error", () => lost.resolve());
  client.on("end", () => lost.resolve());
  client.on("notification", onChange);
  try {
    await client.connect();
    // In one transaction, so that nobody sees the row before the lock is held, and takes the worker for dead.
    await client.query("begin");
    const { rows } = await client.query<{ id: number }>(
      "insert into workers (host, pid) values ($1, $2) returning id",
      [host, process.pid],
    );
    const worker = rows[0]?.id ?? 0;
    await client.query("select pg_advisory_lock($1, $2)", [livenessLock, worker]);
    await client.query("commit");
    await client.query(`listen ${changeChannel}`);
    const close = async () => {
      await client.query("delete from workers where id = $1", [worker]).catch(() => undefined);
      await client.end().catch(() => undefined);
    };
    return { worker, lost: lost.promise, close };
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
}
