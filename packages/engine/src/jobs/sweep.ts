import { type Kysely, sql } from "kysely";
import type { Database } from "../store/database.ts";
import { addCounts } from "./counts.ts";

/**
 * Marks the items of a cancelled job's next open shard that have no outcome as cancelled. False when no shard is left.
 * Rows are locked in the order of `storeBatch`, so that nobody waits in a circle; two who sweep take turns.
 */
export async function sweepCancelledShard(db: Kysely<Database>, job: number): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const shard = await trx
      .selectFrom("job_shards")
      .select(["shard", "first_position", "last_position"])
      .where("job_id", "=", job)
      .where("done", "=", false)
      .orderBy("shard")
      .limit(1)
      .executeTakeFirst();
    if (!shard) return false;
    const { numAffectedRows = 0n } = await sql`
      with waiting as (
        select position from job_items
        where job_id = ${job} and outcome is null
          and position between ${shard.first_position} and ${shard.last_position}
        order by position for no key update
      )
      update job_items set outcome = 'cancelled', finished_at = clock_timestamp()
      from waiting where job_items.job_id = ${job} and job_items.position = waiting.position
    `.execute(trx);
    await addCounts(trx, job, [
      { counter: "outcome", key: "cancelled", n: Number(numAffectedRows) },
    ]);
    await trx
      .updateTable("job_shards")
      .set({ done: true, worker_id: null })
      .where("job_id", "=", job)
      .where("shard", "=", shard.shard)
      .execute();
    return true;
  });
}
