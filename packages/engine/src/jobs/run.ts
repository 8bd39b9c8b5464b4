import { type Job, ok, type Result } from "@countersign/core";
import type { Actor } from "../actor.ts";
import type { Engine } from "../engine.ts";
import { type NewJob, type NewJobProblem, readNewJob } from "./new-job.ts";
import { notifyChange } from "./notices.ts";
import { selectJobs, toJob } from "./select.ts";

/** Stores a job and wakes the workers; its records are chosen and labelled in the background. */
export async function run(
  engine: Engine,
  actor: Actor,
  input: NewJob,
): Promise<Result<Job, NewJobProblem>> {
  const read = await readNewJob(engine, input);
  if (!read.ok) return read;
  const { project, agent, schema, where } = read.value;

  const { limit, settings } = input;
  return engine.db.transaction().execute(async (db) => {
    const { id } = await db
      .insertInto("jobs")
      .values({
        project_id: project.id,
        agent_id: agent.id,
        label_names: agent.content.labels,
        schema_version: schema.version,
        subset: JSON.stringify({ where, limit }),
        settings: JSON.stringify(settings),
        state: "preparing",
        created_by: actor.name,
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    await db
      .insertInto("annotators")
      .values({ project_id: project.id, kind: "job", name: `job ${id}`, job_id: id })
      .execute();
    await notifyChange(db, id);
    const row = await selectJobs(db, project.id)
      .where("jobs.id", "=", id)
      .executeTakeFirstOrThrow();
    return ok(toJob(row));
  });
}
