import {
  type AnnotatorReference,
  type ConflictCondition,
  type LabelCondition,
  nestedIn,
  type OneAnnotator,
  orderings,
  type ResolvedCondition,
  requiredTexts,
} from "@countersign/core";
import { type Expression, type Kysely, type RawBuilder, type SqlBool, sql } from "kysely";
import type { Database } from "../store/database.ts";
import { compileMetadata, compileMoment } from "./comparison.ts";
import { hasKeyword } from "./keyword.ts";
import { every, some } from "./logic.ts";
import { compileSays } from "./says.ts";
import { staying } from "./staying.ts";

/** A label that the surrounding statement has joined: at most one a record, since it is of one annotator and one name. */
export interface JoinedLabel {
  readonly alias: string;
  readonly of: OneAnnotator;
  readonly name: string;
}

/**
 * The ids of a project's records for which a condition holds, all of them without one, in order of id: to be run as it
 * is, limited, or as part of a statement that stores a subset. `checkCondition` finds what is wrong with a condition and
 * resolves it.
 */
export function matchingRecords(
  db: Kysely<Database>,
  projectId: number,
  where?: ResolvedCondition,
) {
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
  condition: ResolvedCondition,
  joined?: JoinedLabel,
): Expression<SqlBool> {
  return compile(condition, { projectId, joined, alone: true });
}

/** Where a condition stands. */
interface Place {
  readonly projectId: number;
  readonly joined: JoinedLabel | undefined;
  /** Whether every record found must meet it, or must not, so that the database can join what it asks for. */
  readonly alone: boolean;
}

const content = sql`records.content`;

function compile(condition: ResolvedCondition, place: Place): Expression<SqlBool> {
  const { projectId } = place;
  const amongOthers = { ...place, alone: false };
  if ("all" in condition) return every(condition.all.map((inner) => compile(inner, place)));
  if ("any" in condition) return some(condition.any.map((inner) => compile(inner, amongOthers)));
  if ("not" in condition)
    return every(
      condition.not.map(
        (inner) =>
          sql<SqlBool>`not ${compile(inner, nestedIn(inner).length > 0 ? amongOthers : place)}`,
      ),
    );
  if ("keyword" in condition) return hasKeyword(content, condition.keyword);
  if ("regex" in condition) return compileRegex(condition.regex);
  if ("key" in condition) return sql`records.key = any(${condition.key}::text[])`;
  if ("metadata" in condition)
    return every(compileMetadata(sql`records.metadata`, condition.metadata));
  if ("label" in condition) return compileLabel(condition.label, place);
  if ("conflict" in condition) return found(compileConflict(projectId, condition.conflict), place);
  if ("members" in condition)
    return found(
      sql`subset_members where subset_members.record_id = records.id
        and subset_members.subset_id = ${condition.members}`,
      place,
    );
  if ("assigned" in condition) return found(compileAssigned(condition.assigned), place);
  if ("staying" in condition) return staying();
  if ("ranked" in condition) return sql`records.id = any(${condition.ranked.ids}::bigint[])`;
  const { job, is, reason } = condition.outcome;
  const forReason = reason
    ? sql`coalesce(job_items.reason = any(${reason}::text[]), false)`
    : sql`true`;
  return found(
    sql`job_items where job_items.record_id = records.id
      and job_items.job_id = ${job} and job_items.outcome = any(${is}::text[]) and ${forReason}`,
    place,
  );
}

/**
 * Whether there is a row. Of a condition that stands beside alternatives Postgres would first gather every record that has
 * one, for a page of fifty too; a subquery with a limit it asks record by record.
 */
const found = (rows: RawBuilder<unknown>, { alone }: Place): RawBuilder<SqlBool> =>
  alone
    ? sql`exists (select from ${rows})`
    : sql`coalesce((select true from ${rows} limit 1), false)`;

/**
 * The rows of an assignment that a condition is about. A record that is held and past its time counts as open: it goes back
 * when the next one is asked for.
 */
function compileAssigned({
  id,
  is,
  by,
}: Extract<ResolvedCondition, { assigned: unknown }>["assigned"]): RawBuilder<unknown> {
  const part = (state: Expression<SqlBool>) => sql<SqlBool>`exists (
    select from assignment_parts as part
    where part.assignment_id = item.assignment_id and part.position = item.position and ${state}
      and ${by ? sql`part.person = any(${by}::text[])` : sql`true`})`;
  const inHand = sql<SqlBool>`part.state = 'held' and part.until > now()`;
  const states = {
    open: sql<SqlBool>`(item.free > 0 or ${part(sql`part.state = 'held' and part.until <= now()`)})`,
    held: part(inHand),
    skipped: part(sql`part.state = 'skipped'`),
    done: part(sql`part.state = 'done'`),
    complete: sql<SqlBool>`item.done >= (select overlap from assignments where id = ${id})`,
  } as const;
  const had = by ? part(sql`(part.state <> 'held' or part.until > now())`) : sql<SqlBool>`true`;
  return sql`assignment_items as item where item.record_id = records.id
    and item.assignment_id = ${id} and ${is === undefined ? had : states[is]}`;
}

/** Whether a condition holds only for records that have the joined label. */
export function needsLabel(condition: ResolvedCondition, joined: JoinedLabel): boolean {
  if ("all" in condition) return condition.all.some((inner) => needsLabel(inner, joined));
  if ("any" in condition) return condition.any.every((inner) => needsLabel(inner, joined));
  return "label" in condition && isOf(condition.label, joined);
}

