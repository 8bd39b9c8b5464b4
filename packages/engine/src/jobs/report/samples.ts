import { type Job, type JobSample, parseTemplate, renderPrompt } from "@countersign/core";
import { type Kysely, sql } from "kysely";
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
    .leftJoin("replies", (on) =>
      on.on("replies.project_id", "=", projectId).onRef("replies.key", "=", "item.reply_key"),
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
      "replies.text",
      "replies.finish_reason",
      "replies.input_tokens",
      "replies.output_tokens",
      "replies.cost",
      "replies.latency_ms",
      "replies.model_version",
      "replies.simulated",
      "replies.created_at",
      sql<JobSample["labels"]>`(
        select coalesce(json_agg(json_build_object('id', labels.id, 'name', labels.name, 'value', labels.value,
          'confidence', labels.confidence, 'rule', labels.metadata ->> 'rule') order by labels.name), '[]')
        from labels join annotators on annotators.id = labels.annotator_id
        where labels.record_id = records.id and annotators.job_id = ${job.id})`.as("labels"),
    ])
    .where("item.job_id", "=", job.id)
    .orderBy("item.position")
    .limit(mostSamples)
    .execute();
  return rows.map((row) => {
    const { system = null, user } = renderPrompt(parseTemplate(row.agent.prompt), {
      text: row.content,
      columns: row.source,
    });
    const { text, finish_reason: finish, latency_ms: latency, simulated, created_at: at } = row;
    const reply =
      text === null || finish === null || latency === null || simulated === null || at === null
        ? null
        : {
            text,
            finish,
            inputTokens: row.input_tokens,
            outputTokens: row.output_tokens,
            cost: row.cost,
            latency,
            model: row.model_version,
            simulated,
            at,
          };
    return {
      record: { id: row.id, key: row.key },
      calls: [{ prompt: { system, user }, reply }],
      outcome: row.outcome,
      reason: row.reason,
      message: row.message,
      attempts: row.attempts,
      labels: row.labels,
    };
  });
}
