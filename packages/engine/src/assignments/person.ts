import { type Kysely, sql } from "kysely";
import type { Database } from "../store/database.ts";
import { momentOf } from "./moment.ts";

/** Notes that a person is active. One person's requests take turns by this row until their transactions end. */
export async function enter(
  db: Kysely<Database>,
  assignment: number,
  person: string,
  at: Date | undefined,
): Promise<{ readonly done: number; readonly reached: number }> {
  const { rows } = await sql<{ done: number; reached: number }>`
    insert into assignment_people (assignment_id, person, last_at)
    values (${assignment}, ${person}, ${momentOf(at)})
    on conflict (assignment_id, person) do update set last_at = excluded.last_at
    returning done, reached`.execute(db);
  return rows[0] ?? { done: 0, reached: 0 };
}
