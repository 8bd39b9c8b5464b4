import { type Kysely, sql } from "kysely";
import pg from "pg";
import type { Database } from "../store/database.ts";

/**
 * The channels on which every process at the database is told of jobs; the payload is the job's id. Workers listen only
 * to the first: progress is told many times a second, and is nothing to act on.
 */
export const changeChannel = "countersign_job_change";
const progressChannel = "countersign_job_progress";

/** Tells every process that a job was made or changed its state. Within a transaction: when it commits. */
export async function notifyChange(db: Kysely<Database>, job: number): Promise<void> {
  await sql`select pg_notify(${changeChannel}, ${String(job)})`.execute(db);
}

/** Tells those who watch a job that it went on. */
export async function notifyProgress(db: Kysely<Database>, job: number): Promise<void> {
  await sql`select pg_notify(${progressChannel}, ${String(job)})`.execute(db);
}

interface Hub {
  readonly listeners: Map<number, Set<() => void>>;
  readonly client: pg.Client;
}

// One listening connection a pool, however many watch: a page open in a hundred browsers must not take a hundred.
const hubs = new WeakMap<pg.Pool, Hub>();

/**
 * Calls back on each notice of one job, until the function returned is called. Notices get lost when the connection
 * breaks, so who waits for one looks for itself now and then, too.
 */
export function onNotice(pool: pg.Pool, job: number, listener: () => void): () => void {
  const hub = hubs.get(pool) ?? openHub(pool);
  const listeners = hub.listeners.get(job) ?? new Set();
  hub.listeners.set(job, listeners.add(listener));
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0 && hub.listeners.get(job) === listeners) hub.listeners.delete(job);
    if (hub.listeners.size === 0) closeHub(pool, hub);
  };
}

function openHub(pool: pg.Pool): Hub {
  const client = new pg.Client(pool.options);
  const hub: Hub = { listeners: new Map(), client };
  hubs.set(pool, hub);
  client.on("notification", (notice) => {
    for (const listener of hub.listeners.get(Number(notice.payload)) ?? []) listener();
  });
  // The next one who listens opens a new connection.
  client.on("error", () => closeHub(pool, hub));
  client
    .connect()
    .then(() => client.query(`listen ${changeChannel}; listen ${progressChannel}`))
    .catch(() => closeHub(pool, hub));
  return hub;
}

function closeHub(pool: pg.Pool, hub: Hub): void {
  if (hubs.get(pool) === hub) hubs.delete(pool);
  hub.client.end().catch(() => undefined);
}
