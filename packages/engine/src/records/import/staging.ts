import { pipeline } from "node:stream/promises";
import type { RejectedRow } from "@countersign/core";
import type { ClientBase } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import type { StagedRow } from "./staged-row.ts";

/*
 * An import is first copied into a temporary table, where its rows are compared with each other and with the project's,
 * and only then moved, all at once. Most of the time goes into the trigram index of the records, with or without this.
 * Rows that cannot be taken go in as well, with the reason, and from there to the table of faults: however many they are,
 * they take no memory.
 */

/** Makes the staging tables, which last as long as the transaction, and readies the transaction for moving much. */
export async function createStaging(client: ClientBase): Promise<void> {
  await client.query(`
    set local work_mem = '64MB';
    set local gin_pending_list_limit = '64MB';
    create temporary table staging (
      -- a row's number, from 1: several may be on one line
      n int not null,
      line int not null, key text, content text, kind text, turns jsonb,
      source jsonb, metadata jsonb, labels jsonb,
      fault_column text, reason text,
      -- the record that the row is about, where there is one already
      record_id bigint,
      -- the number of the row that stands for this one: of rows that are one record, the same
      stands int,
      -- what becomes of it, where it is neither new nor known and the same
      fate text
    ) on commit drop;
    create temporary table faults (
      n int not null, line int not null, column_name text, reason text not null,
      -- whether the row only differs from what is there, for which there is a rule
      differs boolean not null default false
    )
      on commit drop`);
}

const copied = "n, line, key, content, kind, turns, source, metadata, labels, fault_column, reason";

/** Copies rows in, and parts those that cannot be taken from those that can. Where the rows fail, so does the copy. */
export async function fillStaging(
  client: ClientBase,
  rows: AsyncIterable<StagedRow | RejectedRow>,
): Promise<void> {
  await pipeline(encode(rows), client.query(copyFrom(`copy staging (${copied}) from stdin`)));
  const { rowCount } = await client.query(
    "insert into faults select n, line, fault_column, reason from staging where reason is not null",
  );
  if (rowCount) await client.query("delete from staging where reason is not null");
  await client.query("create index on staging (n); analyze staging");
}

const chunkLength = 65_536;

/** Rows in COPY's text format, in chunks. */
async function* encode(rows: AsyncIterable<StagedRow | RejectedRow>): AsyncGenerator<string> {
  let chunk = "";
  let n = 0;
  for await (const row of rows) {
    n += 1;
    chunk += `${n}\t${"reason" in row ? encodeRejected(row) : encodeRow(row)}`;
    if (chunk.length < chunkLength) continue;
    yield chunk;
    chunk = "";
  }
  if (chunk !== "") yield chunk;
}

function encodeRow({ line, key, content, source, metadata, labels }: StagedRow): string {
  const { text, kind, turns } = content ?? {};
  return `${line}\t${escaped(key)}\t${field(text)}\t${field(kind)}\t${field(turns)}\t${escaped(source)}\t${escaped(metadata)}\t${escaped(labels)}\t\\N\t\\N\n`;
}

const encodeRejected = ({ row, column, reason }: RejectedRow): string =>
  `${row}\t\\N\t\\N\t\\N\t\\N\t\\N\t\\N\t\\N\t${field(storable(column))}\t${escaped(storable(reason) ?? "")}\n`;

/** A fault may quote what cannot be stored: that is why it is one. */
const storable = (text: string | undefined): string | undefined =>
  text?.slice(0, 2000).replaceAll("\0", "\ufffd").toWellFormed();

const field = (text: string | undefined): string => (text === undefined ? "\\N" : escaped(text));

const escapes: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

const escaped = (text: string): string =>
  /[\\\n\r\t]/.test(text) ? text.replace(/[\\\n\r\t]/g, (char) => escapes[char] ?? "") : text;
