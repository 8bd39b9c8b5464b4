import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { pino } from "pino";
import { afterEach, beforeEach, expect, test } from "vitest";
import { emptyDatabase, type FreshDatabase } from "../../../../test/fresh-database.ts";
import { given } from "../../../../test/given.ts";
import { openStore, type Store } from "./connection.ts";
import { migrate } from "./migrate.ts";

const silent = pino({ level: "silent" });

const first = "create table notes (n int primary key); create table marks (n int);";
const rewriting = "-- rewrites: notes, marks\nalter table notes alter n type text;";

let database: FreshDatabase;
let store: Store;
let directory: string;

beforeEach(async () => {
  database = await emptyDatabase();
  store = openStore(database.target, () => undefined);
  directory = await mkdtemp(join(tmpdir(), "migrations-"));
});
afterEach(async () => {
  await store.close();
  await database.drop();
  await rm(directory, { recursive: true });
});

/** The folder of a build with these migrations. */
async function build(name: string, migrations: Readonly<Record<string, string>>): Promise<URL> {
  const folder = await mkdtemp(join(directory, name));
  for (const [file, text] of Object.entries(migrations))
    await writeFile(join(folder, `${file}.sql`), text);
  return pathToFileURL(`${folder}/`);
}

const rowsOf = async (query: string) => (await store.pool.query(query)).rows;

test("a database of an older build is brought to this one's schema with its rows", async () => {
  given(await migrate(store.db, silent, await build("old", { "0001-first": first })));
  await store.pool.query("insert into notes values (1), (2)");
  const newer = await build("new", { "0001-first": first, "0002-text": rewriting });
  given(await migrate(store.db, silent, newer));
  expect(await rowsOf("select n from notes order by n")).toEqual([{ n: "1" }, { n: "2" }]);
  given(await migrate(store.db, silent, newer));
});

test("what a migration rewrites is copied as it was before, where there is anything", async () => {
  given(await migrate(store.db, silent, await build("old", { "0001-first": first })));
  await store.pool.query("insert into notes values (1), (2)");
  const lines: string[] = [];
  const log = pino({}, { write: (line: string) => lines.push(line) });
  const newer = await build("new", { "0001-first": first, "0002-text": rewriting });
  given(await migrate(store.db, log, newer));

  const copies =
    "from information_schema.tables where table_schema = 'countersign_backup_0002-text'";
  expect(await rowsOf(`select table_name ${copies}`)).toEqual([{ table_name: "notes" }]);
  expect(await rowsOf(`select n from "countersign_backup_0002-text".notes order by n`)).toEqual([
    { n: 1 },
    { n: 2 },
  ]);
  expect(lines.join("")).toContain("countersign_backup_0002-text");
});

test("an empty database needs no copies", async () => {
  const folder = await build("new", { "0001-first": first, "0002-text": rewriting });
  given(await migrate(store.db, silent, folder));
  expect(
    await rowsOf("select nspname from pg_namespace where nspname like 'countersign_backup_%'"),
  ).toEqual([]);
});

test("a migration that fails leaves the database as it was", async () => {
  given(await migrate(store.db, silent, await build("old", { "0001-first": first })));
  await store.pool.query("insert into notes values (1)");
  const broken = `${rewriting} insert into notes values ('1');`;
  const folder = await build("new", { "0001-first": first, "0002-text": broken });
  expect(await migrate(store.db, silent, folder)).toMatchObject({
    error: { type: "migration-failed", what: expect.stringContaining("duplicate key") },
  });
  expect(await rowsOf("select n from notes")).toEqual([{ n: 1 }]);
  expect(await rowsOf("select name from kysely_migration")).toEqual([{ name: "0001-first" }]);
  expect(await rowsOf("select 1 from pg_namespace where nspname ~ 'countersign_backup'")).toEqual(
    [],
  );
});

test("a database that a newer build has migrated is refused and not touched", async () => {
  const newer = await build("new", { "0001-first": first, "0002-text": rewriting });
  given(await migrate(store.db, silent, newer));
  const old = await build("old", { "0001-first": first });
  expect(await migrate(store.db, silent, old)).toMatchObject({
    error: { type: "database-newer", what: expect.stringContaining("0002-text") },
  });
});

test("builds that migrate at once take turns", async () => {
  const folder = await build("new", { "0001-first": first, "0002-text": rewriting });
  const others = Array.from({ length: 4 }, () => openStore(database.target, () => undefined));
  const migrated = await Promise.all(others.map((other) => migrate(other.db, silent, folder)));
  await Promise.all(others.map((other) => other.close()));
  expect(migrated.map((result) => result.ok)).toEqual([true, true, true, true]);
});
