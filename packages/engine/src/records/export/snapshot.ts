import type {
  Annotator,
  ContentKind,
  LabelStatus,
  LabelValue,
  ResolvedCondition,
  Verdict,
} from "@countersign/core";
import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  sql,
} from "kysely";
import type pg from "pg";
import type { Database } from "../../store/database.ts";
import { matchingRecords } from "../condition.ts";
import type { Frame } from "./frame.ts";

/** What of a project is exported. */
export interface Selection {
  readonly projectId: number;
  readonly where: ResolvedCondition | undefined;
  /** Whose model labels; every job's if undefined. */
  readonly job: number | undefined;
  /** Whether the replies that labels were read from are fetched too. */
  readonly replies: boolean;
  /** Of the records that match, those that have this value in this imported column; all if left out. */
  readonly part?: { readonly column: string; readonly value: string };
}

/** A label to be exported, with all that is known of how it came to be. */
export interface ExportedLabel {
  readonly id: number;
  readonly name: string;
  readonly value: LabelValue;
  readonly annotator: Annotator;
  readonly schemaVersion: number;
  readonly confidence: number | null;
  readonly confidenceMethod: string | null;
  readonly modelVersion: string | null;
  readonly simulated: boolean;
  readonly rule: string | null;
  /** As Postgres writes it in UTC: it sorts as time goes. {@link isoMoment} makes it what is exported. */
  readonly createdAt: string;
  readonly status: LabelStatus;
  readonly verified: {
    readonly value: LabelValue;
    readonly by: string;
    readonly at: string;
  } | null;
  /** All verdicts on it, oldest first. */
  readonly verifications: readonly ExportedVerification[];
  /** The replies it was read from, in order, each followed by what refined it; undefined where they were not asked for. */
  readonly replies: readonly string[] | undefined;
}

export interface ExportedVerification {
  readonly verdict: Verdict;
  readonly judged: LabelValue;
  readonly value: LabelValue | null;
  readonly by: string;
  readonly at: string;
}

/** A record to be exported, its JSON as Postgres writes it, with all labels on it. */
export interface LabelledRow {
  readonly id: number;
  readonly key: string;
  readonly content: string;
  readonly metadata: string;
  readonly source: string;
  readonly kind: ContentKind;
  /** A conversation's turns as JSON; null where the content is none. */
  readonly turns: string | null;
  readonly labels: readonly ExportedLabel[];
}

/** A statement that runs longer has met a pattern that runs away. */
const longestStatement = "5min";

const aim = 2_000_000;
const mostAtOnce = 1000;

/** Writes statements, and runs none: they are run by the driver itself, which gives rows as bare lists, at half the cost. */
const writing = new Kysely<Database>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

/** Opens a transaction that sees one moment's data. Who opened it ends it with {@link closeSnapshot}. */
export async function openSnapshot(pool: pg.Pool): Promise<pg.PoolClient> {
  const client = await pool.connect();
  try {
    await client.query("begin isolation level repeatable read read only");
    await client.query(`set local statement_timeout = '${longestStatement}'`);
    await client.query("set local timezone to 'UTC'");
    await client.query("set local datestyle to 'ISO'");
    return client;
  } catch (error) {
    client.release(true);
    throw error;
  }
}

/** Nothing was written; this only gives the connection back. */
export async function closeSnapshot(client: pg.PoolClient): Promise<void> {
  try {
    await client.query("rollback");
    client.release();
  } catch {
    client.release(true);
  }
}

/** The records that a selection holds, in order of id. */
const chosenRecords = ({ projectId, where, part }: Selection) =>
  matchingRecords(writing, projectId, where).$if(part !== undefined, (query) =>
    query.where(sql<string>`records.source ->> ${part?.column}`, "=", part?.value ?? ""),
  );

/** How many records a selection holds. */
export async function countRecords(client: pg.PoolClient, selection: Selection): Promise<number> {
  const chosen = chosenRecords(selection).clearOrderBy().compile();
  const { rows } = await client.query<{ n: number }>(
    `select count(*) as n from (${chosen.sql}) as chosen`,
    [...chosen.parameters],
  );
  return rows[0]?.n ?? 0;
}

/** The values that a selection's records have in an imported column, and how many; at most `most` of them. */
export async function countByColumn(
  client: pg.PoolClient,
  selection: Selection,
  column: string,
  most: number,
): Promise<readonly { readonly value: string | null; readonly n: number }[]> {
  const chosen = chosenRecords(selection)
    .clearSelect()
    .clearOrderBy()
    .select(sql<string | null>`records.source ->> ${column}`.as("value"))
    .compile();
  const { rows } = await client.query<{ value: string | null; n: number }>(
    `select value, count(*) as n from (${chosen.sql}) as chosen group by value order by value limit ${most}`,
    [...chosen.parameters],
  );
  return rows;
}

