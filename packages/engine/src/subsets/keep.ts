import {
  type Drawing,
  err,
  type NewSubset,
  ok,
  type Problem,
  type Result,
  type Subset,
} from "@countersign/core";
import { type Kysely, sql } from "kysely";
import type { Actor } from "../actor.ts";
import type { Engine } from "../engine.ts";
import { searchFault } from "../records/index.ts";
import type { Database } from "../store/database.ts";
import { selectSubsets, toSubset } from "./select.ts";

/** Choosing among millions takes its time; a pattern must not take for ever. */
const longestSeconds = 300;

type Kept = Problem<"subset-exists" | "search-invalid">;

/** What a subset's members came to. */
export interface Members {
  readonly size: number | null;
  readonly drawing: Drawing | null;
}

/**
 * Stores a subset under a name that is free, with the members that `choose` gives it, of one moment's data: whole, or
 * not at all.
 */
export async function keepSubset<Failure extends Problem>(
  engine: Engine,
  actor: Actor,
  projectId: number,
  { name, kind, where, sort }: Pick<NewSubset, "name" | "kind" | "where" | "sort">,
  choose: (db: Kysely<Database>, subset: number) => Promise<Result<Members, Failure>>,
): Promise<Result<Subset, Failure | Kept>> {
  const taken = err<Kept>({
    type: "subset-exists",
    what: `The project already has a subset named “${name}”.`,
    kept: "It is unchanged.",
    next: "Take another name, or delete it first: countersign subset delete",
  });
  const transaction = await engine.db
    .startTransaction()
    .setIsolationLevel("repeatable read")
    .execute();
  let result: Result<Subset, Failure | Kept>;
  try {
    result = await store(transaction);
  } catch (error) {
    await transaction.rollback().execute();
    const fault = searchFault(error, longestSeconds);
    if (!fault) throw error;
    return err(fault);
  }
  await (result.ok ? transaction.commit() : transaction.rollback()).execute();
  return result;

  async function store(db: Kysely<Database>): Promise<Result<Subset, Failure | Kept>> {
    await sql`set local statement_timeout = ${sql.lit(longestSeconds * 1000)}`.execute(db);
    const row = await db
      .insertInto("subsets")
      .values({
        project_id: projectId,
        name,
        kind,
        condition: where ? JSON.stringify(where) : null,
        sort: JSON.stringify(sort),
        created_by: actor.name,
      })
      .onConflict((conflict) => conflict.columns(["project_id", "name"]).doNothing())
      .returning("id")
      .executeTakeFirst();
    if (!row) return taken;
    const members = await choose(db, row.id);
    if (!members.ok) return members;
    const { size, drawing } = members.value;
    await db
      .updateTable("subsets")
      .set({ size, drawing: drawing && JSON.stringify(drawing) })
      .where("id", "=", row.id)
      .execute();
    return ok(
      toSubset(
        await selectSubsets(db, projectId).where("id", "=", row.id).executeTakeFirstOrThrow(),
      ),
    );
  }
}
