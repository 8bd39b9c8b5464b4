import { type Kysely, sql } from "kysely";
import type { Database } from "../store/database.ts";

/**
 * Keeps a project and its records from being deleted until the transaction is over, with a lock that many can share. To be
 * asked for before any other lock: a deletion takes the project first, and whoever comes the other way round would wait for
 * it in a circle.
 */
export async function keepProject(db: Kysely<Database>, project: number): Promise<void> {
  await sql`select from projects where id = ${project} for key share`.execute(db);
}
