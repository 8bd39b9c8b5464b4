import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ColumnMapping, ImportRules } from "@countersign/core";
import { pino } from "pino";
import { describe, expect, onTestFinished, test } from "vitest";
import { emptyDatabase, freshEngine } from "../../../test/fresh-database.ts";
import { given } from "../../../test/given.ts";
import { backups, type Engine, imports, jobs, records, startWorker, tokens } from "../src/index.ts";
import { openStore } from "../src/store/connection.ts";
import { migrate } from "../src/store/migrate.ts";
import { ann } from "./importing.ts";
import { labelledProject } from "./labelled-project.ts";
import {
  agentAt,
  labellingProject,
  texts as manyTexts,
  runJob,
  until,
  untilAtRest,
} from "./labelling.ts";
import { type Call, completion, startProvider } from "./provider.ts";

const version = "9.9.9";
const silent = pino({ level: "silent" });

async function engineOf(): Promise<Engine> {
  const engine = await freshEngine();
  onTestFinished(() => engine.close());
  return engine;
}

async function backUp(engine: Engine, onChunk?: () => Promise<void>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of backups.write(engine, { version })) {
    if (chunks.length === 0) await onChunk?.();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 10_000) yield bytes.subarray(at, at + 10_000);
}

const restoring = (engine: Engine, bytes: Uint8Array) =>
  backups.restore(engine, ann, { body: inPieces(bytes) });

/** Every row of every table that lasts, as text. */
async function everything(engine: Engine): Promise<Record<string, unknown>> {
  const { rows } = await engine.pool.query<{ name: string }>(
    `select table_name as name from information_schema.tables
     where table_schema = 'public' and table_type = 'BASE TABLE'
       and table_name not like 'kysely%' and table_name not in ('workers', 'job_gauges', 'exports', 'export_parts')`,
  );
  const all: Record<string, unknown> = {};
  for (const { name } of rows) {
    const found = await engine.pool.query<{ row: string }>(
      `select t::text as row from ${name} t order by t::text collate "C"`,
    );
    all[name] = found.rows.map(({ row }) => row);
  }
  return all;
}

const texts = [
  "plain",
  'tab\t newline\n backslash \\ quote " \\N \\.',
  "שלום \u0007 ‮ 𝔘 \ufffe",
  Array.from({ length: 30_000 }, (_, n) => (n * 7919) % 99_991).join(" "),
];

async function stocked(): Promise<{ engine: Engine; project: string; jobs: readonly number[] }> {
  const engine = await engineOf();
  const made = await labelledProject(engine, { texts, jobs: [["tone", "topics"], ["tone"]] });
  await made.label([
    { record: 0, by: { job: 0 }, value: "pos", confidence: 0.1, metadata: { cost: 1e-7 } },
    { record: 1, by: { job: 0 }, name: "topics", value: ["price"] },
    { record: 2, by: { person: "ben" }, value: "neu" },
    { record: 3, by: { gold: true }, value: "neg" },
  ]);
  await engine.pool.query(
    `insert into verifications (project_id, label_id, schema_version, verdict, judged, value, verifier)
     select project_id, id, schema_version, 'CONFIRMS', value, value, 'ann' from labels`,
  );
  await engine.pool.query(
    `insert into replies (project_id, key, text, finish_reason, logprobs, latency_ms, simulated)
     select id, '\\x00ff5c', E'a\\tb', 'stop', '[1.5]', 0.1, true from projects`,
  );
  return { engine, project: made.project, jobs: made.jobs };
}

const indexes = async (engine: Engine): Promise<string[]> =>
  (
    await engine.pool.query<{ made: string }>(
      "select indexdef as made from pg_indexes where schemaname = 'public' order by 1",
    )
  ).rows.map(({ made }) => made);

/** A database that nothing was restored into. */
async function expectEmpty(engine: Engine): Promise<void> {
  const { rows } = await engine.pool.query("select from projects union all select from records");
  expect(rows).toEqual([]);
}

