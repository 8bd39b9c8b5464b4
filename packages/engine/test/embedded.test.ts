import { readdir } from "node:fs/promises";
import { expect, test } from "vitest";
import { freshEngine } from "../../../test/fresh-database.ts";
import { isConnectionLoss, untilAnswers } from "../src/store/connection-loss.ts";
import { DataDirectory } from "./data-directory.ts";
import { EngineProcess } from "./engine-process.ts";

const addRow = "insert into projects (name, created_by) values ('kept', 'ann')";
const rows = "select name from projects";
const kept = [{ name: "kept" }];

test("the first start makes a data directory, the last to leave stops its server, the next start finds the rows", async () => {
  await using data = await DataDirectory.create("data");
  const first = await data.open();
  await first.pool.query(addRow);
  await first.close();
  expect(await data.postmaster()).toBeUndefined();

  await using second = await data.open();
  expect((await second.pool.query(rows)).rows).toEqual(kept);
});

test("processes that make a data directory at once share one server, which lives as long as one of them", async () => {
  await using data = await DataDirectory.create();
  await using one = new EngineProcess(data.path);
  await using other = new EngineProcess(data.path);
  expect(await Promise.all([one.next(), other.next()])).toEqual(["open", "open"]);
  await one.query(addRow);
  expect(await other.query(rows)).toEqual(kept);
  expect(await readdir(data.path)).toEqual(["postgres", "postgres.log"]);

  await one.close();
  expect(await other.query(rows)).toEqual(kept);
  await other.close();
  expect(await data.postmaster()).toBeUndefined();
});

test("processes that leave and come at once lose nobody", async () => {
  await using data = await DataDirectory.create();
  for (let round = 0; round < 3; round++) {
    const leaving = await data.open();
    const [, staying] = await Promise.all([leaving.close(), data.open()]);
    await untilAnswers(staying);
    expect((await staying.pool.query("select 1 as n")).rows).toEqual([{ n: 1 }]);
    await staying.close();
  }
  expect(await data.postmaster()).toBeUndefined();
});

test("a process of ours that is killed leaves its server and every committed row to the next", async () => {
  await using data = await DataDirectory.create();
  const killed = new EngineProcess(data.path);
  await killed.next();
  await killed.query(addRow);
  const server = await data.postmaster();
  await killed.kill();

  await using next = await data.open();
  expect(await data.postmaster()).toBe(server);
  expect((await next.pool.query(rows)).rows).toEqual(kept);
});

test("a server that is killed under living processes comes back with every committed row", async () => {
  await using data = await DataDirectory.create();
  await using engine = await data.open();
  const other = await data.open();
  await engine.pool.query(addRow);
  const server = await data.postmaster();
  const cut = engine.pool.query("select pg_sleep(60)").catch((error: unknown) => error);
  await data.killPostgres();
  expect(isConnectionLoss(await cut)).toBe(true);

  await expect.poll(async () => (await data.postmaster()) ?? server).not.toBe(server);
  await untilAnswers(other);
  expect((await other.pool.query(rows)).rows).toEqual(kept);
  await other.close();
  await untilAnswers(engine);
  expect((await engine.pool.query(rows)).rows).toEqual(kept);
});

test("when process and server are both killed, the next start recovers every committed row", async () => {
  await using data = await DataDirectory.create();
  const killed = new EngineProcess(data.path);
  await killed.next();
  await killed.query(addRow);
  await Promise.all([killed.kill(), data.killPostgres()]);

  await using next = await data.open();
  expect((await next.pool.query(rows)).rows).toEqual(kept);
});

test("what a statement does wrong is not taken for a lost connection", async () => {
  await using engine = await freshEngine();
  const wrong = await engine.pool.query("select nonsense").catch((error: unknown) => error);
  expect(wrong).toBeInstanceOf(Error);
  expect(isConnectionLoss(wrong)).toBe(false);
});
