import { ok, type Problem, type Result, type Turn } from "@countersign/core";
import { type Kysely, type RawBuilder, type SqlBool, sql } from "kysely";
import type { Actor } from "../actor.ts";
import type { Engine } from "../engine.ts";
import { findProject } from "../projects/index.ts";
import { attempt } from "../store/attempt.ts";
import type { Database } from "../store/database.ts";
import { type AssignmentInput, holdTerms, mayTakePart, type Terms } from "./find.ts";
import { inHand } from "./in-hand.ts";
import { momentOf } from "./moment.ts";
import { enter } from "./person.ts";
import { releaseNamed } from "./release-idle.ts";

/** As many are counted of what is left; more are told as so many. */
const mostCounted = 10_000;

export interface NextInput extends AssignmentInput {
  /** So many records are in the person's hand then, those that were before included. */
  readonly count: number;
  /** Hand out again what the person has passed over. */
  readonly again: boolean;
}

/**
 * What a person works on now: the records that they hold, up to `count`, and where they hold fewer the next ones in the
 * assignment's order that as many others as wanted have not taken or done. Asking again gives the same records again, so
 * that neither a lost reply nor a closed window loses one. Asking keeps what is held from going back for the idle time.
 *
 * @param at the moment, if not the database's own
 */
export async function next(
  engine: Engine,
  actor: Actor,
  input: NextInput,
  at?: Date,
): Promise<
  Result<Turn, Problem<"project-not-found" | "assignment-not-found" | "assignment-not-possible">>
> {
  const project = await findProject(engine.db, input.project);
  if (!project.ok) return project;
  const before = await releaseNamed(engine.db, project.value, input.assignment, actor.name, at);
  if (!before.ok) return before;
  return attempt(engine.db, async (db) => {
    const terms = await holdTerms(db, project.value, input.assignment);
    if (!terms.ok) return terms;
    const may = mayTakePart(terms.value, actor.name, "Nothing was handed out.");
    if (!may.ok) return may;
    const { id } = terms.value;
    const { done, reached } = await enter(db, id, actor.name, at);
    const held = await renew(db, terms.value, actor, at);
    const asked = { ...terms.value, person: actor.name, reached, again: input.again, at };
    const taken = held < input.count ? await takeNext(db, asked, input.count - held) : 0;
    // Whoever finds every record that is left locked waits for one rather than hear that there is none.
    if (held + taken === 0) await takeNext(db, { ...asked, wait: true }, 1);
    const far = held < input.count ? await getOn(db, asked) : reached;
    const items = await inHand(db, project.value, terms.value, actor, input.count);
    return ok({ items, done, ...(await remaining(db, { ...asked, reached: far })) });
  });
}

