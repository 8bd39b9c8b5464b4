import { err, type Problem, type Subset } from "@countersign/core";
import type { InferResult, Kysely } from "kysely";
import type { Database } from "../store/database.ts";

/** A project's subsets; {@link toSubset} makes of a row what is seen from outside. */
export const selectSubsets = (db: Kysely<Database>, projectId: number) =>
  db.selectFrom("subsets").selectAll().where("project_id", "=", projectId);

export const toSubset = (row: InferResult<ReturnType<typeof selectSubsets>>[number]): Subset => ({
  name: row.name,
  kind: row.kind,
  where: row.condition,
  sort: row.sort,
  size: row.size,
  drawing: row.drawing,
  createdAt: row.created_at,
  createdBy: row.created_by,
});

export const notFound = (name: string) =>
  err<Problem<"subset-not-found">>({
    type: "subset-not-found",
    what: `The project has no subset named “${name}”.`,
    next: "See which there are: countersign subset list",
  });
