import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Database } from "../store/database.ts";
import { addCounts } from "./counts.ts";
import { notifyProgress } from "./notices.ts";
import { outcomeCounts } from "./progress.ts";

/**
 * Ends what a project's jobs have not asked yet of some records as cancelled, and counts it so: a job then comes to its end
 * as with any other item, and what a worker hears of one of them later is stored nowhere. In a transaction that holds the
 * project alone; rows are locked in the order of `storeBatch`.
 *
 * @param records a query of their ids
 */
export async function cancelItemsOf(
  db: Kysely<Database>,
  project: number,
  records: RawBuilder<number>,
): Promise<void> {
  const { rows } = await sql<{ job: number; n: number }>`
    with waiting as (
      select job_id, position from job_items
      where job_id in (select id from jobs where project_id = ${project}
          and state in ('preparing', 'running', 'paused'))
        and outcome is null and record_id in ${records}
      order by job_id, position for no key update
    ), cancelled as (
      update job_items set outcome = 'cancelled', finished_at = clock_timestamp()
      from waiting
      where job_items.job_id = waiting.job_id and job_items.position = waiting.position
      returning job_items.job_id
    )
    select job_id as job, count(*)::int as n from cancelled group by 1 order by 1`.execute(db);
  for (const { job, n } of rows) {
    await addCounts(db, job, outcomeCounts("cancelled", null, n));
    await notifyProgress(db, job);
  }
}
