import {
  type Condition,
  type Deletion,
  err,
  ok,
  type Problem,
  type ResolvedCondition,
  type Result,
} from "@countersign/core";
import { type Kysely, sql } from "kysely";
import type { Actor } from "../actor.ts";
import { begin } from "../deletions/begin.ts";
import { countLost } from "../deletions/lost.ts";
import { removeRecords } from "../deletions/records.ts";
import type { Engine } from "../engine.ts";
import { findProject } from "../projects/index.ts";
import type { Database } from "../store/database.ts";
import { matchingRecords } from "./condition.ts";
import { checkCondition, searchFault } from "./searching.ts";

/** So many records go in the transaction that asks for it, and are out of sight at once. */
const atOnce = 1000;

/** Choosing a million records takes some seconds. */
const patienceSeconds = 60;

/**
 * Deletes the records for which a condition holds now, with all labels, verdicts and job items on them, for good. Up to a
 * thousand are gone when this returns; of more, the rest go in the background, in order of id. Records that come later
 * stay, whatever the condition says of them. Not while a job runs: it would be labelling what is being taken away.
 */
export async function remove(
  engine: Engine,
  actor: Actor,
  { project: name, where: condition }: { readonly project: string; readonly where: Condition },
): Promise<Result<Deletion, Problem<"project-not-found" | "search-invalid" | "job-not-possible">>> {
  const project = await findProject(engine.db, name);
  if (!project.ok) return project;
  const { id } = project.value;
  const checked = await checkCondition(engine.db, id, condition);
  if (!checked.ok) return checked;
  const { value: where = { all: [] } } = checked;
  let deletion: Deletion | number;
  try {
    deletion = await engine.db.transaction().execute((db) => choose(db, actor, id, name, where));
  } catch (error) {
    const fault = searchFault(error, patienceSeconds);
    if (!fault) throw error;
    return err(fault);
  }
  if (typeof deletion === "number")
    return err({
      type: "job-not-possible",
      what: `Job ${deletion} is running, and may be at work on these records.`,
      kept: "Nothing was deleted.",
      next: "Wait for it, or cancel it, and delete then.",
    });
  engine.log.info({ project: name, deletion: deletion.id, by: actor.name }, "records deleted");
  return ok(deletion);
}

/** Writes down which records go, and takes the first away. Answers with the number of a job that is in the way, if one is. */
async function choose(
  db: Kysely<Database>,
  actor: Actor,
  id: number,
  name: string,
  where: ResolvedCondition,
): Promise<Deletion | number> {
  await sql`set local statement_timeout = ${sql.lit(patienceSeconds * 1000)}`.execute(db);
  // No job starts and no import runs while the records are chosen.
  await db.selectFrom("projects").select("id").where("id", "=", id).forUpdate().execute();
  const running = await db
    .selectFrom("jobs")
    .select("id")
    .where("project_id", "=", id)
    .where("state", "in", ["preparing", "running"])
    .executeTakeFirst();
  if (running) return running.id;
  const lost = await countLost(db, id, { what: "records", where });
  const total = lost.records;
  const begun = await begin(db, actor, { what: "records", projectId: id, name, lost, total });
  await db
    .insertInto("deletion_records")
    .columns(["deletion_id", "record_id"])
    .expression(
      matchingRecords(db, id, where)
        .clearSelect()
        .select([sql<number>`${begun.id}::bigint`.as("deletion_id"), "records.id"]),
    )
    .execute();
  const done = await removeRecords(db, begun.id, atOnce);
  return { ...begun, progress: { done, total } };
}
