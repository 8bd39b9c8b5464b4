import { type Kysely, sql } from "kysely";
import type { Database } from "../store/database.ts";

/** Ids of what goes, by the column that names it. */
interface Going {
  readonly project_id?: readonly number[];
  readonly job_id?: readonly number[];
  readonly record_id?: readonly number[];
}

/** Tables whose own rows the ids name. */
const tableOf = { project_id: "projects", job_id: "jobs", record_id: "records" } as const;

interface Copy {
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly string[];
}

/**
 * Takes rows out of the copies that migrations left in the database (`countersign_backup_…`): what is deleted must not
 * live on there. A copy's rows are found by the columns that name project, job and record, a verdict's by its label, a
 * label's also by the annotator of its job.
 */
export async function removeCopies(db: Kysely<Database>, going: Going): Promise<void> {
  for (const copy of await copies(db))
    for (const [column, ids] of Object.entries(going) as [keyof Going, readonly number[]][]) {
      const table = sql.id(copy.schema, copy.name);
      const these = sql`any(${ids}::bigint[])`;
      if (copy.columns.includes(column))
        await sql`delete from ${table} where ${sql.ref(column)} = ${these}`.execute(db);
      if (copy.name === tableOf[column])
        await sql`delete from ${table} where id = ${these}`.execute(db);
      if (column === "record_id" && copy.columns.includes("label_id"))
        await sql`delete from ${table} where label_id in (
          select id from labels where record_id = ${these})`.execute(db);
      if (column !== "job_id") continue;
      const annotators = sql`(select id from annotators where job_id = ${these})`;
      if (copy.columns.includes("annotator_id"))
        await sql`delete from ${table} where annotator_id in ${annotators}`.execute(db);
      if (copy.columns.includes("label_id"))
        await sql`delete from ${table} where label_id in (
          select id from labels where annotator_id in ${annotators})`.execute(db);
    }
}

async function copies(db: Kysely<Database>): Promise<readonly Copy[]> {
  const { rows } = await sql<Copy>`
    select tables.table_schema as schema, tables.table_name as name,
      array_agg(columns.column_name::text) as columns
    from information_schema.tables join information_schema.columns
      using (table_schema, table_name)
    where tables.table_schema like 'countersign\\_backup\\_%'
    group by 1, 2 order by 1, 2`.execute(db);
  return rows;
}
