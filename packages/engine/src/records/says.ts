import { type Keyword, orderings, type Says } from "@countersign/core";
import { type Expression, type RawBuilder, type SqlBool, sql } from "kysely";
import { isOrdered } from "./comparison.ts";
import { hasKeyword } from "./keyword.ts";

/** What is asked of a label's value, each part true or false where there is one. It says in SQL what `says` says in core. */
export function compileSays(
  value: RawBuilder<unknown>,
  { any, all, first, keyword, ...bounds }: Says,
): Expression<SqlBool>[] {
  const parts: Expression<SqlBool>[] = [];
  if (any) parts.push(contains(value, any.flatMap(waysToSay)));
  for (const option of all ?? []) parts.push(contains(value, waysToSay(option)));
  if (first) {
    // Which lists hold the options at all is what an index tells.
    parts.push(
      contains(
        value,
        first.map((option) => [option]),
      ),
    );
    parts.push(
      sql`coalesce(${value} -> 0 = any(${first.map((one) => JSON.stringify(one))}::jsonb[]), false)`,
    );
  }
  if (keyword) parts.push(saysKeyword(value, keyword));
  for (const ordering of orderings) {
    const bound = bounds[ordering];
    if (bound !== undefined) parts.push(isOrdered(value, ordering, bound));
  }
  return parts;
}

/** Values that are contained in every value that says an option: the option itself, and a span of it or of several. */
const waysToSay = (option: string) => [option, [{ value: option }], [{ value: [option] }]];

const contains = (value: RawBuilder<unknown>, parts: readonly unknown[]): RawBuilder<SqlBool> =>
  sql`${value} @> any(${parts.map((part) => JSON.stringify(part))}::jsonb[])`;

/** Any string in a value is something that it says; a text is looked at without taking it apart. */
const saysKeyword = (value: RawBuilder<unknown>, keyword: Keyword): RawBuilder<SqlBool> =>
  sql`case jsonb_typeof(${value})
    when 'string' then ${hasKeyword(sql`(${value} #>> '{}')`, keyword)}
    else exists (select from jsonb_path_query(${value}, 'strict $.** ? (@.type() == "string")') as said (piece)
      where ${hasKeyword(sql`(said.piece #>> '{}')`, keyword)}) end`;
