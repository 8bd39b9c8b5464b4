import {
  type MetadataComparisons,
  type MomentBounds,
  momentOf,
  orderings,
  type Scalar,
} from "@countersign/core";
import { type Expression, type RawBuilder, type SqlBool, sql } from "kysely";

type Comparison = MetadataComparisons[string];

/**
 * What is asked of a column of metadata, each part true or false and never null. It says in SQL what `compares` says in
 * core.
 */
export const compileMetadata = (
  column: RawBuilder<unknown>,
  asked: MetadataComparisons,
): Expression<SqlBool>[] =>
  Object.entries(asked).flatMap(([name, comparison]) =>
    compileComparison(column, name, comparison),
  );

/** What metadata is compared and sorted by: an index on this expression serves every comparison and the order. */
export const comparedMetadata = (column: RawBuilder<unknown>, name: string): RawBuilder<unknown> =>
  sql`countersign_compared(${column} -> ${name}::text)`;

/** A moment of the database between bounds; where it is null, within none. */
export const compileMoment = (
  column: RawBuilder<unknown>,
  bounds: MomentBounds,
): Expression<SqlBool>[] =>
  orderings.flatMap((ordering) => {
    const moment = momentOf(bounds[ordering] ?? "");
    if (moment === undefined) return [];
    return sql<SqlBool>`(${column} is not null
      and ${column} ${sql.raw(ordering)} to_timestamp(${moment}::double precision))`;
  });

function compileComparison(
  column: RawBuilder<unknown>,
  name: string,
  asked: Comparison,
): Expression<SqlBool>[] {
  const value = sql`(${column} -> ${name}::text)`;
  const compared = comparedMetadata(column, name);
  const parts: Expression<SqlBool>[] = [];
  const { "==": equal, "!=": other, in: any, exists } = asked;
  if (exists !== undefined) {
    const there = sql<SqlBool>`(${value} is not null and jsonb_typeof(${value}) <> 'null')`;
    parts.push(exists ? there : sql`not ${there}`);
  }
  if (equal !== undefined) parts.push(equals(compared, equal));
  if (other !== undefined)
    parts.push(sql`(${compared} is not null and not ${equals(compared, other)})`);
  if (any !== undefined) parts.push(isAnyOf(compared, any));
  for (const ordering of orderings) {
    const operand = asked[ordering];
    if (operand !== undefined) parts.push(isOrdered(compared, ordering, operand));
  }
  return parts;
}

const json = (operand: Scalar) => sql`${JSON.stringify(operand)}::jsonb`;

function equals(compared: RawBuilder<unknown>, operand: Scalar): RawBuilder<SqlBool> {
  const moment = typeof operand === "string" ? momentOf(operand) : undefined;
  return moment === undefined
    ? sql`(${compared} is not null and ${compared} = ${json(operand)})`
    : atMoment(compared, "=", moment);
}

function isAnyOf(compared: RawBuilder<unknown>, operands: readonly Scalar[]): RawBuilder<SqlBool> {
  const isMoment = (operand: Scalar) =>
    typeof operand === "string" && momentOf(operand) !== undefined;
  const plain = operands.filter((operand) => !isMoment(operand)).map((one) => JSON.stringify(one));
  return sql`(${sql.join(
    [
      sql`(${compared} is not null and ${compared} = any(${plain}::jsonb[]))`,
      ...operands.filter(isMoment).map((operand) => equals(compared, operand)),
    ],
    sql` or `,
  )})`;
}

/** Whether a value is of an operand's type and in order with it; null where there is no value. */
export function isOrdered(
  compared: RawBuilder<unknown>,
  ordering: (typeof orderings)[number],
  operand: string | number,
): RawBuilder<SqlBool> {
  const moment = typeof operand === "string" ? momentOf(operand) : undefined;
  if (moment !== undefined) return atMoment(compared, ordering, moment);
  const [first, next] = rangeOf[typeof operand === "string" ? "string" : "number"];
  const ofType = ordering.includes("<")
    ? sql`${compared} >= ${sql.lit(first)}::jsonb`
    : sql`${compared} < ${sql.lit(next)}::jsonb`;
  return sql`(${compared} ${sql.raw(ordering)} ${json(operand)} and (${ofType}) is true)`;
}

/**
 * Values of one type lie together in the order of jsonb: the first of them, and the first of the next type. (Asking for
 * the type itself would have the planner expect next to no matches; `is true` keeps it from taking the two bounds for a
 * narrow range where it knows nothing of the values.)
 */
const rangeOf = { string: ['""', "-1e400"], number: ["-1e400", "false"] } as const;

/**
 * A text is read as a moment only where the day that it begins with is near enough: in any zone that day is at most one
 * away from the moment's own. So an index on what is compared serves moments too. (Where nothing is there, the last part
 * is false.)
 */
function atMoment(
  compared: RawBuilder<unknown>,
  operator: "=" | (typeof orderings)[number],
  moment: number,
): RawBuilder<SqlBool> {
  const low = operator.includes("<") ? undefined : dayText(moment - 86_400);
  const high = operator.includes(">") ? undefined : dayText(moment + 2 * 86_400);
  const parts = [
    ...(low === undefined ? [] : [sql`${compared} >= ${json(low)}`]),
    ...(high === undefined ? [] : [sql`${compared} < ${json(high)}`]),
    sql`coalesce(countersign_moment(${compared} #>> '{}') ${sql.raw(operator)} ${moment}::double precision, false)`,
  ];
  return sql`(${sql.join(parts, sql` and `)})`;
}

/** The day of a moment as it is written; undefined outside of the years that four digits write. */
function dayText(moment: number): string | undefined {
  const day = new Date(moment * 1000).toISOString();
  return /^(?!0000)\d{4}-/.test(day) ? day.slice(0, 10) : undefined;
}
