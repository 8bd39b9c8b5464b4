import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import {
  type Deletion,
  type Export,
  ExportOptions,
  isFinished,
  NewAssignment,
} from "@countersign/core";
import { sql } from "kysely";
import { pino } from "pino";
import { describe, expect, onTestFinished, test } from "vitest";
import { freshDatabase } from "../../../test/fresh-database.ts";
import { given } from "../../../test/given.ts";
import {
  assignments,
  deletions,
  type Engine,
  exports,
  jobs,
  labels,
  openEngine,
  projects,
  records,
  startWorker,
} from "../src/index.ts";
import { ann } from "./importing.ts";
import { labelledProject } from "./labelled-project.ts";
import { until } from "./labelling.ts";

const all = { all: [] };

/** An engine whose database's address is known, so that other processes can join. */
async function sharedEngine(): Promise<{ engine: Engine; url: string } & AsyncDisposable> {
  const database = await freshDatabase();
  const log = pino({ level: "silent" });
  const engine = given(await openEngine({ database: { url: database.url }, environment: {}, log }));
  return {
    engine,
    url: database.url,
    [Symbol.asyncDispose]: async () => {
      await engine.close();
      await database.drop();
    },
  };
}

function startProcess(url: string): ChildProcess {
  const script = fileURLToPath(new URL("./worker-process.ts", import.meta.url));
  return spawn(process.execPath, [script, url], { stdio: "inherit" });
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill("SIGKILL");
  await once(child, "exit");
}

function working(engine: Engine): void {
  const worker = startWorker(engine);
  onTestFinished(() => worker.stop());
}

const number = async (engine: Engine, query: string): Promise<number> =>
  (await engine.pool.query<{ n: number }>(`select (${query}) as n`)).rows[0]?.n ?? 0;

/** Gives a project so many records more, each with a label, a verdict, an item and a reply of its first job. */
async function grow(engine: Engine, id: number, job: number, n: number): Promise<void> {
  await engine.pool.query(
    `insert into records (project_id, key, content, created_by)
     select $1, 'big' || n, repeat('text ' || n || ' ', 100), 'ann' from generate_series(1, $2::int) n`,
    [id, n],
  );
  await engine.pool.query(
    `with said as (
       insert into labels (project_id, record_id, annotator_id, name, value, schema_version, status,
         verified_value, verified_by, verified_at)
       select $1, records.id, annotators.id, 'tone', '"pos"', 1, 'confirmed', '"pos"', 'ann', now()
       from records, annotators where records.project_id = $1 and key like 'big%' and annotators.job_id = $2
       returning id, value)
     insert into verifications (project_id, label_id, schema_version, verdict, judged, value, verifier)
     select $1, id, 1, 'CONFIRMS', value, value, 'ann' from said`,
    [id, job],
  );
  await engine.pool.query(
    `insert into replies (project_id, key, text, finish_reason, latency_ms, simulated)
     select project_id, decode(md5(key), 'hex'), 'tone: positive', 'stop', 1, true from records
     where project_id = $1 and key like 'big%'`,
    [id],
  );
  await engine.pool.query(
    `insert into job_items (job_id, position, record_id, outcome, reply_keys)
     select $2, 1000 + row_number() over (order by id), id, 'labelled', array[decode(md5(key), 'hex')]
     from records where project_id = $1 and key like 'big%'`,
    [id, job],
  );
}

async function finished(engine: Engine, project: string, id: number): Promise<Export> {
  let now = given(await exports.get(engine, { project, export: id }));
  await until(async () => {
    now = given(await exports.get(engine, { project, export: id }));
    return isFinished(now);
  });
  return now;
}

const gone = (engine: Engine, { id }: Deletion) =>
  until(async () => given(await deletions.get(engine, { deletion: id })).state === "done");

async function bytesOf(content: AsyncIterable<string | Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of content) parts.push(typeof part === "string" ? Buffer.from(part) : part);
  return Buffer.concat(parts).toString("latin1");
}

const asked = (project: string, options: object = {}) => ({
  ...ExportOptions.parse(options),
  project,
});

