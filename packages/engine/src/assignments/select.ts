import type { Assignment } from "@countersign/core";
import { type InferResult, type Kysely, sql } from "kysely";
import type { Database } from "../store/database.ts";
import { momentOf } from "./moment.ts";

/** Assignments with how far they are; {@link toAssignment} makes of a row what is seen from outside. */
export const selectAssignments = (db: Kysely<Database>, projectId: number, at?: Date) =>
  db
    .selectFrom("assignments")
    .selectAll()
    .select([
      sql<number>`(select coalesce(sum(done), 0) from assignment_people
        where assignment_id = assignments.id)::int`.as("done"),
      sql<number>`(select coalesce(sum(completed), 0) from assignment_people
        where assignment_id = assignments.id)::int`.as("complete"),
      sql<number>`(select count(*) from assignment_parts where assignment_id = assignments.id
        and state = 'held' and until > ${momentOf(at)})::int`.as("held"),
    ])
    .where("project_id", "=", projectId);

export type AssignmentRow = InferResult<ReturnType<typeof selectAssignments>>[number];

export const toAssignment = (row: AssignmentRow): Assignment => ({
  name: row.name,
  mode: row.mode,
  people: row.people,
  labels: row.label_names,
  job: row.job_id,
  suggestion: row.suggestion,
  where: row.condition,
  order: row.item_order,
  overlap: row.overlap,
  idleMinutes: row.idle_seconds / 60,
  state: row.state,
  records: row.size,
  progress: { complete: row.complete, done: row.done, held: row.held },
  createdBy: row.created_by,
  createdAt: row.created_at,
  closedAt: row.closed_at,
});
