import type { Deletion, Lost } from "@countersign/core";
import type { Kysely } from "kysely";
import type { Actor } from "../actor.ts";
import { notifyErrands } from "../background/notice.ts";
import type { Database } from "../store/database.ts";
import { toDeletion } from "./select.ts";

export interface Begun {
  readonly what: Deletion["what"];
  readonly projectId: number;
  readonly name: string;
  readonly job?: number;
  readonly lost: Lost;
  /** Records to go, or a job's items: what progress is counted in. */
  readonly total: number;
}

/** Writes down what is to be deleted, within the transaction that takes it out of sight, and wakes the workers. */
export async function begin(
  db: Kysely<Database>,
  actor: Actor,
  { what, projectId, name, job, lost, total }: Begun,
): Promise<Deletion> {
  const row = await db
    .insertInto("deletions")
    .values({
      what,
      project_id: projectId,
      job_id: job ?? null,
      name,
      lost: JSON.stringify(lost),
      total,
      created_by: actor.name,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  await notifyErrands(db);
  return toDeletion(row);
}
