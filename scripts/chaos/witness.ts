import pg from "pg";
import { postmasterOf } from "./cast.ts";

/** Record key → how its item ended, with the reply it was read from, in one text: what must never change again. */
export type Stored = ReadonlyMap<string, string>;

/** How many items have their outcome; undefined while the database does not answer. */
export const countStored = (dataDir: string): Promise<number | undefined> =>
  ask<{ n: number }>(
    dataDir,
    "select count(*)::int as n from job_items where outcome is not null",
  ).then((rows) => rows?.[0]?.n);

/** Every outcome that is stored; undefined while the database does not answer. */
export async function lookAt(dataDir: string): Promise<Stored | undefined> {
  const rows = await ask<{ key: string; ended: string }>(
    dataDir,
    `select records.key, concat_ws(' ', outcome, reason, encode(reply_keys[1], 'hex'), md5(replies.text)) as ended
      from job_items
      join records on records.id = record_id
      left join replies on replies.project_id = records.project_id and replies.key = reply_keys[1]
      where outcome is not null`,
  );
  return rows && new Map(rows.map(({ key, ended }) => [key, ended]));
}

/** What the witness saw at first and does not see any more, or sees changed. */
export const lost = (before: Stored, after: Stored): string[] =>
  [...before].filter(([key, ended]) => after.get(key) !== ended).map(([key]) => key);

/** Asks the database as a stranger: one that does not help to start it. */
export async function ask<Row extends object>(
  dataDir: string,
  statement: string,
): Promise<Row[] | undefined> {
  const postmaster = await postmasterOf(dataDir);
  if (postmaster === undefined) return undefined;
  const { host, port } = postmaster;
  const client = new pg.Client({ host, port, user: "countersign", database: "postgres" });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return (await client.query<Row>(statement)).rows;
  } catch (error) {
    if (isAway(error)) return undefined;
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Any failure but one that the statement itself is to blame for. */
const isAway = (error: unknown): boolean =>
  !(error instanceof pg.DatabaseError) || /^(57P0|08)/.test(error.code ?? "");
