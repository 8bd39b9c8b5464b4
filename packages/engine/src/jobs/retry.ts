import {
  type Budget,
  err,
  isAtRest,
  type Job,
  ok,
  type Problem,
  type Result,
} from "@countersign/core";
import { type Kysely, sql } from "kysely";
import type { Actor } from "../actor.ts";
import type { Engine } from "../engine.ts";
import { staying } from "../records/index.ts";
import type { Database } from "../store/database.ts";
import { checkBudgetLeft } from "./budget-left.ts";
import { addCounts } from "./counts.ts";
import { findJob, findNamedJob, type JobInput } from "./find.ts";
import { notifyChange } from "./notices.ts";
import { outcomeCounts } from "./progress.ts";
import { lockProject } from "./worker/store.ts";

/**
 * Opens the items of a job that failed once more, and lets the job go on: they are asked by requests of their own, also
 * where the job asks in batches, and replies that are stored are not paid for again. The job is done or paused; of a
 * paused one the items that wait go on, too. An item has no outcome until it has its new one.
 */
export async function retry(
  engine: Engine,
  actor: Actor,
  input: JobInput & { readonly budget?: Budget | undefined },
): Promise<Result<Job, Problem<"project-not-found" | "job-not-found" | "job-not-possible">>> {
  const { db, log } = engine;
  const found = await findNamedJob(db, input);
  if (!found.ok) return found;
  const { project, job } = found.value;
  const possible = checkRetry(job);
  if (!possible.ok) return possible;
  const reopened = await db.transaction().execute((trx) => reopen(trx, job, input.budget));
  if (!reopened.ok) return reopened;
  log.info({ job: job.id, actor: actor.name, items: reopened.value }, "failed items asked again");
  return findJob(db, project, job.id);
}

function checkRetry(job: Job): Result<void, Problem<"job-not-possible">> {
  if (job.state === "cancelled")
    return err({
      type: "job-not-possible",
      what: `Job ${job.id} was cancelled, and a cancelled job does not go on.`,
      kept: "The labels it made before are there.",
      next: `Run the agent again: replies that were stored are not paid for twice. countersign job run --agent ${job.agent.id.slice(0, 8)}`,
    });
  if (!isAtRest(job.state))
    return err({
      type: "job-not-possible",
      what: `Job ${job.id} is still at work; what has failed can be asked again when it is done or paused.`,
      next: `See how far it is: countersign job show ${job.id}`,
    });
  if (job.progress.outcomes.failed === 0) return err(nothingFailed(job.id));
  return ok(undefined);
}

const nothingFailed = (job: number): Problem<"job-not-possible"> => ({
  type: "job-not-possible",
  what: `Job ${job} has no item that failed, so there is nothing to ask again.`,
  kept: "Its outcomes and labels are as they were.",
});

/** Returns how many items were opened. */
async function reopen(
  db: Kysely<Database>,
  { id, settings, progress }: Job,
  more: Budget | undefined,
): Promise<Result<number, Problem<"job-not-possible">>> {
  await lockProject(db, id);
  const left = await checkBudgetLeft(db, id, { ...settings.budget, ...more }, "retry", {
    records: progress.outcomes.failed,
  });
  if (!left.ok) return left;
  // Rows are locked in the order of `storeBatch`.
  const { rows } = await sql<{ reason: string | null; n: number }>`
    with failed as (
      select position, reason from job_items where job_id = ${id} and outcome = 'failed'
        and ${staying("job_items", "record_id")}
      order by position for no key update
    ), opened as (
      update job_items set outcome = null, reason = null, message = null, attempts = 0,
        reply_keys = null, refined_keys = null, finished_at = null, singly = true
      from failed where job_items.job_id = ${id} and job_items.position = failed.position
      returning failed.reason
    )
    select reason, count(*)::int as n from opened group by reason`.execute(db);
  const opened = rows.reduce((sum, { n }) => sum + n, 0);
  // Somebody else has opened them meanwhile.
  if (opened === 0) return err(nothingFailed(id));
  await addCounts(
    db,
    id,
    rows.flatMap(({ reason, n }) => outcomeCounts("failed", reason, -n)),
  );
  // Beside each shard stands another for those of its items that are asked singly; its number tells whose it is.
  await sql`
    insert into job_shards (job_id, shard, first_position, last_position, singly)
    select job_id, -1 - shard, first_position, last_position, true from job_shards
    where job_id = ${id} and not singly and exists (
      select from job_items where job_items.job_id = ${id} and outcome is null and job_items.singly
        and position between first_position and last_position)
    on conflict (job_id, shard) do update set done = false, worker_id = null`.execute(db);
  await db
    .updateTable("jobs")
    .set({
      ...(more && {
        settings: sql`settings || ${JSON.stringify({ budget: { ...settings.budget, ...more } })}::jsonb`,
      }),
      state: "running",
      pause: null,
      running_since: sql`now()`,
      finished_at: null,
    })
    .where("id", "=", id)
    .where("state", "in", ["done", "paused"])
    .execute();
  await notifyChange(db, id);
  return ok(opened);
}
