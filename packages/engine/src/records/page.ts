import type {
  ChatTurn,
  ContentKind,
  Label,
  Metadata,
  ResolvedCondition,
  Sort,
} from "@countersign/core";
import { type Kysely, type RawBuilder, type SqlBool, sql } from "kysely";
import type { LabelRow } from "../labels/select.ts";
import type { Database } from "../store/database.ts";
import { compileCondition, type JoinedLabel, needsLabel } from "./condition.ts";
import type { Position } from "./cursor.ts";
import { reviewLabels, toLabels } from "./review-labels.ts";
import type { SortKey } from "./sort-key.ts";

/** What pages are taken from. */
export interface Listing {
  readonly projectId: number;
  readonly where: ResolvedCondition | undefined;
  readonly sortKey: SortKey;
  readonly order: Sort["order"];
}

/** A record at its place in a listing, with its labels, gold left out. */
export interface PlacedRecord extends Position {
  readonly key: string;
  readonly content: string;
  readonly kind: ContentKind;
  readonly turns: ChatTurn[] | null;
  readonly metadata: Metadata;
  readonly created_at: string;
  readonly labels: Label[];
}

const placed = (db: Kysely<Database>) =>
  sql`records.id, records.key, records.content, records.content_kind as kind, records.turns, records.metadata, records.created_at,
    ${reviewLabels(db)} as labels`;

/**
 * The records that follow a position, or the first ones, in the listing's order: at most `limit`. Those with a key come
 * in the order of its index where there is one, each leading to its record, so that a page costs no more among a million
 * than among a hundred. The records without one are few or follow at the very end: a second statement, run when the first
 * has no more to give, reads them in order of id.
 */
export async function readPage(
  db: Kysely<Database>,
  listing: Listing,
  after: Position | undefined,
  limit: number,
): Promise<PlacedRecord[]> {
  const { sortKey } = listing;
  const keyed = after?.at === null ? [] : await readKeyed(db, listing, after, limit);
  if (sortKey.always || keyed.length === limit) return keyed;
  const last = after?.at === null ? after.id : 0;
  return [...keyed, ...(await readKeyless(db, listing, last, limit - keyed.length))];
}

function readKeyed(
  db: Kysely<Database>,
  listing: Listing,
  after: Position | undefined,
  limit: number,
): Promise<PlacedRecord[]> {
  const { key, type, id, join, joined, always } = listing.sortKey;
  const [direction, follows] =
    listing.order === "ascending" ? [sql`asc`, sql`>`] : [sql`desc`, sql`<`];
  const at = after && sql`${after.at}::text::${sql.raw(type)}`;
  // A key that every record has is its own alone, and needs no second column to order ties.
  const start = always
    ? after && sql<SqlBool>`${key} ${follows} ${at}`
    : after && sql<SqlBool>`(${key}, ${id}) ${follows} (${at}, ${after.id}::bigint)`;
  const ties = always ? sql`` : sql`, ${id} ${direction}`;
  return rowsOf(
    db,
    sql`select ${placed(db)}, (${key})::text as at
      from records ${join ? sql`join ${join}` : sql``}
      where ${inProject(listing)} and ${always ? sql`true` : sql`${key} is not null`}
        and ${matching(listing, joined)} and ${start ?? sql`true`}
      order by ${key} ${direction}${ties} limit ${limit}`,
  );
}

function readKeyless(
  db: Kysely<Database>,
  listing: Listing,
  last: number,
  limit: number,
): Promise<PlacedRecord[]> {
  const { where, sortKey } = listing;
  const { key, join, joined } = sortKey;
  const inner = where && joined && needsLabel(where, joined);
  const kind = inner ? sql`join` : sql`left join`;
  return rowsOf(
    db,
    sql`select ${placed(db)}, null::text as at
      from records ${join ? sql`${kind} ${join}` : sql``}
      where ${inProject(listing)} and ${key} is null
        and ${matching(listing, joined)} and records.id > ${last}
      order by records.id limit ${limit}`,
  );
}

export const inProject = ({ projectId }: Pick<Listing, "projectId">) =>
  sql`records.project_id = ${projectId}`;

export const matching = (
  { projectId, where }: Pick<Listing, "projectId" | "where">,
  joined?: JoinedLabel,
) => (where ? compileCondition(projectId, where, joined) : sql<SqlBool>`true`);

async function rowsOf(
  db: Kysely<Database>,
  statement: RawBuilder<unknown>,
): Promise<PlacedRecord[]> {
  const { rows } = await sql<
    Omit<PlacedRecord, "labels"> & { readonly labels: LabelRow[] }
  >`${statement}`.execute(db);
  return rows.map(({ labels, ...row }) => ({ ...row, labels: toLabels(labels) }));
}
