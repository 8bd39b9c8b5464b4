import { type JobItem, type Outcome, ok, type Problem, type Result } from "@countersign/core";
import type { Engine } from "../engine.ts";
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
    .leftJoin("replies", (on) =>
      on
        .on("replies.project_id", "=", found.value.project.id)
        .onRef("replies.key", "=", "item.reply_key"),
    )
    .select([
      "item.position",
      "item.outcome",
      "item.reason",
      "item.message",
      "item.attempts",
      "records.id",
      "records.key",
      "records.content",
      "replies.text",
    ])
    .where("item.job_id", "=", found.value.job.id)
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
      reply: row.text,
      attempts: row.attempts,
    })),
    next: rows.length > limit ? String(page.at(-1)?.position) : null,
  });
}
