import { err, ok, type Problem, type Result } from "@countersign/core";
import { type Kysely, sql } from "kysely";
import type { Actor } from "../actor.ts";
import type { ProjectReference } from "../projects/index.ts";
import type { Database } from "../store/database.ts";
import { holdTerms, mayTakePart, type Terms } from "./find.ts";
import { momentOf } from "./moment.ts";
import { enter } from "./person.ts";

export interface Settlement {
  readonly assignment: string;
  /** What has just been stored: verdicts, or labels. */
  readonly mode: Terms["mode"];
  /** Records of the project that it was stored of. */
  readonly records: readonly number[];
  /** What is said to be unharmed where it cannot count. */
  readonly kept: string;
  readonly at?: Date | undefined;
}

/** An item of an assignment, and what one person has to do with it. */
interface Item {
  readonly position: number;
  readonly record: number;
  readonly free: number;
  readonly done: number;
  readonly state: "held" | "done" | "skipped" | null;
  /** Whether the person has said all that is asked of the record. */
  readonly complete: boolean;
}

/**
 * Lets what a person has just said of records count for an assignment, within the transaction that stores it: a record of
 * which they have said all that is asked is done by them; one of which they took something back is theirs to do again.
 * One that they do not hold any more, or never did, is theirs if there is a place for them still; where others have taken
 * its places meanwhile, everything is refused.
 */
export async function settleAssigned(
  db: Kysely<Database>,
  project: ProjectReference,
  { name }: Actor,
  { assignment, mode, records, kept, at }: Settlement,
): Promise<Result<void, Problem<"assignment-not-found" | "assignment-not-possible">>> {
  const terms = await holdTerms(db, project, assignment);
  if (!terms.ok) return terms;
  const may = mayTakePart(terms.value, name, kept);
  if (!may.ok) return may;
  if (terms.value.mode !== mode)
    return notPossible(
      terms.value.mode === "verify"
        ? `In the assignment “${assignment}” a job's labels are judged, not labels of one's own given.`
        : `In the assignment “${assignment}” people give labels of their own, they do not judge a job's.`,
      kept,
      terms.value.mode === "verify" ? "Record verdicts instead." : "Set labels instead.",
    );
  const { id } = terms.value;
  await enter(db, id, name, at);
  const items = await lockItems(db, terms.value, name, [...new Set(records)]);
  if (items.length < new Set(records).size)
    return notPossible(
      `The assignment “${assignment}” does not have all of these records.`,
      kept,
      "Say of its records what belongs to it, and of others without naming it.",
    );
  const lost = items.find(({ state, free }) => !isTaken(state) && free === 0);
  if (lost)
    return notPossible(
      `Record ${lost.record} is no longer ${name}'s: nothing was done for ${inWords(terms.value.idle_seconds)}, or it was released, and others have taken it.`,
      kept,
      "Go on with the next record.",
    );
  await write(db, terms.value, name, items, at);
  return ok(undefined);
}

const isTaken = (state: Item["state"]): boolean => state === "held" || state === "done";

/** The items of records in the assignment's order, locked in it, so that two requests never wait for each other. */
async function lockItems(
  db: Kysely<Database>,
  terms: Terms,
  person: string,
  records: readonly number[],
): Promise<Item[]> {
  await sql`select from assignment_items
    where assignment_id = ${terms.id} and record_id = any(${records}::bigint[])
    order by position for update`.execute(db);
  const { rows } = await sql<Item>`
    select item.position, item.record_id as record, item.free, item.done, part.state,
      ${terms.mode === "label" ? labelled(terms, person) : judged(terms, person)} as complete
    from assignment_items as item
    left join assignment_parts as part on part.assignment_id = item.assignment_id
      and part.position = item.position and part.person = ${person}
    where item.assignment_id = ${terms.id} and item.record_id = any(${records}::bigint[])
    order by item.position`.execute(db);
  return rows;
}

/** Whether the person has labels of their own under all names asked for. */
const labelled = ({ label_names: names }: Terms, person: string) => sql`(
  select count(*) from labels
  join annotators on annotators.id = labels.annotator_id
    and annotators.kind = 'person' and annotators.name = ${person}
  where labels.record_id = item.record_id and labels.name = any(${names}::text[])
) = ${names.length}::int`;

/**
 * Whether a verdict of the person's own stands on each of the job's labels that there are. Each RETRACTS takes one of their
 * verdicts back, so one stands where there are more verdicts than these.
 */
const judged = ({ label_names: names, job_id: job }: Terms, person: string) => sql`not exists (
  select from labels
  join annotators on annotators.id = labels.annotator_id and annotators.job_id = ${job}
  where labels.record_id = item.record_id and labels.name = any(${names}::text[])
    and coalesce((
      select sum(case verdict when 'RETRACTS' then -1 else 1 end) from verifications
      where verifications.label_id = labels.id and verifications.verifier = ${person}), 0) <= 0
)`;

async function write(
  db: Kysely<Database>,
  { id, overlap, idle_seconds: idle }: Terms,
  person: string,
  items: readonly Item[],
  at: Date | undefined,
): Promise<void> {
  const changes = items.map((item) => {
    const done = Number(item.complete) - Number(item.state === "done");
    return {
      position: item.position,
      state: item.complete ? "done" : "held",
      place: isTaken(item.state) ? 0 : 1,
      done,
      completed: Number(item.done + done >= overlap) - Number(item.done >= overlap),
    };
  });
  const now = momentOf(at);
  await sql`
    insert into assignment_parts (assignment_id, person, position, state, since, until)
    select ${id}, ${person}, position, state, ${now},
      case state when 'held' then ${now} + make_interval(secs => ${idle}) end
    from unnest(
      ${changes.map(({ position }) => position)}::int[],
      ${changes.map(({ state }) => state)}::text[]
    ) as change (position, state)
    on conflict (assignment_id, person, position) do update
    set state = excluded.state, until = excluded.until,
      since = case when assignment_parts.state = excluded.state
        then assignment_parts.since else excluded.since end`.execute(db);
  const moved = changes.filter(({ place, done }) => place !== 0 || done !== 0);
  if (moved.length === 0) return;
  await sql`
    update assignment_items set free = free - change.place, done = assignment_items.done + change.done
    from unnest(
      ${moved.map(({ position }) => position)}::int[],
      ${moved.map(({ place }) => place)}::int[],
      ${moved.map(({ done }) => done)}::int[]
    ) as change (position, place, done)
    where assignment_items.assignment_id = ${id}
      and assignment_items.position = change.position`.execute(db);
  const sum = (of: (change: (typeof changes)[number]) => number) =>
    changes.reduce((total, change) => total + of(change), 0);
  await sql`
    update assignment_people
    set done = done + ${sum(({ done }) => done)}::int,
      completed = completed + ${sum(({ completed }) => completed)}::int
    where assignment_id = ${id} and person = ${person}`.execute(db);
}

const notPossible = (what: string, kept: string, next: string) =>
  err<Problem<"assignment-not-possible">>({ type: "assignment-not-possible", what, kept, next });

const inWords = (seconds: number): string =>
  seconds < 120 ? `${Math.round(seconds)} seconds` : `${Math.round(seconds / 60)} minutes`;
