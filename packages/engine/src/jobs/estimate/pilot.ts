import { type Kysely, sql } from "kysely";
import type { Database } from "../../store/database.ts";

/** What an agent's replies were like in a job before. */
export interface Pilot {
  readonly job: number;
  readonly replies: number;
  /** Tokens a reply, and their standard deviation. */
  readonly outputTokens: number;
  readonly deviation: number;
  /** null where it was asked in batches. */
  readonly latencyMs: number | null;
  /** Second calls for each first one. */
  readonly refined: number;
}

/** Replies a pilot is judged by, at most. */
const enough = 1000;

/** The agent's newest job with replies whose tokens were told; undefined where there is none. */
export async function findPilot(
  db: Kysely<Database>,
  projectId: number,
  agent: string,
): Promise<Pilot | undefined> {
  const { rows } = await sql<Pilot>`
    with pilot as (
      select jobs.id from jobs
      where jobs.project_id = ${projectId} and jobs.agent_id = ${agent} and exists (
        select from job_items where job_items.job_id = jobs.id and job_items.reply_keys is not null)
      order by jobs.id desc limit 1
    ), answered as (
      select job_id, reply_keys, refined_keys from job_items
      where job_id = (select id from pilot) and reply_keys is not null
      order by position limit ${enough}
    ), keys as (
      select job_id, unnest(reply_keys) as key, false as second from answered
      union all
      select job_id, unnest(refined_keys), true from answered
    )
    select keys.job_id as job, count(*)::int as replies,
      avg(output_tokens)::double precision as "outputTokens",
      coalesce(stddev_samp(output_tokens), 0)::double precision as deviation,
      avg(latency_ms) filter (where not exists (
        select from jobs where jobs.id = keys.job_id and jobs.settings ? 'batch')) as "latencyMs",
      (count(*) filter (where second))::double precision
        / greatest(1, count(*) filter (where not second)) as refined
    from keys
    join replies on replies.project_id = ${projectId} and replies.key = keys.key
    where replies.output_tokens is not null
    group by keys.job_id`.execute(db);
  return rows[0];
}
