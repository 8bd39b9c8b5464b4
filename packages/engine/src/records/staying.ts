import { type SqlBool, sql } from "kysely";

/**
 * Whether a record is not about to be deleted: one that is counts as gone already. Where nothing is being deleted it is
 * asked of an empty table.
 *
 * @param table the table in scope whose column names the record
 */
export const staying = (table = "records", column = "id") => sql<SqlBool>`not exists (
  select from deletion_records as going where going.record_id = ${sql.ref(`${table}.${column}`)})`;
