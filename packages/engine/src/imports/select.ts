import type { Import } from "@countersign/core";
import { type InferResult, type Kysely, sql } from "kysely";
import type { Database } from "../store/database.ts";

/** Class of the advisory locks that an import holds while it is at work; they end with its connection. */
export const importLocks = 4270;

/** Imports with whether they are at work; {@link toImport} makes of a row what is seen from outside. */
export const selectImports = (db: Kysely<Database>) =>
  db.selectFrom("imports").select([
    "id",
    "name",
    "state",
    "size",
    "received",
    "rejected",
    "report",
    "created_by",
    "created_at",
    "finished_at",
    sql<boolean>`exists (select from pg_locks where locktype = 'advisory' and classid = ${importLocks}
        and objid::bigint = imports.id and objsubid = 2 and granted
        and database = (select oid from pg_database where datname = current_database()))`.as(
      "busy",
    ),
  ]);

type ImportRow = InferResult<ReturnType<typeof selectImports>>[number];

export const toImport = (row: ImportRow): Import => ({
  id: row.id,
  name: row.name,
  state: row.busy ? "importing" : row.state,
  size: row.size,
  received: row.received,
  rejected: row.rejected,
  report: row.report,
  createdBy: row.created_by,
  createdAt: row.created_at,
  finishedAt: row.finished_at,
});
