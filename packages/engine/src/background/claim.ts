import pg from "pg";

/**
 * Takes a thing for this process, so that nobody else works on it: an advisory lock of a connection of its own, which
 * Postgres drops with the connection, however the process ended. Undefined where somebody else has it.
 *
 * @param kind first key of the lock; the second is the thing's id
 */
export async function claim(
  pool: pg.Pool,
  kind: number,
  id: number,
): Promise<{ readonly client: pg.Client; release(): Promise<void> } | undefined> {
  const client = new pg.Client(pool.options);
  // Told by the next statement.
  client.on("error", () => undefined);
  await client.connect();
  const release = () => client.end();
  try {
    const { rows } = await client.query<{ taken: boolean }>(
      "select pg_try_advisory_lock($1, $2) as taken",
      [kind, id],
    );
    if (rows[0]?.taken) return { client, release };
  } catch (error) {
    await release().catch(() => undefined);
    throw error;
  }
  await release();
  return undefined;
}