describe("an export in the background", () => {
  test("is the same file as one that is taken at once, and is there until it is removed", async () => {
    await using shared = await sharedEngine();
    const { engine } = shared;
    const made = await labelledProject(engine, { texts: ["one", "two"] });
    await grow(engine, made.id, made.jobs[0] ?? 0, 3000);
    const { project } = made;
    working(engine);
    for (const format of ["jsonl", "xlsx"] as const) {
      const begun = given(await exports.create(engine, ann, asked(project, { format })));
      expect(begun).toMatchObject({ state: "waiting", link: null, createdBy: "ann" });
      const done = await finished(engine, project, begun.id);
      expect(done).toMatchObject({
        state: "done",
        records: { done: 3002, total: 3002 },
        link: `/api/v1/projects/${project}/exports/${begun.id}/file`,
        filename: `${project}.${format}`,
      });
      const file = given(await exports.file(engine, { project, export: begun.id }));
      const bytes = await bytesOf(file.content);
      expect(bytes.length).toBe(done.bytes);
      const direct = given(await records.exportFile(engine, asked(project, { format })));
      expect(bytes === (await bytesOf(direct))).toBe(true);
    }
    expect(given(await exports.list(engine, { project, limit: 1 }))).toMatchObject({
      items: [{ id: 2 }],
      next: "2",
    });
    given(await exports.remove(engine, { project, export: 1 }));
    await until(async () => (await number(engine, "select count(*) from exports")) === 1);
    expect(await number(engine, "select count(*) from export_parts where export_id = 1")).toBe(0);
    expect(await exports.file(engine, { project, export: 1 })).toMatchObject({
      error: { type: "export-not-found" },
    });
  });

  test("whose process is killed is begun anew, and its file is whole and of one moment", async () => {
    await using shared = await sharedEngine();
    const { engine, url } = shared;
    const made = await labelledProject(engine, { texts: ["one"] });
    await grow(engine, made.id, made.jobs[0] ?? 0, 6000);
    const { project } = made;
    const { id } = given(await exports.create(engine, ann, asked(project)));
    const child = startProcess(url);
    await until(async () => (await number(engine, "select count(*) from export_parts")) > 2);
    await kill(child);
    const left = given(await exports.get(engine, { project, export: id }));
    expect(left.state).toBe("running");
    expect(await exports.file(engine, { project, export: id })).toMatchObject({
      error: { type: "export-not-possible", what: `Export ${id} is not written yet.` },
    });
    await engine.db.deleteFrom("records").where("key", "=", "big1").execute();

    working(engine);
    expect(await finished(engine, project, id)).toMatchObject({
      state: "done",
      records: { done: 6000, total: 6000 },
    });
    const file = given(await exports.file(engine, { project, export: id }));
    const direct = given(await records.exportFile(engine, asked(project)));
    expect((await bytesOf(file.content)) === (await bytesOf(direct))).toBe(true);
  });

  test("that is cancelled leaves nothing, and one that turns out impossible says why", async () => {
    await using shared = await sharedEngine();
    const { engine } = shared;
    const made = await labelledProject(engine, { texts: ["one"] });
    const { project } = made;
    const first = given(await exports.create(engine, ann, asked(project)));
    expect(given(await exports.cancel(engine, ann, { project, export: first.id }))).toMatchObject({
      state: "cancelled",
      link: null,
    });
    const second = given(await exports.create(engine, ann, asked(project, { format: "xlsx" })));
    await engine.db
      .updateTable("records")
      .set({ content: "x".repeat(40_000) })
      .execute();
    working(engine);
    expect(await finished(engine, project, second.id)).toMatchObject({
      state: "failed",
      problem: { what: expect.stringContaining("32,767 characters") },
    });
    expect(given(await exports.get(engine, { project, export: first.id })).state).toBe("cancelled");
    expect(await number(engine, "select count(*) from export_parts")).toBe(0);
  });

  test("goes by itself when its time is over", async () => {
    await using shared = await sharedEngine();
    const { engine } = shared;
    const { project } = await labelledProject(engine, { texts: ["one"] });
    working(engine);
    const { id } = given(await exports.create(engine, ann, asked(project)));
    await finished(engine, project, id);
    await sql`update exports set expires_at = now() - interval '1 minute'`.execute(engine.db);
    await until(async () => (await number(engine, "select count(*) from exports")) === 0);
    expect(await number(engine, "select count(*) from export_parts")).toBe(0);
  });

  test("is refused at once where it cannot be", async () => {
    await using shared = await sharedEngine();
    const { engine } = shared;
    const { project } = await labelledProject(engine, { texts: ["one"] });
    expect(await exports.create(engine, ann, asked(project, { columns: ["no"] }))).toMatchObject({
      error: { type: "export-not-possible" },
    });
    expect(await exports.get(engine, { project, export: 7 })).toMatchObject({
      error: { type: "export-not-found" },
    });
  });
});

/** Tables that hold something of projects, and what they hold of this one in every place that names it. */
async function rowsIn(engine: Engine): Promise<Record<string, number>> {
  const { rows } = await engine.pool.query<{ schema: string; name: string }>(
    `select table_schema as schema, table_name as name from information_schema.tables
     where table_type = 'BASE TABLE' and (table_schema = 'public' or table_schema like 'countersign%')
       and table_name not like 'kysely%' and table_name not in ('workers', 'tokens', 'deletions')`,
  );
  const counts: Record<string, number> = {};
  for (const { schema, name } of rows) {
    const n = await number(engine, `select count(*) from "${schema}"."${name}"`);
    if (n > 0) counts[`${schema}.${name}`] = n;
  }
  return counts;
}

