import { type Budget, err, type Job, type Problem, type Result } from "@countersign/core";
import { sql } from "kysely";
import type { Actor } from "../actor.ts";
import type { Engine } from "../engine.ts";
import { checkBudgetLeft } from "./budget-left.ts";
import { findJob, findNamedJob, type JobInput } from "./find.ts";
import { notifyChange } from "./notices.ts";

/**
 * Lets a paused job go on and wakes the workers. A job that was interrupted goes on by itself once there is a worker, so
 * one that is preparing, running or done is returned as it is.
 */
export async function resume(
  engine: Engine,
  actor: Actor,
  input: JobInput & { readonly budget?: Budget | undefined },
): Promise<Result<Job, Problem<"project-not-found" | "job-not-found" | "job-not-possible">>> {
  const { db, log } = engine;
  const found = await findNamedJob(db, input);
  if (!found.ok) return found;
  const { project, job } = found.value;
  if (job.state === "cancelled")
    return err({
      type: "job-not-possible",
      what: `Job ${job.id} was cancelled, and a cancelled job does not go on.`,
      kept: "The labels it made before are there.",
      next: `Run the agent again: replies that were stored are not paid for twice. countersign job run --agent ${job.agent.id.slice(0, 8)}`,
    });
  const budget = { ...job.settings.budget, ...input.budget };
  if (job.state === "paused") {
    const left = await checkBudgetLeft(db, job.id, budget, "resume");
    if (!left.ok) return left;
  }
  await db
    .updateTable("jobs")
    .set({
      ...(input.budget && {
        settings: sql`settings || ${JSON.stringify({ budget })}::jsonb`,
      }),
      // One that was paused while its records were chosen goes on with that.
      state: sql`case when started_at is null then 'preparing' else 'running' end`,
      running_since: sql`case when started_at is not null then now() end`,
      pause: null,
    })
    .where("id", "=", job.id)
    .where("state", "=", "paused")
    .execute();
  await notifyChange(db, job.id);
  log.info({ job: job.id, actor: actor.name }, "job resumed");
  return findJob(db, project, job.id);
}
