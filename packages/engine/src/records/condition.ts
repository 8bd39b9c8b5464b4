import type { AnnotatorReference, Condition } from "@countersign/core";
import { type Expression, type Kysely, type RawBuilder, type SqlBool, sql } from "kysely";
import type { Database } from "../store/database.ts";

/** A label that the surrounding statement has joined: at most one a record, since it is of one job and one name. */
export interface JoinedLabel {
  readonly alias: string;
  readonly job: number;
  readonly name: string;
}

type LabelCondition = Extract<Condition, { label: unknown }>["label"];

/**
 * The ids of a project's records for which a condition holds, all of them without one, in order of id: to be run as it
 * is, limited, or as part of a statement that stores a subset. Ask `checkCondition` first.
 */
export function matchingRecords(db: Kysely<Database>, projectId: number, where?: Condition) {
  return db
    .selectFrom("records")
    .select("records.id")
    .where("records.project_id", "=", projectId)
    .where(where ? compileCondition(projectId, where) : sql<SqlBool>`true`)
    .orderBy("records.id");
}

/**
 * A condition as SQL over `records`, which is in scope under its own name and narrowed to the project by the statement
 * around it. It is true or false for every record, never null, so that `not` means what it says. Every value is a
 * parameter.
 *
 * @param joined where the statement has joined a label, conditions on that label are tested on the joined row
 */
export function compileCondition(
  projectId: number,
  condition: Condition,
  joined?: JoinedLabel,
): Expression<SqlBool> {
  const compileEach = (conditions: readonly Condition[]) =>
    conditions.map((inner) => compileCondition(projectId, inner, joined));

  if ("all" in condition) return every(compileEach(condition.all));
  if ("any" in condition) return some(compileEach(condition.any));
  if ("not" in condition) return sql`not ${some(compileEach(condition.not))}`;
  if ("keyword" in condition) {
    const { text, caseSensitive } = condition.keyword;
    const operator = sql.raw(caseSensitive ? "like" : "ilike");
    return sql`records.content ${operator} ${`%${text.replace(/[\\%_]/g, "\\$&")}%`}`;
  }
  if ("regex" in condition) {
    const { pattern, caseSensitive } = condition.regex;
    return sql`records.content ${sql.raw(caseSensitive ? "~" : "~*")} ${pattern}`;
  }
  if ("key" in condition) return sql`records.key = any(${condition.key}::text[])`;
  if ("label" in condition) return compileLabel(projectId, condition.label, joined);
  const { job, is } = condition.outcome;
  return sql`exists (select from job_items where job_items.record_id = records.id
    and job_items.job_id = ${job} and job_items.outcome = any(${is}::text[]))`;
}

/** Whether a condition holds only for records that have the joined label. */
export function needsLabel(condition: Condition, joined: JoinedLabel): boolean {
  if ("all" in condition) return condition.all.some((inner) => needsLabel(inner, joined));
  if ("any" in condition) return condition.any.every((inner) => needsLabel(inner, joined));
  return "label" in condition && isOf(condition.label, joined);
}

const isOf = ({ by, name }: LabelCondition, joined: JoinedLabel): boolean =>
  by !== undefined && "job" in by && by.job === joined.job && name === joined.name;

/** The id of the annotator meant; null where there is none, which equals nothing. */
export function annotatorId(projectId: number, by: AnnotatorReference): RawBuilder<number> {
  const of = sql`select id from annotators where project_id = ${projectId}`;
  if ("job" in by) return sql`(${of} and job_id = ${by.job})`;
  if ("gold" in by) return sql`(${of} and kind = 'gold')`;
  return sql`(${of} and kind = 'person' and name = ${by.person})`;
}

function compileLabel(
  projectId: number,
  condition: LabelCondition,
  joined?: JoinedLabel,
): Expression<SqlBool> {
  const { by, name } = condition;
  if (joined && isOf(condition, joined)) {
    const present = sql<SqlBool>`${sql.ref(`${joined.alias}.id`)} is not null`;
    return every([present, ...compileLabelFacts(condition, joined.alias)]);
  }
  const whose = by
    ? sql<SqlBool>`labels.annotator_id = ${annotatorId(projectId, by)}`
    : sql<SqlBool>`labels.annotator_id <> all(array(
        select id from annotators where project_id = ${projectId} and kind = 'gold'))`;
  const named = name === undefined ? [] : [sql<SqlBool>`labels.name = ${name}`];
  const facts = [whose, ...named, ...compileLabelFacts(condition, "labels")];
  return sql`exists (select from labels where labels.record_id = records.id and ${every(facts)})`;
}

/** What is asked of a label itself, whoever it is from; each is true or false for every label. */
function compileLabelFacts(condition: LabelCondition, alias: string): Expression<SqlBool>[] {
  const column = (name: string) => sql.ref(`${alias}.${name}`);
  const facts: Expression<SqlBool>[] = [];
  const { value, confidence = {}, status } = condition;
  if (value) {
    const values = value.map((one) => JSON.stringify(one));
    facts.push(sql`${column("value")} = any(${values}::jsonb[])`);
  }
  for (const operator of [">=", ">", "<=", "<"] as const) {
    const bound = confidence[operator];
    if (bound !== undefined)
      facts.push(
        sql`(${column("confidence")} is not null
          and ${column("confidence")} ${sql.raw(operator)} ${bound}::double precision)`,
      );
  }
  // One status alone is compared as such, so that labels of that status come sorted from their index.
  if (status?.length === 1) facts.push(sql`${column("status")} = ${status[0]}`);
  else if (status) facts.push(sql`${column("status")} = any(${status}::text[])`);
  return facts;
}

const every = (parts: readonly Expression<SqlBool>[]): RawBuilder<SqlBool> =>
  parts.length === 0 ? sql`true` : sql`(${sql.join(parts, sql` and `)})`;

const some = (parts: readonly Expression<SqlBool>[]): RawBuilder<SqlBool> =>
  parts.length === 0 ? sql`false` : sql`(${sql.join(parts, sql` or `)})`;
