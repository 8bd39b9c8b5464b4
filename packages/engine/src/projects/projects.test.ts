import { afterAll, beforeAll, expect, test } from "vitest";
import { freshEngine } from "../../../../test/fresh-database.ts";
import { given } from "../../../../test/given.ts";
import type { Actor } from "../actor.ts";
import type { Engine } from "../engine.ts";
import { create, findProject, get, list, remove } from "./index.ts";

const ann: Actor = { name: "ann", how: "local" };

let engine: Engine;
beforeAll(async () => {
  engine = await freshEngine();
});
afterAll(() => engine.close());

test("a new project is empty and carries its creator's name", async () => {
  const project = given(await create(engine, ann, { name: "fresh" }));
  expect(project).toEqual({
    name: "fresh",
    createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    createdBy: "ann",
    records: 0,
    jobs: 0,
    schemaVersion: null,
  });
  expect(given(await get(engine, { project: "fresh" }))).toEqual(project);
});

test("a name is taken once, also when two ask for it at once", async () => {
  const both = await Promise.all([
    create(engine, ann, { name: "contested" }),
    create(engine, ann, { name: "contested" }),
  ]);
  expect(both.filter((result) => result.ok)).toHaveLength(1);
  expect(both.find((result) => !result.ok)).toMatchObject({ error: { type: "project-exists" } });
});

test("a project that is not there is told with the names like it", async () => {
  await create(engine, ann, { name: "customer-mails" });
  expect(await findProject(engine.db, "customer-mail")).toMatchObject({
    ok: false,
    error: { type: "project-not-found", next: expect.stringContaining("“customer-mails”") },
  });
  expect(await get(engine, { project: "zzzz" })).toMatchObject({
    error: { next: "Create it with: countersign project create zzzz" },
  });
});

test("pages of projects follow each other by name and end", async () => {
  await using own = await freshEngine();
  for (const name of ["c", "a", "e", "b", "d"]) await create(own, ann, { name });
  const seen: string[][] = [];
  let after: string | null | undefined;
  while (after !== null) {
    const page = given(await list(own, { limit: 2, after }));
    seen.push(page.items.map((project) => project.name));
    after = page.next;
  }
  expect(seen).toEqual([["a", "b"], ["c", "d"], ["e"]]);
});

test("deleting a project leaves not one row of it in any table, and every row of the others", async () => {
  await using own = await freshEngine();
  await create(own, ann, { name: "gone" });
  await create(own, ann, { name: "kept" });
  await own.pool.query(everyTable);

  expect(given(await remove(own, ann, { project: "gone" }))).toEqual({
    name: "gone",
    records: 2,
  });
  const tables = [
    ["projects", 1],
    ["schema_versions", 1],
    ["records", 2],
    ["agents", 1],
    ["jobs", 1],
    ["annotators", 1],
    ["job_items", 2],
    ["job_shards", 1],
    ["job_counters", 1],
    ["replies", 1],
    ["labels", 2],
    ["verifications", 2],
  ] as const;
  for (const [table, rows] of tables) {
    const left = await own.db
      .selectFrom(table)
      .select((row) => row.fn.countAll<number>().as("n"))
      .executeTakeFirstOrThrow();
    expect({ table, rows: left.n }).toEqual({ table, rows });
  }
  expect(await remove(own, ann, { project: "gone" })).toMatchObject({
    error: { type: "project-not-found" },
  });
});

/** For each project two records, labelled by a job and verified. */
const everyTable = `
  insert into schema_versions (project_id, version, document, created_by)
    select id, 1, '{"labels":[]}', 'ann' from projects;
  insert into records (project_id, key, content, created_by)
    select id, n, 'text', 'ann' from projects, generate_series(1, 2) n;
  insert into agents (project_id, id, name, content, created_by)
    select id, 'a', 'a', '{}', 'ann' from projects;
  insert into jobs (project_id, agent_id, label_names, schema_version, subset, settings, state, created_by)
    select id, 'a', '{l}', 1, '{}', '{}', 'done', 'ann' from projects;
  insert into annotators (project_id, kind, name, job_id) select project_id, 'job', 'j', id from jobs;
  insert into job_shards (job_id, shard, first_position, last_position) select id, 0, 1, 2 from jobs;
  insert into job_counters (job_id, counter, n) select id, 'calls', 2 from jobs;
  insert into replies (project_id, key, text, finish_reason, latency_ms, simulated)
    select id, '\\x00', 'l: v', 'stop', 1, true from projects;
  insert into job_items (job_id, position, record_id)
    select jobs.id, records.key::int, records.id from jobs join records using (project_id);
  insert into labels (project_id, record_id, annotator_id, name, value, schema_version)
    select records.project_id, records.id, annotators.id, 'l', '"v"', 1
    from records join annotators using (project_id);
  insert into verifications (project_id, label_id, verdict, judged, verifier)
    select project_id, id, 'CONFIRMS', value, 'ann' from labels;
`;
