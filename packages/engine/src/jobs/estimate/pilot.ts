import { type Kysely, sql } from "kysely";
import type { Database } from "../../store/database.ts";

/** What an agent's replies were like in a job before. */
export interface Pilot {
  readonly job: number;
  readonly replies: number;
  /** Tokens a reply, and their standard deviation. */
  readonly outputTokens: number;
  readonly deviation: number;
  readonly latencyMs: number;
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
    select job, count(*)::int as replies, avg(output_tokens)::double precision as "outputTokens",
      coalesce(stddev_samp(output_tokens), 0)::double precision as deviation,
      avg(latency_ms) as "latencyMs"
    from (
      select job_items.job_id as job, replies.output_tokens, replies.latency_ms
      from job_items
      join replies on replies.project_id = ${projectId} and replies.key = job_items.reply_key
      where replies.output_tokens is not null and job_items.job_id = (
        select jobs.id from jobs
        where jobs.project_id = ${projectId} and jobs.agent_id = ${agent} and exists (
          select from job_items where job_items.job_id = jobs.id and job_items.reply_key is not null)
        order by jobs.id desc limit 1)
      order by job_items.position limit ${enough}
    ) as answered
    group by job`.execute(db);
  return rows[0];
}