const isOf = ({ by, name }: LabelCondition, joined: JoinedLabel): boolean =>
  name === joined.name && by !== undefined && sameAnnotator(by, joined.of);

function sameAnnotator(by: AnnotatorReference, of: OneAnnotator): boolean {
  if ("job" in by) return "job" in of && by.job === of.job;
  if ("person" in by) return "person" in of && by.person === of.person;
  if ("model" in by) return "model" in of && by.model === of.model;
  return "gold" in by && "gold" in of;
}

/** The id of the annotator meant; null where there is none, which equals nothing. */
export function annotatorId(projectId: number, by: OneAnnotator): RawBuilder<number> {
  const of = sql`select id from annotators where project_id = ${projectId} and not deleted`;
  if ("job" in by) return sql`(${of} and job_id = ${by.job})`;
  if ("gold" in by) return sql`(${of} and kind = 'gold')`;
  if ("model" in by) return sql`(${of} and kind = 'model' and name = ${by.model})`;
  return sql`(${of} and kind = 'person' and name = ${by.person})`;
}

/** Whether a label, of which the column holds the annotator, is from whom is meant; from anybody but gold if left out. */
export function isFrom(
  column: RawBuilder<unknown>,
  projectId: number,
  by: AnnotatorReference | undefined,
): RawBuilder<SqlBool> {
  if (by === undefined)
    return sql`${column} <> all(array(
      select id from annotators where project_id = ${projectId} and (kind = 'gold' or deleted)))`;
  if ("agent" in by)
    return sql`${column} = any(array(
      select annotators.id from annotators
      join jobs on jobs.id = annotators.job_id
      join agents on agents.project_id = jobs.project_id and agents.id = jobs.agent_id
      where annotators.project_id = ${projectId} and not annotators.deleted
        and (agents.id = ${by.agent} or agents.name = ${by.agent})))`;
  return sql`${column} = ${annotatorId(projectId, by)}`;
}

/** What a pattern requires is asked for by itself: of some patterns the trigram index alone knows too little. */
function compileRegex({
  pattern,
  caseSensitive,
}: Extract<ResolvedCondition, { regex: unknown }>["regex"]): RawBuilder<SqlBool> {
  const operator = sql.raw(caseSensitive ? "~" : "~*");
  return every([
    ...requiredTexts(pattern).map((text) => hasKeyword(content, { text, caseSensitive })),
    sql<SqlBool>`${content} ${operator} ${pattern}`,
  ]);
}

function compileLabel(condition: LabelCondition, place: Place): Expression<SqlBool> {
  const { projectId, joined } = place;
  const { by, name } = condition;
  if (joined && isOf(condition, joined)) {
    const present = sql<SqlBool>`${sql.ref(`${joined.alias}.id`)} is not null`;
    return every([present, ...compileLabelFacts(condition, joined.alias)]);
  }
  const whose = isFrom(sql`labels.annotator_id`, projectId, by);
  const named = name === undefined ? [] : [sql<SqlBool>`labels.name = ${name}`];
  const facts = [whose, ...named, ...compileLabelFacts(condition, "labels")];
  return found(sql`labels where labels.record_id = records.id and ${every(facts)}`, place);
}

/** What is asked of a label itself, whoever it is from; each is true or false for every label. */
function compileLabelFacts(condition: LabelCondition, alias: string): Expression<SqlBool>[] {
  const column = (name: string) => sql`${sql.ref(`${alias}.${name}`)}`;
  const facts: Expression<SqlBool>[] = [];
  const { value, says, confidence = {}, status, schemaVersion, at, metadata, verified } = condition;
  const asJson = (values: NonNullable<typeof value>) => values.map((one) => JSON.stringify(one));
  if (value) facts.push(sql`${column("value")} = any(${asJson(value)}::jsonb[])`);
  if (says) facts.push(...compileSays(column("value"), says));
  for (const operator of orderings) {
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
  if (schemaVersion) facts.push(sql`${column("schema_version")} = any(${schemaVersion}::int[])`);
  if (at) facts.push(...compileMoment(column("created_at"), at));
  // What users have said of a label is found by its own name, unless the engine has a fact of that name.
  const known = sql`(coalesce(${column("metadata")} -> 'user', '{}') || ${column("metadata")})`;
  if (metadata) facts.push(...compileMetadata(known, metadata));
  if (verified) {
    facts.push(sql`${column("verified_at")} is not null`);
    if (verified.by)
      facts.push(sql`coalesce(${column("verified_by")} = any(${verified.by}::text[]), false)`);
    if (verified.value)
      facts.push(
        sql`coalesce(${column("verified_value")} = any(${asJson(verified.value)}::jsonb[]), false)`,
      );
    if (verified.says) facts.push(...compileSays(column("verified_value"), verified.says));
    if (verified.at) facts.push(...compileMoment(column("verified_at"), verified.at));
  }
  return facts;
}

function compileConflict(
  projectId: number,
  { label, among }: ConflictCondition,
): RawBuilder<unknown> {
  const meant = (column: RawBuilder<unknown>) =>
    among
      ? some(among.map((by) => isFrom(column, projectId, by)))
      : isFrom(column, projectId, undefined);
  const named = label === undefined ? sql`true` : sql`one.name = ${label}`;
  return sql`labels as one
    join labels as other on other.record_id = one.record_id and other.name = one.name
      and other.annotator_id > one.annotator_id and other.value <> one.value
    where one.record_id = records.id and ${named}
      and ${meant(sql`one.annotator_id`)} and ${meant(sql`other.annotator_id`)}`;
}
