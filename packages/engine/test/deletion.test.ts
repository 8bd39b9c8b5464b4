import { ExportOptions, NewAssignment } from "@countersign/core";
import { BlobReader, TextWriter, ZipReader } from "@zip.js/zip.js";
import { describe, expect, test } from "vitest";
import { given } from "../../../test/given.ts";
import {
  assignments,
  backups,
  deletions,
  type Engine,
  exports,
  jobs,
  labels,
  projects,
  records,
  verifications,
} from "../src/index.ts";
import { prepareChunk } from "../src/jobs/worker/prepare.ts";
import {
  assignedTo,
  bytesOf,
  copyTables,
  finished,
  gone,
  grow,
  kill,
  number,
  rowsIn,
  sharedEngine,
  startProcess,
  working,
} from "./background.ts";
import { ann, imported, storedRecords } from "./importing.ts";
import { labelledProject } from "./labelled-project.ts";
import { agentAt, labellingProject, runJob, texts, until, untilAtRest } from "./labelling.ts";
import { type Call, completion, startProvider } from "./provider.ts";

const all = { all: [] };

const keysFrom = (first: number, end: number): string[] =>
  Array.from({ length: end - first }, (_, place) => `k${first + place}`);

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
    await finished(
      engine,
      project,
      given(await exports.create(engine, ann, { ...ExportOptions.parse({}), project })).id,
    );
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

  test("is refused where the condition is none", async () => {
    await using shared = await sharedEngine();
    const { engine } = shared;
    const { project } = await labelledProject(engine, { texts: ["one"] });
    const where = { regex: { pattern: "(", caseSensitive: true } };
    expect(await records.remove(engine, ann, { project, where })).toMatchObject({
      error: { type: "search-invalid" },
    });
    expect(await number(engine, "select count(*) from records")).toBe(1);
    expect(await deletions.get(engine, { deletion: 99 })).toMatchObject({
      error: { type: "deletion-not-found" },
    });
  });

  test("takes all of them out of sight at once, however many wait for their turn", async () => {
    await using shared = await sharedEngine();
    const { engine } = shared;
    const made = await labelledProject(engine, { texts: ["one", "two"] });
    const { project } = made;
    const [job = 0] = made.jobs;
    await grow(engine, made.id, job, 2500);
    const terms = NewAssignment.parse({ name: "a", mode: "label", labels: ["tone"] });
    given(await assignments.create(engine, ann, { project, ...terms }));
    const [last] = await engine.db
      .selectFrom("labels")
      .select(["id", "record_id"])
      .orderBy("id", "desc")
      .limit(1)
      .execute();
    given(
      await records.remove(engine, ann, {
        project,
        where: { keyword: { text: "text", caseSensitive: false, match: "phrase" } },
      }),
    );
    expect(await number(engine, "select count(*) from records")).toBe(1502);

    const sort = { by: "id", order: "ascending" } as const;
    const page = given(await records.search(engine, { project, sort, limit: 10, count: "exact" }));
    expect(page).toMatchObject({ count: { n: 2, exact: true }, next: null });
    const like = { similar: { to: { text: "text 2500" }, top: 3 } };
    const similar = await records.search(engine, {
      project,
      where: like,
      sort,
      limit: 10,
      count: false,
    });
    expect(given(similar).records.filter(({ key }) => key.startsWith("big"))).toEqual([]);
    expect(given(await projects.get(engine, { project })).records).toBe(2);
    expect(given(await deletions.preview(engine, { project, where: all })).records).toBe(2);
    const record = last?.record_id ?? 0;
    expect(await records.get(engine, { project, record })).toMatchObject({
      error: { type: "record-not-found" },
    });
    expect(
      await labels.set(engine, ann, { project, labels: [{ record, name: "tone", value: "pos" }] }),
    ).toMatchObject({ error: { type: "record-not-found" } });
    const verdict = { label: last?.id ?? 0, verdict: "CONFIRMS" as const };
    expect(
      await verifications.record(engine, ann, { project, decisions: [verdict] }),
    ).toMatchObject({ error: { type: "label-not-found" } });
    expect(given(await jobs.items(engine, { project, job, limit: 10 })).items).toHaveLength(2);
    const turn = given(
      await assignments.next(engine, ann, { project, assignment: "a", count: 5, again: false }),
    );
    expect(turn).toMatchObject({
      left: 0,
      items: [{ record: { key: "r0" } }, { record: { key: "r1" } }],
    });
    const file = given(
      await records.exportFile(engine, { ...ExportOptions.parse({ format: "jsonl" }), project }),
    );
    expect((await bytesOf(file)).trim().split("\n")).toHaveLength(2);
  });

  test("lets a file with the same keys in when they are free, and waits for that", async () => {
    await using shared = await sharedEngine();
    const { engine } = shared;
    const made = await labelledProject(engine, { texts: ["one"] });
    await grow(engine, made.id, made.jobs[0] ?? 0, 2500);
    const { project } = made;
    const begun = given(await records.remove(engine, ann, { project, where: all }));
    const importing = imported(engine, project, "id,text\nbig2500,another\nr0,one");
    working(engine);
    expect(await importing).toMatchObject({ added: 2, unchanged: 0 });
    await gone(engine, begun);
    expect(await storedRecords(engine, project)).toMatchObject([
      { key: "big2500", content: "another" },
      { key: "r0", content: "one" },
    ]);
  });
});

