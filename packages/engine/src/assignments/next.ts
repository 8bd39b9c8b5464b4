import { ok, type Problem, type Result, type Turn } from "@countersign/core";
import { type Kysely, sql } from "kysely";
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
    const { done } = await enter(db, id, actor.name, at);
    const held = await renew(db, terms.value, actor, at);
    const wanted = input.count - held;
    if (wanted > 0) {
      const taken = await take(db, terms.value, actor, wanted, input.again, "skip locked", at);
      // Whoever finds every record that is left locked waits for one rather than hear that there is none.
      if (held + taken === 0) await take(db, terms.value, actor, 1, input.again, "wait", at);
    }
    const items = await inHand(db, project.value, terms.value, actor, input.count);
    return ok({ items, done, ...(await remaining(db, id, actor, at)) });
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

/**
 * Takes the next free records for a person, in one statement. Items that others are at this moment taking or finishing
 * are passed over, so that many people at once never wait for each other. (Left: a queue in memory, which a second server
 * would not see; and a check before an insert, between which another may come.)
 */
async function take(
  db: Kysely<Database>,
  { id, idle_seconds: idle }: Terms,
  { name }: Actor,
  count: number,
  again: boolean,
  locked: "skip locked" | "wait",
  at: Date | undefined,
): Promise<number> {
  const now = momentOf(at);
  const { rows } = await sql<{ taken: number }>`
    with chosen as materialized (
      select position from assignment_items as item
      where assignment_id = ${id} and free > 0 and ${notYet(id, name, again)}
      order by position limit ${count}
      for update of item ${locked === "wait" ? sql`` : sql`skip locked`}
    ), places as (
      update assignment_items set free = free - 1
      from chosen
      where assignment_items.assignment_id = ${id} and assignment_items.position = chosen.position
      returning assignment_items.position
    ), taken as (
      insert into assignment_parts (assignment_id, person, position, state, since, until)
      select ${id}, ${name}, position, 'held', ${now}, ${now} + make_interval(secs => ${idle})
      from places
      on conflict (assignment_id, person, position)
        do update set state = 'held', since = excluded.since, until = excluded.until
      returning position
    )
    select count(*) as taken from taken`.execute(db);
  return rows[0]?.taken ?? 0;
}

/** The person has not had the item, or only passed it over and asks for it again. */
const notYet = (id: number, person: string, again: boolean) => sql`not exists (
  select from assignment_parts as part
  where part.assignment_id = ${id} and part.person = ${person} and part.position = item.position
    ${again ? sql`and part.state <> 'skipped'` : sql``})`;

/** What else there is for a person. */
async function remaining(
  db: Kysely<Database>,
  id: number,
  { name }: Actor,
  at: Date | undefined,
): Promise<Pick<Turn, "skipped" | "left" | "held">> {
  const { rows } = await sql<Pick<Turn, "skipped" | "left" | "held">>`
    select
      (select count(*) from assignment_parts
        where assignment_id = ${id} and person = ${name} and state = 'skipped') as skipped,
      (select count(*) from (
        select from assignment_items as item
        where assignment_id = ${id} and free > 0 and ${notYet(id, name, false)}
        limit ${mostCounted}) as open) as left,
      (select count(*) from (
        select from assignment_parts as other
        where assignment_id = ${id} and state = 'held' and person <> ${name}
          and until > ${momentOf(at)}
          and not exists (select from assignment_parts as part where part.assignment_id = ${id}
            and part.person = ${name} and part.position = other.position)
        limit ${mostCounted}) as others) as held`.execute(db);
  return rows[0] ?? { skipped: 0, left: 0, held: 0 };
}
