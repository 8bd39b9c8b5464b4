import { type Expression, type RawBuilder, type SqlBool, sql } from "kysely";

/** All of them hold; true where there is none. */
export const every = (parts: readonly Expression<SqlBool>[]): RawBuilder<SqlBool> =>
  parts.length === 0 ? sql`true` : sql`(${sql.join(parts, sql` and `)})`;

/** At least one holds; false where there is none. */
export const some = (parts: readonly Expression<SqlBool>[]): RawBuilder<SqlBool> =>
  parts.length === 0 ? sql`false` : sql`(${sql.join(parts, sql` or `)})`;