/** An assignment in which a record has been labelled, and the label taken back. */
async function assignedTo(engine: Engine, project: string, record: number): Promise<void> {
  const assignment = NewAssignment.parse({ name: "a", mode: "label", labels: ["tone"] });
  given(await assignments.create(engine, ann, { project, ...assignment }));
  for (const value of ["pos", null])
    given(
      await labels.set(engine, ann, {
        project,
        assignment: "a",
        labels: [{ record, name: "tone", value }],
      }),
    );
}

/** Copies of tables, as a migration leaves them. */
async function copyTables(engine: Engine): Promise<void> {
  await engine.pool.query('create schema "countersign_backup_0009-test"');
  for (const table of [
    "projects",
    "jobs",
    "annotators",
    "labels",
    "records",
    "job_items",
    "verifications",
    "replies",
  ])
    await engine.pool.query(
      `create table "countersign_backup_0009-test".${table} as table ${table}`,
    );
}

describe("deleting a project", () => {
  test("takes it out of sight at once and frees its name; then every row of it is gone from every table, and none of another", async () => {
    await using shared = await sharedEngine();
    const { engine } = shared;
    const made = await labelledProject(engine, {
      texts: ["one", "two"],
      jobs: [["tone"], ["topics"]],
    });
    await grow(engine, made.id, made.jobs[0] ?? 0, 2500);
    const { project } = made;
    working(engine);
    await finished(engine, project, given(await exports.create(engine, ann, asked(project))).id);
    await assignedTo(engine, project, made.records[0] ?? 0);
    await copyTables(engine);
    const begun = given(await projects.remove(engine, ann, { project }));
    expect(begun).toMatchObject({
      what: "project",
      name: project,
      lost: { records: 2502, jobs: 2, labels: 2500, verifications: 2500 },
    });
    expect(await projects.get(engine, { project })).toMatchObject({
      error: { type: "project-not-found" },
    });
    expect(given(await projects.list(engine, { limit: 10 })).items).toEqual([]);
    given(await projects.create(engine, ann, { name: project }));
    await gone(engine, begun);
    expect(await rowsIn(engine)).toEqual({ "public.projects": 1 });
    expect(given(await deletions.get(engine, { deletion: begun.id }))).toMatchObject({
      state: "done",
      name: null,
      progress: { done: 2502, total: 2502 },
    });
  });

  test("leaves other projects as they are, in copies too", async () => {
    await using shared = await sharedEngine();
    const { engine } = shared;
    const kept = await labelledProject(engine, { texts: ["one", "two"] });
    await grow(engine, kept.id, kept.jobs[0] ?? 0, 10);
    await copyTables(engine);
    const before = await rowsIn(engine);
    const made = await labelledProject(engine, { texts: ["three"] });
    await grow(engine, made.id, made.jobs[0] ?? 0, 10);
    working(engine);
    await gone(engine, given(await projects.remove(engine, ann, { project: made.project })));
    expect(await rowsIn(engine)).toEqual(before);
  });

  test("goes on where it was broken off when its process is killed", async () => {
    await using shared = await sharedEngine();
    const { engine, url } = shared;
    const made = await labelledProject(engine, { texts: ["one"] });
    await grow(engine, made.id, made.jobs[0] ?? 0, 6000);
    const begun = given(await projects.remove(engine, ann, { project: made.project }));
    const child = startProcess(url);
    const left = () => number(engine, "select count(*) from records");
    await until(async () => (await left()) < 5500);
    await kill(child);
    expect(await left()).toBeGreaterThan(0);
    working(engine);
    await gone(engine, begun);
    expect(await rowsIn(engine)).toEqual({});
  });
});

