import { type JobItem, type Outcome, ok, type Problem, type Result } from "@countersign/core";
import { sql } from "kysely";
import type { Engine } from "../engine.ts";
import { staying } from "../records/index.ts";
import { readCursor } from "./cursor.ts";
import { findNamedJob, type JobInput } from "./find.ts";

/** A page of a job's items with the reply each ended in, in the order of their records. `next` as in every list. */
export async function items(
  engine: Engine,
  input: JobInput & {
    readonly outcome?: Outcome | undefined;
    readonly reason?: string | undefined;
    readonly limit: number;
    readonly after?: string | undefined;
  },
): Promise<
  Result<{ items: JobItem[]; next: string | null }, Problem<"project-not-found" | "job-not-found">>
> {
  const { outcome, reason, limit } = input;
  const after = readCursor(input.after);
  const found = await findNamedJob(engine.db, input);
  if (!found.ok) return found;
  let query = engine.db
    .selectFrom("job_items as item")
    .innerJoin("records", "records.id", "item.record_id")
    .select([
      "item.position",
      "item.outcome",
      "item.reason",
      "item.message",
      "item.attempts",
      "records.id",
      "records.key",
      "records.content",
      repliesOf(found.value.project.id).as("replies"),
      labelsOf(found.value.job.id).as("labels"),
    ])
    .where("item.job_id", "=", found.value.job.id)
    .where(staying())
    .orderBy("item.position")
    .limit(limit + 1);
  if (outcome !== undefined) query = query.where("item.outcome", "=", outcome);
  if (reason !== undefined) query = query.where("item.reason", "=", reason);
  if (after !== undefined) query = query.where("item.position", ">", after);
  const rows = await query.execute();
  const page = rows.slice(0, limit);
  return ok({
    items: page.map((row) => ({
      record: { id: row.id, key: row.key, content: row.content },
      outcome: row.outcome,
      reason: row.reason,
      message: row.message,
      replies: row.replies,
      labels: row.labels,
      attempts: row.attempts,
    })),
    next: rows.length > limit ? String(page.at(-1)?.position) : null,
  });
}

/** An item's replies, each sample's followed by the one that refines it. */
const repliesOf = (projectId: number) => sql<string[]>`(
  select coalesce(json_agg(replies.text order by asked.sample, asked.second), '[]')
  from (
    select key, sample, false as second from unnest(item.reply_keys) with ordinality as own (key, sample)
    union all
    select key, sample, true from unnest(item.refined_keys) with ordinality as refined (key, sample)
  ) as asked
  join replies on replies.project_id = ${projectId} and replies.key = asked.key)`;

/** The labels that an item's record has from the job. */
const labelsOf = (job: number) => sql<JobItem["labels"]>`(
  select coalesce(json_agg(json_build_object('id', labels.id, 'name', labels.name, 'value', labels.value,
    'confidence', labels.confidence, 'confidenceMethod', labels.confidence_method) order by labels.id), '[]')
  from labels where labels.record_id = records.id
    and labels.annotator_id = (select id from annotators where job_id = ${job}))`;
