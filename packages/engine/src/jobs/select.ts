import type { BatchProgress, Job, WorkerGauge } from "@countersign/core";
import { type Kysely, sql } from "kysely";
import type { Database } from "../store/database.ts";
import { type Count, progressOf } from "./progress.ts";

/** A worker that has told nothing for so long is gone, or hangs. */
const stale = sql.lit("5 seconds");

/** What each worker does for the job just now. */
const gauges = sql<WorkerGauge[]>`(
  select coalesce(json_agg(json_build_object(
    'worker', gauge.worker_id, 'host', workers.host, 'underWay', gauge.under_way, 'allowed', gauge.allowed,
    'unstored', gauge.unstored, 'heldBy', gauge.held_by, 'until', gauge.until) order by gauge.worker_id), '[]')
  from job_gauges as gauge join workers on workers.id = gauge.worker_id
  where gauge.job_id = jobs.id and gauge.at > clock_timestamp() - ${stale}::interval)`;

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
    .where("jobs.deleted", "=", false)
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
      gauges.as("gauges"),
      sql<BatchProgress>`(select json_build_object(
          'submitting', count(*) filter (where job_batches.state = 'submitting'),
          'underWay', count(*) filter (where job_batches.state = 'under-way'),
          'ended', count(*) filter (where job_batches.state = 'ended'),
          'requests', coalesce(sum(requests), 0), 'answered', coalesce(sum(answered), 0),
          'failed', coalesce(sum(failed), 0))
        from job_batches where job_batches.job_id = jobs.id
          and job_batches.state in ('submitting', 'under-way', 'ended'))`.as("batches"),
    ]);

type JobRow = Awaited<ReturnType<ReturnType<typeof selectJobs>["executeTakeFirstOrThrow"]>>;

/** A job in the shape that the outside sees. */
export function toJob(row: JobRow): Job {
  const { state, total, counts, seconds, running_since: runningSince, now } = row;
  const { budget = {} } = row.settings;
  // JSON gives a moment as Postgres writes it.
  const gauges = row.gauges.map((gauge) => ({
    ...gauge,
    until: gauge.until && new Date(gauge.until).toISOString(),
  }));
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
    batches: row.settings.batch ? row.batches : null,
    progress: progressOf({ state, total, counts, seconds, runningSince, now, budget, gauges }),
  };
}
