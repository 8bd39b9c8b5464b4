import { type Kysely, sql } from "kysely";
import type { Logger } from "pino";

/**
 * Copies tables, those that hold anything, to the schema `countersign_backup_<migration>`, within the transaction of
 * the migration that is about to rewrite them. The copies stay until somebody drops that schema; nothing reads them.
 */
export async function backUp(
  db: Kysely<unknown>,
  migration: string,
  tables: readonly string[],
  log: Logger,
): Promise<void> {
  const schema = `countersign_backup_${migration}`;
  for (const table of tables) {
    const held = await sql<{
      any: boolean;
    }>`select exists (select from ${sql.id(table)}) as any`.execute(db);
    if (!held.rows[0]?.any) continue;
    await sql`create schema if not exists ${sql.id(schema)}`.execute(db);
    await sql`create table ${sql.id(schema, table)} as table ${sql.id(table)}`.execute(db);
    log.info({ table, schema }, "copied before it is rewritten; drop the schema to be rid of it");
  }
}
