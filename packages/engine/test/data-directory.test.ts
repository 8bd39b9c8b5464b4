import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chown, lstat, mkdir, readFile, symlink, truncate, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Engine, openEngine } from "@countersign/engine";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DataDirectory } from "./data-directory.ts";
import { EngineProcess } from "./engine-process.ts";

const log = pino({ level: "silent" });
const asRoot = process.getuid?.() === 0;
/** An account that every Linux has and that owns no files. */
const ordinary = { uid: 1, gid: 1 };

const opening = (dataDir: string) => openEngine({ database: { dataDir }, environment: {}, log });

test("a deep path with spaces and letters of other scripts serves as well as any", async () => {
  await using data = await DataDirectory.create(
    `Büro 資料 'quoted', "too"/${"deep ".repeat(40)}/data`,
  );
  const first = await data.open();
  await first.pool.query("insert into projects (name, created_by) values ('kept', 'ann')");
  await using second = new EngineProcess(data.path);
  expect(await second.next()).toBe("open");
  expect(await second.query("select name from projects")).toEqual([{ name: "kept" }]);
  await second.close();
  await first.close();
});

describe("an embedded server", () => {
  let data: DataDirectory;
  let engine: Engine;
  beforeAll(async () => {
    data = await DataDirectory.create();
    process.env.COUNTERSIGN_TEST_API_KEY = "sk-secret";
    engine = await data.open();
  });
  afterAll(async () => {
    delete process.env.COUNTERSIGN_TEST_API_KEY;
    await engine.close();
    await data[Symbol.asyncDispose]();
  });

  const rowsOf = async (sql: string) => (await engine.pool.query(sql)).rows;

  test("listens on no network, and only its account may reach its socket", async () => {
    const settings = "select name, setting from pg_settings where name = any";
    expect(await rowsOf(`${settings} ('{listen_addresses}')`)).toEqual([
      { name: "listen_addresses", setting: "" },
    ]);
    const [{ setting: directory }] = await rowsOf(`${settings} ('{unix_socket_directories}')`);
    expect((await lstat(directory)).mode & 0o777).toBe(0o700);
  });

  test.runIf(process.platform === "linux")("knows nothing of our environment", async () => {
    const environment = await readFile(`/proc/${await data.postmaster()}/environ`, "utf8");
    expect(environment).not.toContain("sk-secret");
  });

  test("orders text by code point and knows the letters of every script", async () => {
    const words = "unnest('{é,b,B,a,я}'::text[]) word";
    expect(
      await rowsOf(`select string_agg(word, ' ' order by word) as ordered from ${words}`),
    ).toEqual([{ ordered: "B a b é я" }]);
    expect(
      await rowsOf(
        "select 'ПРИВЕТ' ilike '%привет%' as folds, cardinality(show_trgm('привет')) as trigrams",
      ),
    ).toEqual([{ folds: true, trigrams: 7 }]);
  });
});

test("the lock of a dead server whose process number another program now has is no obstacle", async () => {
  await using data = await DataDirectory.create();
  const first = await data.open();
  await first.close();
  const cluster = await data.cluster();
  const { uid, gid } = await lstat(cluster);
  const stranger = spawn("/bin/sleep", ["60"], { ...(asRoot ? { uid, gid } : {}), cwd: "/" });
  await once(stranger, "spawn");
  const lock = join(cluster, "postmaster.pid");
  await writeFile(
    lock,
    `${stranger.pid}\n${cluster}\n1700000000\n5432\n${cluster}\n\n1 1\nready\n`,
  );
  if (asRoot) await chown(lock, uid, gid);

  await using _second = await data.open();
  stranger.kill();
  expect(await data.postmaster()).not.toBe(stranger.pid);
});

test("a data directory that is a file is told so, and left alone", async () => {
  await using data = await DataDirectory.create();
  await writeFile(data.path, "mine");
  expect(await opening(data.path)).toMatchObject({
    error: { type: "data-directory-unusable", what: expect.stringContaining(data.path) },
  });
  expect(await readFile(data.path, "utf8")).toBe("mine");
});

test("a cluster that was put elsewhere and is gone is not replaced by an empty one", async () => {
  await using data = await DataDirectory.create();
  await mkdir(data.path);
  await symlink("/var/lib/countersign/gone", join(data.path, "postgres"));
  expect(await opening(data.path)).toMatchObject({
    error: { what: expect.stringContaining("/var/lib/countersign/gone") },
  });
});

test("a cluster of another Postgres version is told so", async () => {
  await using data = await DataDirectory.create();
  const first = await data.open();
  await first.close();
  await writeFile(join(await data.cluster(), "PG_VERSION"), "17\n");
  expect(await opening(data.path)).toMatchObject({
    error: { what: expect.stringContaining("made by Postgres 17, and this is Postgres 18") },
  });
});

test("a cluster that Postgres refuses is told in Postgres's own words", async () => {
  await using data = await DataDirectory.create();
  const first = await data.open();
  await first.close();
  await truncate(join(await data.cluster(), "global", "pg_control"));
  expect(await opening(data.path)).toMatchObject({
    error: { type: "data-directory-unusable", what: expect.stringMatching(/pg_control.*read/) },
  });
});

test.runIf(asRoot)("as root, behind a directory that only root may enter", async () => {
  await using data = await DataDirectory.create("data", 0o700);
  const first = await data.open();
  await first.pool.query("insert into projects (name, created_by) values ('kept', 'ann')");
  await first.close();
  expect(await data.cluster()).toMatch(/^\/var\/lib\/countersign\/postgres-/);

  await using second = await data.open();
  const found = await second.pool.query("select name from projects");
  expect(found.rows).toEqual([{ name: "kept" }]);
});

test.runIf(asRoot)(
  "as an ordinary user, and then as root in that user's directory",
  async ({ skip }) => {
    const entering = spawnSync("/bin/sh", ["-c", 'cd -- "$1"', "sh", import.meta.dirname], {
      ...ordinary,
      cwd: "/",
    });
    if (entering.status !== 0) skip("an ordinary user cannot enter this checkout");
    await using data = await DataDirectory.create();
    await chown(dirname(data.path), ordinary.uid, ordinary.gid);
    await using user = new EngineProcess(data.path, ordinary);
    expect(await user.next()).toBe("open");
    await user.query("insert into projects (name, created_by) values ('kept', 'ann')");
    expect((await lstat(await data.cluster())).uid).toBe(ordinary.uid);
    await user.close();

    await using root = await data.open();
    const found = await root.pool.query("select name from projects");
    expect(found.rows).toEqual([{ name: "kept" }]);
  },
);
