import type { Spend } from "@countersign/core";
import { type Kysely, sql } from "kysely";
import type { Database } from "../store/database.ts";

/** What all workers of a job have spent so far, as far as it is stored. */
export async function spentBy(db: Kysely<Database>, job: number): Promise<Spend> {
  const { rows } = await sql<Spend>`
    select
      coalesce(sum(n) filter (where counter = 'cost'), 0) as usd,
      coalesce(sum(n) filter (where counter in ('input-tokens', 'output-tokens')), 0) as tokens,
      coalesce(sum(n) filter (where counter = 'outcome'), 0) as records
    from job_counters where job_id = ${job}`.execute(db);
  return rows[0] ?? { usd: 0, tokens: 0, records: 0 };
}
