import { leastSimilarity, type Scored, tellingTerms } from "@countersign/core";
import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Database } from "../store/database.ts";
import { hasKeyword } from "./keyword.ts";
import { staying } from "./staying.ts";

/** What is to be like what. */
export interface TextsAsked {
  readonly projectId: number;
  readonly texts: readonly string[];
  /** Ids of records that are left out. */
  readonly left: readonly number[];
  readonly top: number;
}

/** Comparing two texts takes some 50 µs, so that so many take a quarter of a second. */
const mostComparisons = 5000;
/** Records that are read to see how rare words are. */
const sampled = 500;
/** Records that rare words are to find, the most that are taken of more, and the most of them that are compared. */
const enough = 2000;
const mostFound = 5000;
const mostCompared = 1000;
/**
 * Terms that are looked for. Each reads lists of the index, which grow with the records of all projects: among a million some
 * 50 ms a term.
 */
const fewestTerms = 6;
const mostTerms = 24;
const termsAmong = (records: number): number =>
  Math.min(Math.max(Math.floor(3_000_000 / records), fewestTerms), mostTerms);

/**
 * The records whose texts are most alike, with their scores. Of a small project all are compared; of a large one those that
 * share rare words with a text, the ones that share most of them first.
 */
export async function rankByText(db: Kysely<Database>, asked: TextsAsked): Promise<Scored[]> {
  const { projectId, texts } = asked;
  const all = Math.floor(mostComparisons / texts.length);
  const { rows } = await sql<{ size: number }>`select count(*)::int as size from (
    select from records where project_id = ${projectId} limit ${all + 1}) as counted`.execute(db);
  if ((rows[0]?.size ?? 0) <= all) return rank(db, asked, sql`${ofProject(asked)}`);
  const { everywhere, ...among } = await sampleOf(db, projectId);
  const terms = tellingTerms(texts, among, { texts: enough, terms: termsAmong(everywhere) });
  return terms.length === 0 ? [] : rank(db, asked, sharing(asked, terms));
}

const ofProject = ({ projectId, left }: TextsAsked): RawBuilder<unknown> =>
  sql`select id, content from records
    where project_id = ${projectId} and id <> all(${left}::bigint[]) and ${staying()}`;

/** Records that have some of the terms, those that have most of them. */
function sharing(asked: TextsAsked, terms: readonly string[]): RawBuilder<unknown> {
  const has = terms.map((term) => hasKeyword(sql`content`, { text: term, caseSensitive: false }));
  const shared = sql.join(
    has.map((one) => sql`(${one})::int`),
    sql` + `,
  );
  return sql`select id, content from (
      ${ofProject(asked)} and (${sql.join(has, sql` or `)}) limit ${mostFound}
    ) as records
    order by ${shared} desc, id limit ${Math.max(mostCompared, asked.top)}`;
}

async function rank(
  db: Kysely<Database>,
  { texts, top }: TextsAsked,
  compared: RawBuilder<unknown>,
): Promise<Scored[]> {
  const { rows } = await sql<Scored>`
    select id, score from (
      select compared.id, max(similarity(compared.content, seed.text))::double precision as score
      from (${compared}) as compared cross join unnest(${texts}::text[]) as seed (text)
      group by compared.id) as scored
    where score >= ${leastSimilarity}::real
    order by score desc, id limit ${top}`.execute(db);
  return rows;
}

/**
 * Some of a project's texts, at even distances, how many it has, as the distances of its records' ids tell, and about how
 * many records there are in all projects.
 */
async function sampleOf(db: Kysely<Database>, projectId: number) {
  const { rows } = await sql<{ content: string; size: number; everywhere: number }>`
    with bounds as (
      select min(id) as first, max(id) as last from records where project_id = ${projectId})
    select drawn.content, (bounds.last - bounds.first + 1)::int as size, (
        select greatest(reltuples, 1)::int from pg_class where oid = 'records'::regclass) as everywhere
    from bounds, generate_series(0, ${sampled - 1}::int) as place (n), lateral (
      select content from records
      where project_id = ${projectId} and id >= first + (last - first) * n / ${sampled}::int
      order by id limit 1) as drawn`.execute(db);
  const { size = 0, everywhere = 1 } = rows[0] ?? {};
  return { sample: rows.map(({ content }) => content), size, everywhere };
}
