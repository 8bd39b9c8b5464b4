import { type JobBatch, ok, type Problem, type Result } from "@countersign/core";
import type { Engine } from "../engine.ts";
import { readCursor } from "./cursor.ts";
import { findNamedJob, type JobInput } from "./find.ts";

/** A page of a job's batches, newest first. `next` as in every list. */
export async function batches(
  engine: Engine,
  input: JobInput & { readonly limit: number; readonly after?: string | undefined },
): Promise<
  Result<{ items: JobBatch[]; next: string | null }, Problem<"project-not-found" | "job-not-found">>
> {
  const { limit } = input;
  const before = readCursor(input.after);
  const found = await findNamedJob(engine.db, input);
  if (!found.ok) return found;
  const rows = await engine.db
    .selectFrom("job_batches")
    .select([
      "id",
      "provider_id as providerId",
      "state",
      "said",
      "message",
      "requests",
      "answered",
      "failed",
      "created_at as createdAt",
      "submitted_at as submittedAt",
      "ended_at as endedAt",
    ])
    .where("job_id", "=", found.value.job.id)
    .$if(before !== undefined, (query) => query.where("id", "<", before ?? 0))
    .orderBy("id", "desc")
    .limit(limit + 1)
    .execute();
  const items = rows.slice(0, limit);
  return ok({ items, next: rows.length > limit ? String(items.at(-1)?.id) : null });
}
