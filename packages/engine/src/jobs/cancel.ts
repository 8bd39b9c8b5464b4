import { err, type Job, type Problem, type Result } from "@countersign/core";
import { sql } from "kysely";
import type { Actor } from "../actor.ts";
import type { Engine } from "../engine.ts";
import { findJob, findNamedJob, type JobInput } from "./find.ts";
import { notifyChange } from "./notices.ts";
import { sweepCancelledShard } from "./sweep.ts";

/** A request waits so long, in milliseconds, for items to be marked; a worker marks those of a large job that are left. */
const patience = 500;

/**
 * Stops a job for good: workers give up their calls at once, labels made so far stay, and items without an outcome
 * become cancelled. A cancelled job is returned as it is.
 */
export async function cancel(
  engine: Engine,
  actor: Actor,
  input: JobInput,
): Promise<Result<Job, Problem<"project-not-found" | "job-not-found" | "job-not-possible">>> {
  const { db, log } = engine;
  const found = await findNamedJob(db, input);
  if (!found.ok) return found;
  const { project, job } = found.value;
  const { numUpdatedRows } = await db
    .updateTable("jobs")
    .set({
      state: "cancelled",
      pause: null,
      seconds: sql`seconds + coalesce(extract(epoch from now() - running_since), 0)`,
      running_since: null,
      finished_at: sql`now()`,
    })
    .where("id", "=", job.id)
    .where("state", "in", ["preparing", "running", "paused"])
    .executeTakeFirstOrThrow();
  const now = await findJob(db, project, job.id);
  if (!now.ok) return now;
  if (now.value.state === "done")
    return err({
      type: "job-not-possible",
      what: `Job ${job.id} is done, so there is nothing to cancel.`,
      kept: "Its labels are there.",
    });
  if (numUpdatedRows === 1n) {
    await notifyChange(db, job.id);
    log.info({ job: job.id, actor: actor.name }, "job cancelled");
  }
  const until = performance.now() + patience;
  while (performance.now() < until && (await sweepCancelledShard(db, job.id)));
  return findJob(db, project, job.id);
}
