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
import { forgetRecords } from "../assignments/forget-records.ts";
import { begin } from "../deletions/begin.ts";
import { countLost } from "../deletions/lost.ts";
import { removeRecords } from "../deletions/records.ts";
import type { Engine } from "../engine.ts";
import { cancelItemsOf } from "../jobs/cancel-items.ts";
import { findProject } from "../projects/index.ts";
import type { Database } from "../store/database.ts";
import { matchingRecords } from "./condition.ts";
import { checkCondition, searchFault } from "./searching.ts";

/** So many records go at once; a worker goes on with the rest. */
const atOnce = 1000;

/** Choosing a million records takes some seconds. */
const patienceSeconds = 60;

/**
 * Deletes the records for which a condition holds now, with all labels, verdicts and job items on them, for good. All are
 * out of sight when this returns, and up to a thousand are gone; of more, the rest go in the background, in order of id.
 * Records that come later stay, whatever the condition says of them. Items of jobs that wait for an outcome end as
 * cancelled.
 */
export async function remove(
  engine: Engine,
  actor: Actor,
  { project: name, where: condition }: { readonly project: string; readonly where: Condition },
): Promise<Result<Deletion, Problem<"project-not-found" | "search-invalid">>> {
  const { db, log } = engine;
  const project = await findProject(db, name);
  if (!project.ok) return project;
  const { id } = project.value;
  const checked = await checkCondition(engine, project.value, condition);
  if (!checked.ok) return checked;
  const { value: where = { all: [] } } = checked;
  let begun: Deletion;
  try {
    begun = await db.transaction().execute((trx) => choose(trx, actor, id, name, where));
  } catch (error) {
    const fault = searchFault(error, patienceSeconds);
    if (!fault) throw error;
    return err(fault);
  }
  log.info({ project: name, deletion: begun.id, by: actor.name }, "records deleted");
  const done = await db
    .transaction()
    .execute((trx) => removeRecords(trx, { deletion: begun.id, project: id, atOnce }));
  return ok({ ...begun, progress: { ...begun.progress, done } });
}

/** Writes down which records go: from then on nobody sees them, is handed one of them or asks a model about it. */
async function choose(
  db: Kysely<Database>,
  actor: Actor,
  id: number,
  name: string,
  where: ResolvedCondition,
): Promise<Deletion> {
  await sql`set local statement_timeout = ${sql.lit(patienceSeconds * 1000)}`.execute(db);
  // Nobody stores anything of the records while they are chosen.
  await db.selectFrom("projects").select("id").where("id", "=", id).forUpdate().execute();
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
  // Whoever asks now what stays would be planned for as many as there were before.
  await sql`analyze deletion_records`.execute(db);
  const going = sql<number>`(select record_id from deletion_records where deletion_id = ${begun.id})`;
  await forgetRecords(db, going);
  await cancelItemsOf(db, id, going);
  return begun;
}
