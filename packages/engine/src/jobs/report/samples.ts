import type { Job, JobSample } from "@countersign/core";
import { type Kysely, sql } from "kysely";
import { firstPrompt, modelCalls, storedCalls } from "../../labels/index.ts";
import { staying } from "../../records/index.ts";
import type { Database } from "../../store/database.ts";

/** So many items are shown from prompt to label. */
const mostSamples = 5;

/** A job's first items, in the order in which they are asked, each from its prompt to its labels. */
export async function samplesOf(
  db: Kysely<Database>,
  projectId: number,
  job: Pick<Job, "id" | "agent">,
): Promise<JobSample[]> {
  const rows = await db
    .selectFrom("job_items as item")
    .innerJoin("records", "records.id", "item.record_id")
    .innerJoin("agents", (on) =>
      on.on("agents.project_id", "=", projectId).on("agents.id", "=", job.agent.id),
    )
    .select([
      "item.outcome",
      "item.reason",
      "item.message",
      "item.attempts",
      "records.id",
      "records.key",
      "records.content",
      "records.source",
      "agents.content as agent",
      storedCalls(projectId).as("calls"),
      sql<JobSample["labels"]>`(
        select coalesce(json_agg(json_build_object('id', labels.id, 'name', labels.name, 'value', labels.value,
          'confidence', labels.confidence, 'rule', labels.metadata ->> 'rule') order by labels.name), '[]')
        from labels join annotators on annotators.id = labels.annotator_id
        where labels.record_id = records.id and annotators.job_id = ${job.id})`.as("labels"),
    ])
    .where("item.job_id", "=", job.id)
    .where(staying())
    .orderBy("item.position")
    .limit(mostSamples)
    .execute();
  return rows.map(({ id, key, content, source, agent, calls, ...rest }) => {
    const record = { text: content, columns: source };
    return {
      record: { id, key },
      prompt: firstPrompt(agent, record),
      calls: modelCalls(calls, agent, record),
      ...rest,
    };
  });
}
