import { createHash } from "node:crypto";
import type { BackupManifest } from "@countersign/core";
import type pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import type { Engine } from "../engine.ts";
import { type ZipEntry, zipped } from "../records/index.ts";
import { type BackedUpTable, backedUpTables, written } from "./tables.ts";

/**
 * Writes everything into one archive, as it is at the moment of the first read, whatever goes on meanwhile: each table as
 * Postgres copies it, and a manifest by which a restore knows that it has the whole. Left out is what is of a moment only:
 * who works, and files that were exported. Model providers' keys are not in the database, so they are not in it; hashes
 * of tokens are.
 */
export async function* write(
  engine: Engine,
  { version }: { readonly version: string },
): AsyncGenerator<Uint8Array, void, undefined> {
  const client = await engine.pool.connect();
  let whole = false;
  try {
    await client.query("begin isolation level repeatable read read only");
    yield* zipped(entries(client, version), { level: 3, large: true });
    await client.query("rollback");
    whole = true;
  } finally {
    // A connection in the midst of a COPY is not used again.
    client.release(!whole);
  }
}

async function* entries(
  client: pg.PoolClient,
  version: string,
): AsyncGenerator<ZipEntry, void, undefined> {
  const { rows } = await client.query<{ now: string }>(
    "select to_char(now() at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"') as now",
  );
  const migrations = await client.query<{ name: string }>(
    "select name from kysely_migration order by name",
  );
  const tables: BackupManifest["tables"] = [];
  for (const table of await backedUpTables(client))
    yield { name: `tables/${table.name}.copy`, content: copied(client, table, tables) };
  const manifest: BackupManifest = {
    format: "countersign-backup-1",
    countersign: version,
    createdAt: rows[0]?.now ?? "",
    migrations: migrations.rows.map(({ name }) => name),
    tables,
    sequences: await sequences(client, tables),
  };
  yield { name: "manifest.json", content: just(`${JSON.stringify(manifest, null, 1)}\n`) };
}

/** A table's rows, which are counted and hashed as they pass. */
async function* copied(
  client: pg.PoolClient,
  table: BackedUpTable,
  tables: BackupManifest["tables"],
): AsyncGenerator<Uint8Array, void, undefined> {
  const stream = client.query(copyTo(`copy ${written(table)} to stdout`));
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of stream) {
    hash.update(chunk);
    bytes += chunk.length;
    yield chunk;
  }
  tables.push({
    name: table.name,
    columns: [...table.columns],
    rows: stream.rowCount,
    bytes,
    sha256: hash.digest("hex"),
  });
}

/** How far ids were given, so that none is given twice, also not that of something deleted. */
async function sequences(
  client: pg.PoolClient,
  tables: readonly { readonly name: string }[],
): Promise<BackupManifest["sequences"]> {
  const { rows } = await client.query<{ table: string; column: string; sequence: string }>(
    `select c.relname as table, a.attname as column,
       pg_get_serial_sequence(quote_ident(c.relname), a.attname) as sequence
     from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = current_schema()::regnamespace and a.attidentity <> ''
       and c.relname = any($1::text[]) order by 1, 2`,
    [tables.map(({ name }) => name)],
  );
  const all: BackupManifest["sequences"] = [];
  for (const { table, column, sequence } of rows) {
    const { rows: last } = await client.query<{ last: number }>(
      `select case when is_called then last_value else 0 end as last from ${sequence}`,
    );
    all.push({ table, column, last: last[0]?.last ?? 0 });
  }
  return all;
}

async function* just(text: string): AsyncGenerator<string, void, undefined> {
  yield text;
}