describe("deleting a job", () => {
  test("takes its labels out of sight at once; then its labels, verdicts, items and replies are gone, and nobody else's", async () => {
    await using shared = await sharedEngine();
    const { engine } = shared;
    const made = await labelledProject(engine, {
      texts: ["one", "two"],
      jobs: [["tone"], ["tone"]],
    });
    const { project } = made;
    const [first = 0, second = 0] = made.jobs;
    await made.label([
      { record: 0, by: { job: 1 }, value: "neg" },
      { record: 0, by: { person: "ben" }, value: "neu" },
    ]);
    await grow(engine, made.id, first, 2500);
    // One reply answers an item of the other job, too.
    await engine.pool.query(
      "update job_items set reply_keys = array[decode(md5('big7'), 'hex')] where job_id = $1",
      [second],
    );
    await copyTables(engine);
    const found = async () =>
      given(
        await records.search(engine, {
          project,
          where: { label: { name: "tone", value: ["pos"] } },
          sort: { by: "id", order: "ascending" },
          limit: 10,
          count: true,
        }),
      );
    expect((await found()).count).toMatchObject({ n: 2500 });
    const begun = given(await jobs.remove(engine, ann, { project, job: first }));
    expect(begun).toMatchObject({ job: first, lost: { labels: 2500, verifications: 2500 } });
    expect((await found()).count).toMatchObject({ n: 0 });
    expect(await jobs.get(engine, { project, job: first })).toMatchObject({
      error: { type: "job-not-found" },
    });
    expect(await jobs.remove(engine, ann, { project, job: first })).toMatchObject({
      error: { type: "job-not-found" },
    });
    expect(given(await projects.get(engine, { project })).jobs).toBe(1);

    working(engine);
    await gone(engine, begun);
    const left = await rowsIn(engine);
    expect(left).toMatchObject({
      "public.records": 2502,
      "public.jobs": 1,
      "public.labels": 2,
      "public.job_items": 2,
      "public.replies": 1,
      "countersign_backup_0009-test.jobs": 1,
      "countersign_backup_0009-test.labels": 2,
      "countersign_backup_0009-test.job_items": 2,
    });
    expect(left).not.toHaveProperty("public.verifications");
    expect(left).not.toHaveProperty(["countersign_backup_0009-test.verifications"]);
  });
});

describe("deleting records", () => {
  test("takes those that a condition holds for then, with all that hangs on them, and no others", async () => {
    await using shared = await sharedEngine();
    const { engine } = shared;
    const made = await labelledProject(engine, { texts: ["one", "two", "three"] });
    const { project } = made;
    await made.label([{ record: 0, by: { job: 0 }, value: "neg" }]);
    await grow(engine, made.id, made.jobs[0] ?? 0, 2500);
    await copyTables(engine);
    const where = { not: [{ key: ["r0", "r1"] }] };
    expect(given(await deletions.preview(engine, { project, where }))).toEqual({
      records: 2501,
      jobs: 0,
      labels: 2500,
      verifications: 2500,
    });
    const begun = given(await records.remove(engine, ann, { project, where }));
    expect(begun.progress).toEqual({ done: 1000, total: 2501 });
    await engine.pool.query(
      "insert into records (project_id, key, content, created_by) values ($1, 'late', 'late', 'ann')",
      [made.id],
    );
    working(engine);
    await gone(engine, begun);
    const keys = await engine.db.selectFrom("records").select("key").orderBy("id").execute();
    expect(keys.map(({ key }) => key)).toEqual(["r0", "r1", "late"]);
    const left = await rowsIn(engine);
    expect(left).toMatchObject({
      "public.labels": 1,
      "public.job_items": 2,
      "countersign_backup_0009-test.records": 2,
      "countersign_backup_0009-test.labels": 1,
      "countersign_backup_0009-test.job_items": 2,
    });
    for (const table of [
      "public.verifications",
      "public.replies",
      "public.deletion_records",
      "public.deletion_replies",
    ])
      expect(left).not.toHaveProperty([table]);
  });

  test("few are gone when the act returns, without any worker", async () => {
    await using shared = await sharedEngine();
    const { engine } = shared;
    const { project } = await labelledProject(engine, { texts: ["one", "two"] });
    given(await records.remove(engine, ann, { project, where: { key: ["r1"] } }));
    expect(await number(engine, "select count(*) from records")).toBe(1);
    given(await records.remove(engine, ann, { project, where: all }));
    expect(await number(engine, "select count(*) from records")).toBe(0);
  });

  test("is refused while a job runs, and where the condition is none", async () => {
    await using shared = await sharedEngine();
    const { engine } = shared;
    const { project, jobs: made } = await labelledProject(engine, { texts: ["one"] });
    await engine.pool.query("update jobs set state = 'running'");
    expect(await records.remove(engine, ann, { project, where: all })).toMatchObject({
      error: {
        type: "job-not-possible",
        what: `Job ${made[0]} is running, and may be at work on these records.`,
      },
    });
    expect(await number(engine, "select count(*) from records")).toBe(1);
    const where = { regex: { pattern: "(", caseSensitive: true } };
    expect(await records.remove(engine, ann, { project, where })).toMatchObject({
      error: { type: "search-invalid" },
    });
    expect(await deletions.get(engine, { deletion: 99 })).toMatchObject({
      error: { type: "deletion-not-found" },
    });
  });
});
