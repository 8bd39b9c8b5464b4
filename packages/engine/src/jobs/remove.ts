import { type Deletion, ok, type Problem, type Result } from "@countersign/core";
import { sql } from "kysely";
import type { Actor } from "../actor.ts";
import { begin } from "../deletions/begin.ts";
import { countLost } from "../deletions/lost.ts";
import type { Engine } from "../engine.ts";
import { findNamedJob, type JobInput } from "./find.ts";

/**
 * Deletes a job with its items, its labels, the verdicts on them, and the replies that no other job was answered with, for
 * good. It stops and is out of sight when this returns; its rows go in the background.
 */
export async function remove(
  engine: Engine,
  actor: Actor,
  input: JobInput,
): Promise<Result<Deletion, Problem<"project-not-found" | "job-not-found">>> {
  const found = await findNamedJob(engine.db, input);
  if (!found.ok) return found;
  const { project, job } = found.value;
  const deletion = await engine.db.transaction().execute(async (db) => {
    const taken = await db
      .updateTable("jobs")
      .set({ state: "cancelled", deleted: true, running_since: null, pause: null })
      .where("id", "=", job.id)
      .where("deleted", "=", false)
      .executeTakeFirstOrThrow();
    // Somebody else was faster.
    if (taken.numUpdatedRows === 0n) return undefined;
    await db
      .updateTable("annotators")
      .set({ deleted: true })
      .where("job_id", "=", job.id)
      .execute();
    const lost = await countLost(db, project.id, { what: "job", job: job.id });
    const { n } = await db
      .selectFrom("job_items")
      .select(sql<number>`count(*)`.as("n"))
      .where("job_id", "=", job.id)
      .executeTakeFirstOrThrow();
    return begin(db, actor, {
      what: "job",
      projectId: project.id,
      name: project.name,
      job: job.id,
      lost,
      total: n,
    });
  });
  if (!deletion) {
    const gone = await findNamedJob(engine.db, input);
    if (!gone.ok) return gone;
    throw new Error(`job ${job.id} is neither deleted nor there`);
  }
  engine.log.info({ job: job.id, deletion: deletion.id, by: actor.name }, "job deleted");
  return ok(deletion);
}