describe("what is deleted while a process is killed", () => {
  /** A project of which big… goes while r0 and r1 stay, and what must be left of it. */
  async function begin(engine: Engine) {
    const made = await labelledProject(engine, {
      texts: ["one", "two"],
      jobs: [["tone"], ["tone"]],
    });
    await made.label([{ record: 0, by: { job: 1 }, value: "neg" }]);
    const before = await rowsIn(engine);
    await grow(engine, made.id, made.jobs[0] ?? 0, 6000);
    return { made, before };
  }

  async function traces(engine: Engine, project: string): Promise<string[]> {
    const told = ExportOptions.parse({ format: "jsonl", shape: "long" });
    const exported = await bytesOf(given(await records.exportFile(engine, { ...told, project })));
    const parts = await Array.fromAsync(backups.write(engine, { version: "1" }));
    const entries = await new ZipReader(
      new BlobReader(new Blob([Buffer.concat(parts)])),
    ).getEntries();
    let backup = "";
    for (const entry of entries)
      if (!entry.directory) backup += await entry.getData(new TextWriter());
    return [...`${exported}${backup}`.matchAll(/big\d+/g)].map(([trace]) => trace);
  }

  test("records go on going, and there is nothing of them in any table, export or backup", async () => {
    await using shared = await sharedEngine();
    const { engine, url } = shared;
    const { made, before } = await begin(engine);
    expect((await traces(engine, made.project)).length).toBeGreaterThan(6000);
    const where = { not: [{ key: ["r0", "r1"] }] };
    const begun = given(await records.remove(engine, ann, { project: made.project, where }));
    const child = startProcess(url);
    const left = () => number(engine, "select count(*) from records");
    await until(async () => (await left()) < 4500);
    await kill(child);
    expect(await left()).toBeGreaterThan(2);
    working(engine);
    await gone(engine, begun);
    expect(await rowsIn(engine)).toEqual(before);
    expect(await traces(engine, made.project)).toEqual([]);
  });

  test("a job's rows go on going, and there is nothing of it in any table, export or backup", async () => {
    await using shared = await sharedEngine();
    const { engine, url } = shared;
    const { made } = await begin(engine);
    await engine.pool.query(
      `update labels set metadata = '{"trace": "big1"}' where annotator_id in (
        select id from annotators where job_id = $1)`,
      [made.jobs[0]],
    );
    await engine.pool.query(
      "update records set key = 'r' || id, content = 'kept' where key like 'big%'",
    );
    expect((await traces(engine, made.project)).length).toBeGreaterThanOrEqual(6000);
    const begun = given(
      await jobs.remove(engine, ann, { project: made.project, job: made.jobs[0] ?? 0 }),
    );
    const child = startProcess(url);
    const left = () =>
      number(engine, `select count(*) from job_items where job_id = ${made.jobs[0]}`);
    await until(async () => (await left()) < 5000);
    await kill(child);
    expect(await left()).toBeGreaterThan(0);
    working(engine);
    await gone(engine, begun);
    const rows = await rowsIn(engine);
    expect(rows).toMatchObject({ "public.jobs": 1, "public.labels": 1, "public.job_items": 2 });
    for (const table of ["verifications", "replies", "deletion_replies"])
      expect(rows).not.toHaveProperty([`public.${table}`]);
    expect(await traces(engine, made.project)).toEqual([]);
  });
});

