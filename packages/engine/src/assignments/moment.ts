import { type RawBuilder, sql } from "kysely";

/** Now, by the database's clock, which all servers share; or a given moment. */
export const momentOf = (at: Date | undefined): RawBuilder<string> =>
  at ? sql`${at.toISOString()}::timestamptz` : sql`now()`;
