import { err, isAtRest, ok, type Problem, type Reextraction, type Result } from "@countersign/core";
import type { Actor } from "../actor.ts";
import type { Engine } from "../engine.ts";
import { readCursor } from "./cursor.ts";
import { findNamedJob, type JobInput } from "./find.ts";
import { reextractBatch } from "./reextraction/batch.ts";
import { loadAssignment } from "./worker/assignment.ts";

/** Items that one call reads at least, so that it answers within seconds also for a large job. */
const itemsACall = 20_000;

/**
 * Reads the stored replies of a job at rest again with the present rules, in the job's own schema version, without any
 * call to a model. Labels that a person has judged, be it that the verdict was taken back, stay as they are; every other
 * label, and the items' outcomes, become what the rules say now. One call reads some items in their order; what it did
 * is stored, so that it may be broken off and repeated at any time.
 */
export async function reextract(
  engine: Engine,
  actor: Actor,
  input: JobInput & { readonly after?: string | undefined },
): Promise<
  Result<Reextraction, Problem<"project-not-found" | "job-not-found" | "job-not-possible">>
> {
  const { db, log } = engine;
  const found = await findNamedJob(db, input);
  if (!found.ok) return found;
  const { job } = found.value;
  if (!isAtRest(job.state))
    return err({
      type: "job-not-possible",
      what: `Job ${job.id} is ${job.state}, and replies are read again only when it stands still.`,
      kept: "Nothing was changed.",
      next: "Wait until it is done, or cancel it.",
    });
  const assignment = await loadAssignment(engine, job.id);
  if (!assignment) return jobGone(job.id);

  let totals = { replies: 0, gained: 0, changed: 0, lost: 0, kept: 0, outcomes: 0 };
  let after = readCursor(input.after) ?? -1;
  while (totals.replies < itemsACall) {
    const { counts, last } = await reextractBatch(db, assignment, after, log);
    totals = {
      replies: totals.replies + counts.replies,
      gained: totals.gained + counts.gained,
      changed: totals.changed + counts.changed,
      lost: totals.lost + counts.lost,
      kept: totals.kept + counts.kept,
      outcomes: totals.outcomes + counts.outcomes,
    };
    if (last === null) {
      log.info({ job: job.id, actor: actor.name, ...totals }, "replies read again");
      return ok({ ...totals, next: null });
    }
    after = last;
  }
  log.info({ job: job.id, actor: actor.name, ...totals }, "replies read again, to be continued");
  return ok({ ...totals, next: String(after) });
}

const jobGone = (job: number) =>
  err({
    type: "job-not-found" as const,
    what: `Job ${job} was deleted just now.`,
    next: "See those there are: countersign job list",
  });