/** A record that has more than so many characters in one of the columns named `text`, `metadata` or `source.…`, if there is one. */
export async function longerThan(
  client: pg.PoolClient,
  selection: Selection,
  characters: number,
  columns: readonly string[],
): Promise<{ readonly key: string; readonly column: string } | undefined> {
  const chosen = chosenRecords(selection)
    .clearSelect()
    .select(["records.id", "records.key", "records.content", "records.source", "records.metadata"])
    .compile();
  // A character has at least one byte: most records are passed over by their size alone.
  const { rows } = await client.query<{ key: string; column: string }>(
    `select key, "column" from (${chosen.sql}) as chosen, lateral (
       select 'text' as "column" where octet_length(content) > ${characters} and length(content) > ${characters}
       union all select 'metadata' where pg_column_size(metadata) > 1000 and length(metadata::text) > ${characters}
       union all select 'source.' || cell.key from jsonb_each_text(source) as cell
         where pg_column_size(source) > 1000 and length(cell.value) > ${characters}
     ) as long where "column" = any($${chosen.parameters.length + 1}::text[]) limit 1`,
    [...chosen.parameters, columns],
  );
  return rows[0];
}

/**
 * Reads records in order of id, some at a time: so many as make about two million characters, so that long texts do not
 * fill the memory. While some are worked on, the next are fetched.
 *
 * @param client in a transaction that sees one moment's data
 */
export async function* readRows(
  client: pg.PoolClient,
  selection: Selection,
  frame: Frame,
): AsyncGenerator<LabelledRow[], void, undefined> {
  const chosen = chosenRecords(selection)
    .clearSelect()
    .select(["records.id", "records.key", "records.content"])
    .select(({ cast, ref }) => [
      cast<string>(ref("records.metadata"), "text").as("metadata"),
      cast<string>(ref("records.source"), "text").as("source"),
      ref("records.content_kind").as("kind"),
      cast<string | null>(ref("records.turns"), "text").as("turns"),
    ])
    .compile();
  await client.query(`declare exported no scroll cursor for ${chosen.sql}`, [...chosen.parameters]);
  let size = 100;
  let coming = ahead(readSome(client, selection, frame, size));
  try {
    for (;;) {
      const rows = await coming;
      if (rows.length === 0) break;
      const length = rows.reduce((sum, row) => sum + row.content.length + row.source.length, 0);
      size = Math.min(Math.max(Math.round((rows.length * aim) / length), 1), mostAtOnce);
      coming = ahead(readSome(client, selection, frame, size));
      yield rows;
    }
  } finally {
    // Who stops reading early must not give the connection back while it is at work.
    await coming.catch(() => undefined);
  }
  await client.query("close exported");
}

/** What is fetched ahead may fail before anybody awaits it, which is no reason to end the process. */
function ahead<Value>(coming: Promise<Value>): Promise<Value> {
  coming.catch(() => undefined);
  return coming;
}

type RecordTuple = [
  id: number,
  key: string,
  content: string,
  metadata: string,
  source: string,
  kind: ContentKind,
  turns: string | null,
];

async function readSome(
  client: pg.PoolClient,
  selection: Selection,
  frame: Frame,
  size: number,
): Promise<LabelledRow[]> {
  const { rows } = await client.query<RecordTuple>({
    text: `fetch ${size} from exported`,
    rowMode: "array",
  });
  if (rows.length === 0) return [];
  const labels = await readLabels(
    client,
    rows.map(([id]) => id),
    selection,
    frame,
  );
  return rows.map(([id, key, content, metadata, source, kind, turns]) => ({
    id,
    key,
    content,
    metadata,
    source,
    kind,
    turns,
    labels: labels.get(id) ?? none,
  }));
}

const none: readonly ExportedLabel[] = [];

type LabelTuple = [
  id: number,
  record: number,
  annotator: number,
  name: string,
  value: string,
  schemaVersion: number,
  confidence: number | null,
  confidenceMethod: string | null,
  modelVersion: string | null,
  simulated: boolean,
  rule: string | null,
  createdAt: string,
  status: LabelStatus,
  verifiedValue: string | null,
  verifiedBy: string | null,
  verifiedAt: string | null,
];

const labelColumns = `id, record_id, annotator_id, name, value::text, schema_version, confidence,
  confidence_method, metadata ->> 'model', coalesce(metadata -> 'simulated' = 'true', false),
  metadata ->> 'rule', created_at::text, status, verified_value::text, verified_by, verified_at::text`;

