import type { Export } from "@countersign/core";
import type { Kysely, Selectable } from "kysely";
import type { Database } from "../store/database.ts";

/** A project's exports, as rows. */
export const selectExports = (db: Kysely<Database>, projectId: number) =>
  db.selectFrom("exports").selectAll().where("project_id", "=", projectId);

/** An export in the shape that the outside sees. */
export function toExport(row: Selectable<Database["exports"]>, project: string): Export {
  return {
    id: row.id,
    state: row.state,
    options: row.options,
    filename: row.filename,
    records: { done: row.records_done, total: row.records_total },
    bytes: row.bytes,
    problem: row.problem,
    link: row.state === "done" ? `/api/v1/projects/${project}/exports/${row.id}/file` : null,
    createdBy: row.created_by,
    createdAt: row.created_at,
    finishedAt: row.finished_at,
    expiresAt: row.expires_at,
  };
}
