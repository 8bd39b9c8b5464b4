import { openEngine } from "@countersign/engine";
import { pino } from "pino";
import { expect, test } from "vitest";
import { emptyDatabase, freshDatabase } from "../../../test/fresh-database.ts";
import { given } from "../../../test/given.ts";

const log = pino({ level: "silent" });
const opening = (url: string) => openEngine({ database: { url }, environment: {}, log });

const tables = `
  select table_name, column_name, data_type from information_schema.columns
  where table_schema = 'public' order by table_name, column_name`;

test("a database of one's own gets the same tables", async () => {
  await using own = await emptyDatabase();
  await using template = await freshDatabase();
  const engine = given(await opening(own.url));
  const other = given(await opening(template.url));
  const shape = (await engine.pool.query(tables)).rows;
  expect(shape).toEqual((await other.pool.query(tables)).rows);
  expect(shape.length).toBeGreaterThan(100);
  await Promise.all([engine.close(), other.close()]);
});

test("an address where nothing answers is told, whatever is wrong with it", async () => {
  for (const url of ["postgresql://me@127.0.0.1:1/nothing", "postgresql://me@localhost:1/nothing"])
    expect(await opening(url)).toMatchObject({
      error: { type: "database-unreachable", what: expect.stringContaining("ECONNREFUSED") },
    });
  await using database = await freshDatabase();
  const missing = database.url.replace(/test_\w+/, "no_such_database");
  expect(await opening(missing)).toMatchObject({
    error: { type: "database-unreachable", what: expect.stringContaining("does not exist") },
  });
});

test("an address that is none is told without repeating the password in it", async () => {
  const opened = await opening("postgresql://me:hunter2@host:notaport/x");
  expect(opened).toMatchObject({ error: { type: "database-unreachable" } });
  expect(JSON.stringify(opened)).not.toContain("hunter2");
});