async function readLabels(
  client: pg.PoolClient,
  records: readonly number[],
  { job, replies }: Selection,
  frame: Frame,
): Promise<ReadonlyMap<number, readonly ExportedLabel[]>> {
  const { rows } = await client.query<LabelTuple>({
    name: "exported-labels",
    text: `select ${labelColumns} from labels where record_id = any($1::bigint[]) order by id`,
    values: [records],
    rowMode: "array",
  });
  // By place and not by pattern: taking a list apart by a pattern costs more than all else here.
  const kept = rows.filter((row) => {
    const by = frame.annotators.get(row[2]);
    return by !== undefined && (job === undefined || by.kind !== "job" || by.job === job);
  });
  const histories = frame.verified
    ? await readVerifications(
        client,
        kept.map((row) => row[0]),
      )
    : undefined;
  const texts = replies ? await readReplies(client, records) : undefined;

  const labels = new Map<number, ExportedLabel[]>();
  for (const row of kept) {
    const annotator = frame.annotators.get(row[2]);
    if (!annotator) continue;
    const record = row[1];
    const verifiedValue = row[13];
    const verifiedBy = row[14];
    const verifiedAt = row[15];
    const label: ExportedLabel = {
      id: row[0],
      name: row[3],
      value: parsed(row[4]),
      annotator,
      schemaVersion: row[5],
      confidence: row[6],
      confidenceMethod: row[7],
      modelVersion: row[8],
      simulated: row[9],
      rule: row[10],
      createdAt: row[11],
      status: row[12],
      verified:
        verifiedValue === null || verifiedBy === null || verifiedAt === null
          ? null
          : { value: parsed(verifiedValue), by: verifiedBy, at: verifiedAt },
      verifications: histories?.get(row[0]) ?? unverified,
      replies: texts && (texts.get(`${record}/${annotator.job}`) ?? []),
    };
    const others = labels.get(record);
    if (others) others.push(label);
    else labels.set(record, [label]);
  }
  return labels;
}

const unverified: readonly ExportedVerification[] = [];

type VerificationTuple = [
  label: number,
  verdict: Verdict,
  judged: string,
  value: string | null,
  verifier: string,
  at: string,
];

async function readVerifications(client: pg.PoolClient, labels: readonly number[]) {
  const { rows } = await client.query<VerificationTuple>({
    name: "exported-verifications",
    text: `select label_id, verdict, judged::text, value::text, verifier, at::text from verifications
      where label_id = any($1::bigint[]) order by id`,
    values: [labels],
    rowMode: "array",
  });
  const histories = new Map<number, ExportedVerification[]>();
  for (const [label, verdict, judged, value, by, at] of rows) {
    const verification = {
      verdict,
      judged: parsed(judged),
      value: value === null ? null : parsed(value),
      by,
      at: isoMoment(at),
    };
    const others = histories.get(label);
    if (others) others.push(verification);
    else histories.set(label, [verification]);
  }
  return histories;
}

/** The stored replies to records, by `record/job`: one a sample, each followed by what refined it. */
async function readReplies(client: pg.PoolClient, records: readonly number[]) {
  const { rows } = await client.query<[record: number, job: number, texts: string[]]>({
    name: "exported-replies",
    text: `select job_items.record_id, job_items.job_id, array_agg(replies.text order by asked.place, asked.turn)
      from job_items
      join jobs on jobs.id = job_items.job_id
      cross join lateral (
        select key, place, 1 as turn from unnest(job_items.reply_keys) with ordinality as first (key, place)
        union all
        select key, place, 2 from unnest(job_items.refined_keys) with ordinality as second (key, place)
      ) as asked
      join replies on replies.project_id = jobs.project_id and replies.key = asked.key
      where job_items.record_id = any($1::bigint[])
      group by job_items.job_id, job_items.position, job_items.record_id`,
    values: [records],
    rowMode: "array",
  });
  return new Map(rows.map(([record, job, texts]) => [`${record}/${job}`, texts]));
}

/** Values repeat: most are parsed once. */
const known = new Map<string, LabelValue>();
const mostKnown = 10_000;

function parsed(text: string): LabelValue {
  const before = known.get(text);
  if (before !== undefined) return before;
  const value: LabelValue = JSON.parse(text);
  if (known.size >= mostKnown) known.clear();
  known.set(text, value);
  return value;
}

/** “2026-01-01 00:00:00.5+00”, as Postgres writes a moment in UTC, in ISO 8601 to the millisecond. */
export const isoMoment = (text: string): string => new Date(text).toISOString();
