import type { Condition, Metadata, Sort } from "@countersign/core";
import { type Kysely, type RawBuilder, type SqlBool, sql } from "kysely";
import type { Database } from "../store/database.ts";
import { annotatorId, compileCondition, type JoinedLabel, needsLabel } from "./condition.ts";
import type { Position } from "./cursor.ts";

/** What pages are taken from. */
export interface Listing {
  readonly projectId: number;
  readonly where: Condition | undefined;
  readonly sort: Sort;
}

/** A record at its place in a listing. */
export interface PlacedRecord {
  readonly id: number;
  readonly key: string;
  readonly content: string;
  readonly metadata: Metadata;
  readonly created_at: string;
  /** Where the listing is by confidence: that of the label it is sorted by. */
  readonly confidence: number | null;
}

const placed = sql`records.id, records.key, records.content, records.metadata, records.created_at`;

/** The records that follow a position, or the first ones, in the listing's order: at most `limit`. */
export async function readPage(
  db: Kysely<Database>,
  listing: Listing,
  after: Position | undefined,
  limit: number,
): Promise<PlacedRecord[]> {
  const { sort } = listing;
  if (sort.by === "confidence") return readByConfidence(db, listing, sort, after, limit);
  const column = sql.ref(`records.${sort.by}`);
  const { direction, follows } = orderOf(sort);
  const start = after && sql<SqlBool>`${column} ${follows} ${after[sort.by]}`;
  return rowsOf(
    db,
    sql`select ${placed}, null as confidence from records
      where ${inProject(listing)} and ${matching(listing)} and ${start ?? sql`true`}
      order by ${column} ${direction} limit ${limit}`,
  );
}

/**
 * Labels with a confidence come in the order of their index, each leading to its record, so that a page costs no more
 * among a million labels than among a hundred. The records without one are few or follow at the very end: a second
 * statement, run when the first has no more to give, reads them in order of id.
 */
async function readByConfidence(
  db: Kysely<Database>,
  listing: Listing,
  sort: Extract<Sort, { by: "confidence" }>,
  after: Position | undefined,
  limit: number,
): Promise<PlacedRecord[]> {
  const { projectId, where } = listing;
  const { job, name } = sort;
  const { direction, follows } = orderOf(sort);
  const joined: JoinedLabel = { alias: "sorted", job, name };
  const matches = matching(listing, joined);
  const join = sql`labels as sorted on sorted.record_id = records.id
    and sorted.annotator_id = ${annotatorId(projectId, { job })} and sorted.name = ${name}`;

  const measured: PlacedRecord[] = [];
  if (after?.confidence !== null) {
    const start =
      after &&
      sql`(sorted.confidence, sorted.record_id) ${follows} (${after.confidence}::double precision, ${after.id}::bigint)`;
    measured.push(
      ...(await rowsOf(
        db,
        sql`select ${placed}, sorted.confidence from records join ${join}
          where sorted.confidence is not null and ${matches} and ${start ?? sql`true`}
          order by sorted.confidence ${direction}, sorted.record_id ${direction} limit ${limit}`,
      )),
    );
  }
  if (measured.length === limit) return measured;

  const kind = where && needsLabel(where, joined) ? sql`join` : sql`left join`;
  const start = after?.confidence === null ? sql`records.id > ${after.id}` : sql`true`;
  const unmeasured = await rowsOf(
    db,
    sql`select ${placed}, null as confidence from records ${kind} ${join}
      where ${inProject(listing)} and sorted.confidence is null and ${matches} and ${start}
      order by records.id limit ${limit - measured.length}`,
  );
  return [...measured, ...unmeasured];
}

/** How many records a listing has, exactly. */
export async function countAll(db: Kysely<Database>, listing: Listing): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from records
    where ${inProject(listing)} and ${matching(listing)}`.execute(db);
  return rows[0]?.n ?? 0;
}

const inProject = ({ projectId }: Listing) => sql`records.project_id = ${projectId}`;

const matching = ({ projectId, where }: Listing, joined?: JoinedLabel) =>
  where ? compileCondition(projectId, where, joined) : sql<SqlBool>`true`;

const orderOf = ({ order }: Sort) =>
  order === "ascending"
    ? { direction: sql`asc`, follows: sql`>` }
    : { direction: sql`desc`, follows: sql`<` };

const rowsOf = async (db: Kysely<Database>, statement: RawBuilder<unknown>) =>
  (await sql<PlacedRecord>`${statement}`.execute(db)).rows;
