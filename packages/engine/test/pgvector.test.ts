import { randomUUID } from "node:crypto";
import { Search } from "@countersign/core";
import type { Engine } from "@countersign/engine";
import pg from "pg";
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import { given } from "../../../test/given.ts";
import { fillCompanions } from "../src/embeddings/companions.ts";
import { embeddings, openEngine, projects, records, startWorker } from "../src/index.ts";
import { writeNumbers } from "../src/records/vectors/numbers.ts";
import { ann, freshProject, imported } from "./importing.ts";
import { until } from "./labelling.ts";

/** Address of a Postgres that has pgvector, where databases may be made; without it this file is skipped. */
const server = process.env.COUNTERSIGN_TEST_PGVECTOR_URL;

const many = 4000;
const length = 32;

let state = 7;
function random(): number {
  state = (state * 1103515245 + 12345) % 2147483648;
  return state / 2147483648 - 0.5;
}
const vector = () => Array.from({ length }, random);

async function opened(): Promise<Engine> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  const admin = new pg.Client(server);
  await admin.connect();
  await admin.query(`create database ${name}`);
  const url = new URL(server ?? "");
  url.pathname = name;
  const log = pino({ level: "silent" });
  const engine = given(await openEngine({ database: { url: url.href }, environment: {}, log }));
  onTestFinished(async () => {
    await engine.close();
    await admin.query(`drop database ${name} with (force)`);
    await admin.end();
  });
  return engine;
}

const file = (texts: readonly string[]) =>
  `id,text\n${texts.map((text, at) => `r${at},${text}`).join("\n")}\n`;

async function withVectors(engine: Engine): Promise<string> {
  const project = await freshProject(engine);
  await imported(engine, project, file(Array.from({ length: many }, (_, n) => `text ${n}`)));
  await engine.pool.query(
    `insert into embeddings (project_id, name, state, total, created_by, finished_at)
     select id, 'e', 'done', $1, 'ann', now() from projects`,
    [many],
  );
  await engine.pool.query(
    `insert into vectors (project_id, name, record_id, numbers, digest)
     select project_id, 'e', id, ($1::bytea[])[row_number() over (order by id)],
       sha256(convert_to(content, 'UTF8')) from records`,
    [Array.from({ length: many }, () => writeNumbers(vector()))],
  );
  return project;
}

const nearestTo = async (engine: Engine, project: string, to: number[], top = 10) =>
  given(
    await records.search(engine, {
      project,
      ...Search.parse({
        where: { similar: { to: { vector: to }, by: { vector: "e" }, top } },
        sort: { by: "similarity" },
        limit: top,
      }),
    }),
  ).records.map(({ key, score }) => ({ key, score }));

const built = (engine: Engine) => fillCompanions(engine, new AbortController().signal, 100);
const indexed = async (engine: Engine) =>
  (await engine.pool.query("select from countersign_vectors_1")).rowCount;

const left = async (engine: Engine) =>
  (await engine.pool.query("select from pg_class where relname ~ '^countersign_vectors_[0-9]+$'"))
    .rows;

test.skipIf(!server)(
  "with pgvector (COUNTERSIGN_TEST_PGVECTOR_URL) the index finds what comparing all does",
  { timeout: 120_000 },
  async () => {
    const engine = await opened();
    const project = await withVectors(engine);
    const seeds = Array.from({ length: 40 }, vector);
    const exact: Awaited<ReturnType<typeof nearestTo>>[] = [];
    for (const seed of seeds) exact.push(await nearestTo(engine, project, seed));
    const building = built(engine);
    expect(await nearestTo(engine, project, seeds[0] ?? [])).toHaveLength(10);
    expect(await building).toBe(true);
    expect(await indexed(engine)).toBe(many);
    let found = 0;
    for (const [at, seed] of seeds.entries()) {
      const now = await nearestTo(engine, project, seed);
      expect(now).toHaveLength(10);
      found += now.filter((one) =>
        exact[at]?.some(({ key, score }) => key === one.key && score === one.score),
      ).length;
    }
    expect(found / 400).toBeGreaterThanOrEqual(0.95);
  },
);

test.skipIf(!server)(
  "with pgvector (COUNTERSIGN_TEST_PGVECTOR_URL) what is changed or deleted is never found",
  { timeout: 120_000 },
  async () => {
    const engine = await opened();
    const project = await withVectors(engine);
    await built(engine);
    const seed = vector();
    const [first, second, third] = await nearestTo(engine, project, seed);
    given(await records.remove(engine, ann, { project, where: { key: [second?.key ?? ""] } }));
    expect(await indexed(engine)).toBe(many - 1);
    await imported(engine, project, `id,text\n${first?.key},another text\n`, {
      rules: { duplicates: "update" },
    });
    expect((await nearestTo(engine, project, seed))[0]).toEqual(third);
    expect(await indexed(engine)).toBe(many - 2);
    // Not yet in the index, and found.
    await engine.pool.query(
      "insert into vectors (project_id, name, record_id, numbers) select project_id, 'e', id, $2 from records where key = $1",
      [first?.key, writeNumbers(seed)],
    );
    expect((await nearestTo(engine, project, seed))[0]?.key).toBe(first?.key);
    expect(await built(engine)).toBe(false);
    // As computing it anew ends.
    await engine.pool.query("update embeddings set finished_at = now()");
    expect(await built(engine)).toBe(true);
    expect(await indexed(engine)).toBe(many - 1);
    expect((await nearestTo(engine, project, seed))[0]?.key).toBe(first?.key);
    given(await embeddings.remove(engine, ann, { project, name: "e" }));
    expect(await indexed(engine)).toBe(0);
    await built(engine);
    expect(await left(engine)).toEqual([]);
  },
);

test.skipIf(!server)(
  "with pgvector (COUNTERSIGN_TEST_PGVECTOR_URL) a deleted project leaves nothing of it",
  { timeout: 120_000 },
  async () => {
    const engine = await opened();
    const project = await withVectors(engine);
    await built(engine);
    expect(await left(engine)).toHaveLength(1);
    given(await projects.remove(engine, ann, { project }));
    const worker = startWorker(engine);
    onTestFinished(() => worker.stop());
    await until(async () => (await left(engine)).length === 0);
    expect((await engine.pool.query("select from vectors")).rowCount).toBe(0);
  },
);
