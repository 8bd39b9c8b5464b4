import { type Kysely, sql } from "kysely";
import type { Database } from "../store/database.ts";
import { type Count, oldestPace, paceCounter } from "./progress.ts";

/**
 * Adds to a job's running totals. Rows are taken in one order by everybody, so that no two workers on one job wait for
 * each other; seconds of the pace that are long gone are dropped.
 */
export async function addCounts(
  db: Kysely<Database>,
  job: number,
  counts: readonly Count[],
): Promise<void> {
  const sorted = added(counts).toSorted(
    (a, b) => order(a.counter, b.counter) || order(a.key, b.key),
  );
  if (sorted.length === 0) return;
  await sql`
    insert into job_counters (job_id, counter, key, n)
    select ${job}, * from unnest(
      ${sorted.map(({ counter }) => counter)}::text[],
      ${sorted.map(({ key }) => key)}::text[],
      ${sorted.map(({ n }) => n)}::double precision[])
    on conflict (job_id, counter, key) do update set n = job_counters.n + excluded.n
  `.execute(db);
  const paced = sorted.find(({ counter }) => counter === paceCounter);
  if (paced)
    await sql`
      delete from job_counters where job_id = ${job} and counter = ${paceCounter}
        and key < ${String(oldestPace(Number(paced.key)))}
    `.execute(db);
}

/** One count for each total, as a statement may touch a row only once. */
function added(counts: readonly Count[]): Count[] {
  const totals = new Map<string, Count>();
  for (const { counter, key, n } of counts) {
    const name = JSON.stringify([counter, key]);
    totals.set(name, { counter, key, n: n + (totals.get(name)?.n ?? 0) });
  }
  return [...totals.values()].filter(({ n }) => n !== 0);
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