describe("deleting records of a job that runs", () => {
  test("ends what was not asked of them as cancelled; the job comes to its end, nothing is paid twice, and no reply about them stays", async () => {
    await using shared = await sharedEngine();
    const { engine } = shared;
    const held: Call[] = [];
    let open = false;
    await using provider = await startProvider((call) => {
      if (open) call.send(200, completion("tone: good"));
      else held.push(call);
    });
    await labellingProject(engine, "p", texts(1000));
    const agent = await agentAt(engine, "p", provider.address);
    working(engine);
    const { id } = await runJob(engine, "p", agent);
    await until(() => held.length >= 4);
    const underWay = held.map(({ text }) => text);
    const begun = given(
      await records.remove(engine, ann, {
        project: "p",
        where: { any: [{ key: keysFrom(0, 100) }, { key: keysFrom(500, 800) }] },
      }),
    );
    expect(given(await jobs.get(engine, { project: "p", job: id })).progress).toMatchObject({
      total: 1000,
      remaining: 600,
      outcomes: { cancelled: 400 },
    });
    open = true;
    for (const call of held) call.send(200, completion("tone: good"));
    const done = await untilAtRest(engine, "p", id);
    expect(done).toMatchObject({
      state: "done",
      progress: {
        total: 1000,
        remaining: 0,
        outcomes: { labelled: 600, cancelled: 400 },
        distribution: { tone: { good: 600 } },
      },
    });
    expect(provider.calls.every(({ before }) => before === 0)).toBe(true);
    expect(underWay.some((text) => /text \d{1,2}\./.test(text))).toBe(true);
    await gone(engine, begun);
    await until(async () => (await number(engine, "select count(*) from replies")) === 600);
    expect(await number(engine, "select count(*) from labels")).toBe(600);
    expect(await number(engine, "select count(*) from job_items")).toBe(600);
  });

  test("while its items are still being made leaves none out and makes none twice", async () => {
    await using shared = await sharedEngine();
    const { engine } = shared;
    await labellingProject(engine, "p", texts(12_000));
    const agent = await agentAt(engine, "p", "http://127.0.0.1:9/v1");
    const { id } = await runJob(engine, "p", agent);
    expect(await prepareChunk(engine.db, id)).toBe(true);
    given(
      await records.remove(engine, ann, {
        project: "p",
        where: { any: [{ key: keysFrom(9_900, 10_000) }, { key: keysFrom(11_000, 11_010) }] },
      }),
    );
    expect(await prepareChunk(engine.db, id)).toBe(false);
    expect(given(await jobs.get(engine, { project: "p", job: id }))).toMatchObject({
      state: "running",
      progress: { total: 11_990, remaining: 11_890, outcomes: { cancelled: 100 } },
    });
    expect(await number(engine, "select count(distinct record_id) from job_items")).toBe(11_890);
    expect(await number(engine, "select count(*) from job_items")).toBe(11_890);
  });
});
