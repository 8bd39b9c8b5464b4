import { setTimeout as wait } from "node:timers/promises";
import type { ClientBase } from "pg";
import { dropFaulty } from "./comparing.ts";
import { quotedSql } from "./quoted.ts";

/** So long is waited for records to be gone, in milliseconds, and so long between looks. */
const patience = 120_000;
const lookEvery = 100;

/** Staged rows whose keys are of records that are being deleted; `$1` is the project. */
const clashing = `from staging s
  join lateral (
    select id from records where project_id = $1 and key = s.key
    union all select record_id from merged_rows where project_id = $1 and key = s.key) as r on true
  join deletion_records as going on going.record_id = r.id`;

/**
 * Waits for the keys of the rows to be free, where records that have them are being deleted; rows whose keys are not after
 * two minutes are faults. To be asked before the project is locked, which would stop the deletion.
 */
export async function waitForKeys(
  client: ClientBase,
  projectId: number,
  keyColumn: string | undefined,
): Promise<void> {
  const until = performance.now() + patience;
  for (;;) {
    const { rows } = await client.query(`select ${clashing} limit 1`, [projectId]);
    if (rows.length === 0) return;
    if (performance.now() > until) break;
    await wait(lookEvery);
  }
  await client.query(
    `insert into faults select distinct s.n, s.line, $2, 'holds the key ' || ${quotedSql("s.key")} ||
       ' of a record that is still being deleted' ${clashing}`,
    [projectId, keyColumn ?? null],
  );
  await dropFaulty(client);
}
