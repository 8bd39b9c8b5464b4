import type { Job } from "@countersign/core";
import { type Kysely, sql } from "kysely";
import type { Database } from "../store/database.ts";
import { type Count, progressOf } from "./progress.ts";

/** Jobs of a project with all that {@link toJob} needs. */
export const selectJobs = (db: Kysely<Database>, projectId: number) =>
  db
    .selectFrom("jobs")
    .innerJoin("agents", (on) =>
      on
        .onRef("agents.project_id", "=", "jobs.project_id")
        .onRef("agents.id", "=", "jobs.agent_id"),
    )
    .where("jobs.project_id", "=", projectId)
    .select([
      "jobs.id",
      "jobs.agent_id",
      "agents.name as agent_name",
      "agents.content",
      "jobs.label_names",
      "jobs.schema_version",
      "jobs.settings",
      "jobs.state",
      "jobs.pause",
      "jobs.simulated",
      "jobs.total",
      "jobs.seconds",
      "jobs.created_at",
      "jobs.created_by",
      "jobs.started_at",
      "jobs.finished_at",
      // The database's clock, by which the other moments were set too.
      sql<number | null>`extract(epoch from jobs.running_since)::double precision`.as(
        "running_since",
      ),
      sql<number>`extract(epoch from clock_timestamp())::double precision`.as("now"),
      sql<Count[]>`(select coalesce(json_agg(json_build_object(
          'counter', counter, 'key', key, 'n', n) order by counter, key), '[]')
        from job_counters where job_counters.job_id = jobs.id)`.as("counts"),
    ]);

type JobRow = Awaited<ReturnType<ReturnType<typeof selectJobs>["executeTakeFirstOrThrow"]>>;

/** A job in the shape that the outside sees. */
export function toJob(row: JobRow): Job {
  const { state, total, counts, seconds, running_since: runningSince, now } = row;
  return {
    id: row.id,
    agent: { id: row.agent_id, name: row.agent_name, model: row.content.model.model },
    labels: row.label_names,
    schemaVersion: row.schema_version,
    settings: row.settings,
    state,
    pause: row.pause,
    simulated: row.simulated,
    createdAt: row.created_at,
    createdBy: row.created_by,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    progress: progressOf({ state, total, counts, seconds, runningSince, now }),
  };
}