/** Keeps what a person holds from going back. How many records that are. */
async function renew(
  db: Kysely<Database>,
  { id, idle_seconds: idle }: Terms,
  { name }: Actor,
  at: Date | undefined,
): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    update assignment_parts set until = ${momentOf(at)} + make_interval(secs => ${idle})
    where assignment_id = ${id} and person = ${name} and state = 'held'`.execute(db);
  return Number(numAffectedRows);
}

/** For whom something is looked for. */
interface Asked extends Pick<Terms, "id" | "idle_seconds"> {
  readonly person: string;
  /** How far they have got in the assignment's order. */
  readonly reached: number;
  /** Hand out what they have passed over, too. */
  readonly again: boolean;
  /** Wait for what others are at this moment taking or finishing, in place of passing it over. */
  readonly wait?: boolean;
  readonly at: Date | undefined;
}

/** Where there may be something for a person: an item of the assignment is in scope as `item`. */
const places = {
  /** What they have passed over. */
  skipped: ({ id, person }: Asked) => sql<SqlBool>`item.position in (
    select position from assignment_parts
    where assignment_id = ${id} and person = ${person} and state = 'skipped')`,
  /** What was given back behind them. */
  returned: (asked: Asked) => sql<SqlBool>`item.returned and item.position < ${asked.reached}
    and not exists (select from ${hadOf(asked)} where part.position = item.position)`,
  /** What they have not come to yet. All that they have had behind it is not looked at. */
  ahead: (asked: Asked) => sql<SqlBool>`item.position >= ${asked.reached}
    and not exists (select from ${hadOf(asked, asked.reached)} where part.position = item.position)`,
} as const;

/** What a person has had of an assignment, from a position on. */
const hadOf = ({ id, person }: Asked, from = 0) => sql`(
  select position from assignment_parts
  where assignment_id = ${id} and person = ${person} and position >= ${from}) as part`;

/** Takes the next free records for a person, what lies behind first. How many those were. */
async function takeNext(db: Kysely<Database>, asked: Asked, count: number): Promise<number> {
  let taken = 0;
  for (const place of asked.again
    ? (["skipped", "returned", "ahead"] as const)
    : (["returned", "ahead"] as const))
    if (taken < count) taken += await take(db, asked, places[place](asked), count - taken);
  return taken;
}

/**
 * Takes free records of one place for a person, in one statement. Items that others are at this moment taking or finishing
 * are passed over, so that many people at once never wait for each other. (Left: a queue in memory, which a second server
 * would not see; and a check before an insert, between which another may come.)
 */
async function take(
  db: Kysely<Database>,
  { id, person, idle_seconds: idle, wait = false, at }: Asked,
  place: RawBuilder<SqlBool>,
  count: number,
): Promise<number> {
  const now = momentOf(at);
  const { rows } = await sql<{ taken: number }>`
    with chosen as materialized (
      select position from assignment_items as item
      where assignment_id = ${id} and free > 0 and ${place}
      order by position limit ${count}
      for update of item ${wait ? sql`` : sql`skip locked`}
    ), places as (
      update assignment_items set free = free - 1
      from chosen
      where assignment_items.assignment_id = ${id} and assignment_items.position = chosen.position
      returning assignment_items.position
    ), taken as (
      insert into assignment_parts (assignment_id, person, position, state, since, until)
      select ${id}, ${person}, position, 'held', ${now}, ${now} + make_interval(secs => ${idle})
      from places
      on conflict (assignment_id, person, position)
        do update set state = 'held', since = excluded.since, until = excluded.until
      returning position
    )
    select count(*) as taken from taken`.execute(db);
  return rows[0]?.taken ?? 0;
}

/**
 * Notes how far a person has got: to the first free record ahead that they have not had, taken by others at this moment or
 * not, or else to the end, behind which records are added.
 */
async function getOn(db: Kysely<Database>, asked: Asked): Promise<number> {
  const { id, person } = asked;
  const { rows } = await sql<{ reached: number }>`
    update assignment_people set reached = coalesce(
      (select position from assignment_items as item
        where assignment_id = ${id} and free > 0 and ${places.ahead(asked)}
        order by position limit 1),
      (select max(position) + 1 from assignment_items where assignment_id = ${id}),
      0)
    where assignment_id = ${id} and person = ${person}
    returning reached`.execute(db);
  return rows[0]?.reached ?? asked.reached;
}

/** What else there is for a person. */
async function remaining(
  db: Kysely<Database>,
  asked: Asked,
): Promise<Pick<Turn, "skipped" | "left" | "held">> {
  const { id, person, at } = asked;
  const free = (place: RawBuilder<SqlBool>) => sql`
    select from assignment_items as item where assignment_id = ${id} and free > 0 and ${place}`;
  const { rows } = await sql<Pick<Turn, "skipped" | "left" | "held">>`
    select
      (select count(*) from assignment_parts
        where assignment_id = ${id} and person = ${person} and state = 'skipped') as skipped,
      (select count(*) from (
        (${free(places.returned(asked))} limit ${mostCounted})
        union all (${free(places.ahead(asked))} limit ${mostCounted})
        limit ${mostCounted}) as open) as left,
      (select count(*) from (
        select from assignment_parts as other
        where assignment_id = ${id} and state = 'held' and person <> ${person}
          and until > ${momentOf(at)}
          and not exists (select from assignment_parts as part where part.assignment_id = ${id}
            and part.person = ${person} and part.position = other.position)
        limit ${mostCounted}) as others) as held`.execute(db);
  return rows[0] ?? { skipped: 0, left: 0, held: 0 };
}
