import pg from "pg";

/**
 * Every process that uses an embedded server holds this advisory lock shared, on a connection kept for it, for as long
 * as it uses the server. The system drops a killed process's connection, and with it the lock: no record of who is
 * there can go stale.
 */
const lock = 0x636f756e;

/** A connection that holds the lock, or why there is none yet. */
export type Presence =
  | { readonly is: "present"; readonly client: pg.Client }
  | { readonly is: "starting" }
  | { readonly is: "absent"; readonly reason: string };

const cannotConnectNow = "57P03";

/** Connects and takes the lock. Waits while the last to leave is stopping the server, then finds it absent. */
export async function appear(address: pg.PoolConfig): Promise<Presence> {
  const client = new pg.Client({ ...address, application_name: "countersign presence" });
  // The loss of the connection is told by `end`.
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query("select pg_advisory_lock_shared($1)", [lock]);
    return { is: "present", client };
  } catch (error) {
    await client.end().catch(() => undefined);
    if (error instanceof pg.DatabaseError && error.code === cannotConnectNow)
      return { is: "starting" };
    return { is: "absent", reason: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * Gives the lock up and tells whether nobody else holds it. If so this connection holds it alone until it ends, and
 * whoever comes meanwhile waits in {@link appear}.
 */
export async function isLast(client: pg.Client): Promise<boolean> {
  await client.query("select pg_advisory_unlock_shared($1)", [lock]);
  const taken = await client.query<{ last: boolean }>("select pg_try_advisory_lock($1) as last", [
    lock,
  ]);
  return taken.rows[0]?.last === true;
}
