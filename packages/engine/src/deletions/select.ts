import type { Deletion } from "@countersign/core";
import type { Selectable } from "kysely";
import type { Database } from "../store/database.ts";

/** A deletion in the shape that the outside sees. */
export const toDeletion = (row: Selectable<Database["deletions"]>): Deletion => ({
  id: row.id,
  what: row.what,
  name: row.name,
  job: row.job_id,
  lost: row.lost,
  progress: { done: row.removed, total: row.total },
  state: row.finished_at !== null ? "done" : row.started_at !== null ? "running" : "waiting",
  createdBy: row.created_by,
  createdAt: row.created_at,
  finishedAt: row.finished_at,
});
