import { type Keyword, keywordParts } from "@countersign/core";
import { type RawBuilder, type SqlBool, sql } from "kysely";
import { every, some } from "./logic.ts";

/** Whether words are in a text; it says in SQL what `hasKeyword` says in core. */
export function hasKeyword(
  column: RawBuilder<unknown>,
  { text, caseSensitive, match }: Keyword,
): RawBuilder<SqlBool> {
  const operator = sql.raw(caseSensitive ? "like" : "ilike");
  const parts = keywordParts(text, match).map(
    (part) => sql<SqlBool>`${column} ${operator} ${`%${part.replace(/[\\%_]/g, "\\$&")}%`}`,
  );
  return match === "any" ? some(parts) : every(parts);
}