describe("a backup", () => {
  test("brings back every row of every table, and ids go on where they were", async () => {
    const { engine } = await stocked();
    const before = await everything(engine);
    const bytes = await backUp(engine);
    const other = await engineOf();
    expect(given(await restoring(other, bytes))).toMatchObject({
      madeBy: version,
      projects: 1,
      records: 4,
      labels: 4,
      migrated: [],
      pausedJobs: [],
    });
    expect(await everything(other)).toEqual(before);
    expect(await indexes(other)).toEqual(await indexes(engine));
    const { rows } = await other.pool.query(
      "insert into records (project_id, key, content, created_by) select id, 'n', 'n', 'n' from projects returning id",
    );
    const highest = await engine.pool.query("select max(id) as id from records");
    expect(rows[0].id).toBe(highest.rows[0].id + 1);
  });

  test("is of one moment, whatever is written and deleted while it is made", async () => {
    const { engine } = await stocked();
    const before = await everything(engine);
    const bytes = await backUp(engine, async () => {
      await engine.pool.query("delete from labels");
      await engine.pool.query(
        "insert into records (project_id, key, content, created_by) select id, 'late', 'late', 'n' from projects",
      );
    });
    const other = await engineOf();
    given(await restoring(other, bytes));
    expect(await everything(other)).toEqual(before);
  });

  test("taken while a job runs and a file comes in is of one moment, and both go on from it where it is restored", async () => {
    const engine = await engineOf();
    const held: Call[] = [];
    let [open, answered] = [false, 0];
    await using provider = await startProvider((call) => {
      if (open || held.length + answered < 150) {
        answered += 1;
        call.send(200, completion("tone: good"));
      } else held.push(call);
    });
    await labellingProject(engine, "p", manyTexts(400));
    const agent = await agentAt(engine, "p", provider.address);
    const worker = startWorker(engine);
    onTestFinished(() => worker.stop());
    const { id } = await runJob(engine, "p", agent);
    const file = Buffer.from("id,text\na,first\nb,second\n");
    const sent = given(
      await imports.create(engine, ann, { project: "p", name: "more.csv", size: file.length }),
    );
    const part = { project: "p", import: sent.id };
    given(
      await imports.receive(engine, { ...part, offset: 0, body: inPieces(file.subarray(0, 12)) }),
    );
    await until(() => held.length > 0);

    // What the job stores and what comes of the file while it is written is not in it.
    const bytes = await backUp(engine, async () => {
      open = true;
      for (const call of held) call.send(200, completion("tone: good"));
      given(
        await imports.receive(engine, { ...part, offset: 12, body: inPieces(file.subarray(12)) }),
      );
      await untilAtRest(engine, "p", id, "done");
    });
    const asked = provider.calls.length;
    expect(asked).toBe(400);

    const other = await engineOf();
    expect(given(await restoring(other, bytes))).toMatchObject({ pausedJobs: [id] });
    const kept = given(await jobs.get(other, { project: "p", job: id })).progress;
    expect(kept.outcomes.labelled).toBeGreaterThan(0);
    expect(kept.outcomes.labelled).toBeLessThan(400);
    const { rows } = await other.pool.query(
      `select (select count(*) from labels) as labels, (select count(*) from replies) as replies,
         (select count(*) from job_items where outcome = 'labelled') as items`,
    );
    const [{ labels = 0, replies = 0, items = 0 } = {}] = rows;
    expect([labels, items]).toEqual([kept.outcomes.labelled, kept.outcomes.labelled]);
    expect(replies).toBeGreaterThanOrEqual(labels);

    expect(given(await imports.get(other, part))).toMatchObject({
      received: 12,
      state: "receiving",
    });
    given(await imports.receive(other, { ...part, offset: 12, body: inPieces(file.subarray(12)) }));
    expect(
      given(
        await imports.commit(other, ann, {
          ...part,
          reading: {},
          mapping: ColumnMapping.parse({ key: "id", text: "text" }),
          rules: ImportRules.parse({}),
        }),
      ),
    ).toMatchObject({ added: 2 });
    const second = startWorker(other);
    onTestFinished(() => second.stop());
    given(await jobs.resume(other, ann, { project: "p", job: id }));
    expect(await untilAtRest(other, "p", id)).toMatchObject({
      state: "done",
      progress: { outcomes: { labelled: 400 } },
    });
    // Only what the backup does not hold was asked once more.
    expect(provider.calls.length - asked).toBe(400 - replies);
  });

  test("is let go of when who takes it stops early", async () => {
    const { engine } = await stocked();
    for await (const chunk of backups.write(engine, { version })) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    expect(engine.pool.totalCount - engine.pool.idleCount).toBe(0);
  });

  test("of an older schema is brought to this one's", async () => {
    const folder = await mkdtemp(join(tmpdir(), "older-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    const first = await readFile(
      new URL("../src/store/migrations/0001-initial.sql", import.meta.url),
    );
    await writeFile(join(folder, "0001-initial.sql"), first);
    const database = await emptyDatabase();
    const store = openStore(database.target, () => undefined);
    onTestFinished(async () => {
      await store.close();
      await database.drop();
    });
    given(await migrate(store.db, silent, pathToFileURL(`${folder}/`)));
    await store.pool.query(`
      insert into projects (name, created_by) values ('old', 'ann');
      insert into records (project_id, key, content, created_by) select id, 'k', 'text', 'ann' from projects;
      insert into agents (project_id, id, name, content, created_by) select id, 'a', 'a', '{"model":{"provider":"openai","model":"m"},"parameters":{"topLogprobs":5},"prompt":{"user":"{{text}}","format":"line"},"labels":["l"]}', 'ann' from projects;
      insert into jobs (project_id, agent_id, label_names, schema_version, subset, settings, state, created_by)
        select id, 'a', '{l}', 1, '{}', '{"concurrency":1,"maxAttempts":1,"timeoutSeconds":1}', 'running', 'ann' from projects;
      insert into job_shards (job_id, shard, first_position, last_position, worker_id) select id, 0, 1, 1, 77 from jobs;
      insert into job_items (job_id, position, record_id, reply_key) select jobs.id, 1, records.id, '\\x01' from jobs, records;`);
    const bytes = await backUp({ ...store, environment: {}, log: silent });

    const other = await engineOf();
    const worker = startWorker(other);
    onTestFinished(() => worker.stop());
    const report = given(await restoring(other, bytes));
    expect(report.migrated).toContain("0002-several-replies");
    expect(report.pausedJobs).toEqual([1]);
    expect(given(await jobs.get(other, { project: "old", job: 1 }))).toMatchObject({
      state: "paused",
      pause: { reason: "user" },
    });
    const { rows } = await other.pool.query(
      "select reply_keys, worker_id from job_items join job_shards using (job_id)",
    );
    expect(rows).toEqual([{ reply_keys: [Buffer.from([1])], worker_id: null }]);
    const search = await records.search(other, {
      project: "old",
      sort: { by: "id", order: "ascending" },
      limit: 10,
      count: false,
    });
    expect(given(search).records).toHaveLength(1);
  });
});

describe("a restore", () => {
  test("refuses a torn or altered file before anything is written", async () => {
    const { engine } = await stocked();
    const bytes = await backUp(engine);
    const other = await engineOf();
    const broken = [
      bytes.subarray(0, bytes.length - 1000),
      bytes.subarray(0, bytes.length >> 1),
      Buffer.alloc(0),
      Buffer.from("no backup at all"),
    ];
    // One byte anywhere in what the archive holds.
    for (const share of [0.1, 0.5, 0.9]) {
      const altered = Buffer.from(bytes);
      const at = Math.floor(altered.length * share);
      altered[at] = (altered[at] ?? 0) ^ 0x55;
      broken.push(altered);
    }
    for (const file of broken)
      expect(await restoring(other, file)).toMatchObject({
        error: { type: "backup-unreadable", kept: "Nothing was restored." },
      });
    await expectEmpty(other);
  });

  test("refuses what a newer version has made", async () => {
    const { engine } = await stocked();
    await engine.pool.query(
      "insert into kysely_migration (name, timestamp) values ('9999-later', 'later')",
    );
    const bytes = await backUp(engine);
    const other = await engineOf();
    expect(await restoring(other, bytes)).toMatchObject({
      error: {
        type: "database-newer",
        what: expect.stringContaining("9999-later"),
        kept: "Nothing was restored.",
      },
    });
    await expectEmpty(other);
  });

  test("refuses a database that has a project, and leaves it as it is", async () => {
    const { engine } = await stocked();
    const bytes = await backUp(engine);
    const before = await everything(engine);
    expect(await restoring(engine, bytes)).toMatchObject({
      error: { type: "database-not-empty", what: expect.stringContaining("project-") },
    });
    expect(await everything(engine)).toEqual(before);
  });

  test("keeps the tokens that are there, and brings back the others", async () => {
    const { engine } = await stocked();
    const old = given(await tokens.create(engine, ann, { name: "old" }));
    const bytes = await backUp(engine);
    const other = await engineOf();
    const own = given(await tokens.create(other, ann, { name: "own" }));
    given(await restoring(other, bytes));
    for (const { secret, name } of [
      { secret: old.secret, name: "old" },
      { secret: own.secret, name: "own" },
    ])
      expect(await tokens.authenticate(other, secret)).toMatchObject({ name });
  });
});
