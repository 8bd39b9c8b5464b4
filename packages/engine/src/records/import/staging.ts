import { pipeline } from "node:stream/promises";
import type { ClientBase } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import type { StagedRow } from "./staged-row.ts";

/*
 * An import is first copied into a temporary table, where its rows are compared with each other and with the project's,
 * and only then moved, all at once. Most of the time goes into the trigram index of the records, with or without this.
 */

/** Makes the staging table, which lasts as long as the transaction, and readies the transaction for moving much. */
export async function createStaging(client: ClientBase): Promise<void> {
  await client.query(`
    set local work_mem = '64MB';
    set local gin_pending_list_limit = '64MB';
    create temporary table staging (
      line int not null, key text not null, content text not null,
      source jsonb not null, metadata jsonb not null, gold jsonb not null
    ) on commit drop`);
}

/** Copies rows in. Where the rows fail, so does the copy. */
export async function fillStaging(
  client: ClientBase,
  rows: AsyncIterable<StagedRow>,
): Promise<void> {
  await pipeline(encode(rows), client.query(copyFrom("copy staging from stdin")));
  await client.query("create index on staging (line); analyze staging");
}

const chunkLength = 65_536;

/** Rows in COPY's text format, in chunks. */
async function* encode(rows: AsyncIterable<StagedRow>): AsyncGenerator<string> {
  let chunk = "";
  for await (const { line, key, text, source, metadata, gold } of rows) {
    chunk += `${line}\t${escaped(key)}\t${escaped(text)}\t${escaped(source)}\t${escaped(metadata)}\t${escaped(gold)}\n`;
    if (chunk.length < chunkLength) continue;
    yield chunk;
    chunk = "";
  }
  if (chunk !== "") yield chunk;
}

const escapes: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

const escaped = (text: string): string =>
  /[\\\n\r\t]/.test(text) ? text.replace(/[\\\n\r\t]/g, (char) => escapes[char] ?? "") : text;
