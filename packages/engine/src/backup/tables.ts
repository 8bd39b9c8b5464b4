import type pg from "pg";
import { ownTables, quoted } from "../store/own-tables.ts";

/** What is of a moment only, or can be made anew: who works just now, and files that were written for somebody. */
const passing: ReadonlySet<string> = new Set(["workers", "job_gauges", "exports", "export_parts"]);

export interface BackedUpTable {
  readonly name: string;
  readonly columns: readonly string[];
}

/** The tables that a backup holds, with the columns that are stored in them. */
export async function backedUpTables(client: pg.ClientBase): Promise<readonly BackedUpTable[]> {
  const names = (await ownTables(client)).filter((name) => !passing.has(name));
  const { rows } = await client.query<BackedUpTable>(
    `select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
     from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = current_schema()::regnamespace and c.relname = any($1::text[])
       and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     group by c.relname`,
    [names],
  );
  const columns = new Map(rows.map((table) => [table.name, table.columns]));
  return names.map((name) => ({ name, columns: columns.get(name) ?? [] }));
}

/** `"records" ("id", "key")`, as COPY wants it. */
export const written = ({ name, columns }: BackedUpTable): string =>
  `${quoted(name)} (${columns.map(quoted).join(", ")})`;
