import { type Condition, NewSample, NewSubset, Search, type SearchInput } from "@countersign/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { z } from "zod";
import { freshEngine } from "../../../../test/fresh-database.ts";
import { given } from "../../../../test/given.ts";
import { ann, ben } from "../../test/importing.ts";
import { type LabelledProject, labelledProject } from "../../test/labelled-project.ts";
import type { Engine } from "../engine.ts";
import { records, subsets } from "../index.ts";

let engine: Engine;
let made: LabelledProject;
let count = 0;

const size = 60;
/** Of every ten records six are en, three de, one has no language. */
const languages = ["en", "en", "en", "en", "en", "en", "de", "de", "de", undefined];

beforeAll(async () => {
  engine = await freshEngine();
  made = await populated();
});
afterAll(() => engine.close());

async function populated(): Promise<LabelledProject> {
  const all = Array.from({ length: size }, (_, at) => at);
  const project = await labelledProject(engine, {
    texts: all.map((at) => `text ${at}${at % 2 === 0 ? " even" : ""}`),
    metadata: all.map((at) => JSON.parse(JSON.stringify({ language: languages[at % 10], at }))),
  });
  await project.label(
    all.slice(0, 40).map((record) => ({
      record,
      by: { gold: true } as const,
      value: record % 4 === 0 ? "pos" : "neg",
    })),
  );
  return project;
}

const even: Condition = { keyword: { text: "even", caseSensitive: true } };
const low: Condition = { metadata: { at: { "<": 10 } } };

const fresh = (): string => `subset ${++count}`;

const create = (subset: Omit<z.input<typeof NewSubset>, "name"> & { name?: string }) =>
  subsets.create(engine, ann, {
    project: made.project,
    ...NewSubset.parse({ name: fresh(), ...subset }),
  });

const sample = (
  asked: Omit<z.input<typeof NewSample>, "name"> & { name?: string },
  project = made.project,
) => subsets.sample(engine, ann, { project, ...NewSample.parse({ name: fresh(), ...asked }) });

async function keysOf(search: SearchInput, project = made.project): Promise<string[]> {
  const page = given(await records.search(engine, { project, ...Search.parse(search) }));
  return page.records.map(({ key }) => key);
}

const members = (subset: string, project = made.project) =>
  keysOf({ where: { subset }, sort: { by: "subset", subset }, limit: 1000 }, project);

test("a frozen subset keeps its records in their order, whatever happens to what it was found by", async () => {
  const { name } = given(
    await create({
      where: { all: [even, low] },
      sort: { by: "metadata", name: "at", order: "descending" },
      limit: 4,
    }),
  );
  expect(await members(name)).toEqual(["r8", "r6", "r4", "r2"]);
  await engine.db
    .updateTable("records")
    .set({ content: "odd now" })
    .where("id", "=", made.records[8] ?? 0)
    .execute();
  expect(await members(name)).toEqual(["r8", "r6", "r4", "r2"]);
  await engine.db
    .updateTable("records")
    .set({ content: "text 8 even" })
    .where("id", "=", made.records[8] ?? 0)
    .execute();
  expect(given(await subsets.get(engine, { project: made.project, subset: name }))).toMatchObject({
    kind: "frozen",
    size: 4,
    drawing: null,
    createdBy: "ann",
  });
});

test("a saved search is whatever it finds at the time, and has no order of its own", async () => {
  const { name, size: saved } = given(
    await create({ kind: "search", where: { all: [even, low] } }),
  );
  expect(saved).toBeNull();
  expect(await keysOf({ where: { subset: name } })).toEqual(["r0", "r2", "r4", "r6", "r8"]);
  const sorted = await records.search(engine, {
    project: made.project,
    ...Search.parse({ sort: { by: "subset", subset: name } }),
  });
  expect(sorted).toMatchObject({
    error: { type: "search-invalid", what: expect.stringContaining("no order of their own") },
  });
});

test("union, intersection and difference are conditions over subsets, and make new ones", async () => {
  const one = given(await create({ where: { metadata: { at: { in: [1, 2, 3] } } } })).name;
  const other = given(
    await create({ kind: "search", where: { metadata: { at: { in: [3, 4] } } } }),
  ).name;
  const made = async (where: Condition) => members(given(await create({ where })).name);
  expect(await made({ any: [{ subset: one }, { subset: other }] })).toEqual([
    "r1",
    "r2",
    "r3",
    "r4",
  ]);
  expect(await made({ all: [{ subset: one }, { subset: other }] })).toEqual(["r3"]);
  expect(await made({ all: [{ subset: one }, { not: [{ subset: other }] }] })).toEqual([
    "r1",
    "r2",
  ]);
});

test("a name is taken once, and the subset that has it stays as it is", async () => {
  const { name } = given(await create({ where: low }));
  expect(await create({ name, where: even })).toMatchObject({
    error: { type: "subset-exists", kept: "It is unchanged." },
  });
  expect(await members(name)).toHaveLength(10);
});

test("a search that cannot be run makes no subset", async () => {
  const name = fresh();
  for (const where of [
    { regex: { pattern: "(", caseSensitive: false } },
    { subset: "nowhere" },
    { similar: { to: { keys: ["nobody"] }, top: 3 } },
  ])
    expect(await create({ name, where })).toMatchObject({ error: { type: "search-invalid" } });
  expect(await subsets.get(engine, { project: made.project, subset: name })).toMatchObject({
    error: { type: "subset-not-found" },
  });
});

test("saved searches that speak of each other in a circle end in a problem", async () => {
  const [one, other] = [fresh(), fresh()];
  given(await create({ name: one, kind: "search", where: low }));
  given(await create({ name: other, kind: "search", where: { subset: one } }));
  given(await subsets.remove(engine, ann, { project: made.project, subset: one }));
  expect(await create({ name: one, kind: "search", where: { subset: other } })).toMatchObject({
    error: { type: "search-invalid", what: expect.stringContaining("does not have") },
  });
  await engine.db
    .updateTable("subsets")
    .set({ condition: JSON.stringify({ subset: other }) })
    .where("name", "=", other)
    .execute();
  expect(
    await records.search(engine, {
      project: made.project,
      ...Search.parse({ where: { subset: other } }),
    }),
  ).toMatchObject({ error: { type: "search-invalid", what: expect.stringContaining("deeper") } });
});

test("subsets are listed by name, page by page, and deleted with their records left alone", async () => {
  const project = await labelledProject(engine, { texts: ["a", "b"] });
  for (const name of ["b", "a", "c"])
    given(
      await subsets.create(engine, ben, { project: project.project, ...NewSubset.parse({ name }) }),
    );
  const page = given(await subsets.list(engine, { project: project.project, limit: 2 }));
  expect([page.items.map(({ name }) => name), page.next]).toEqual([["a", "b"], "b"]);
  const rest = given(
    await subsets.list(engine, { project: project.project, limit: 2, after: "b" }),
  );
  expect([rest.items.map(({ name }) => name), rest.next]).toEqual([["c"], null]);
  given(await subsets.remove(engine, ben, { project: project.project, subset: "a" }));
  expect(
    await subsets.remove(engine, ben, { project: project.project, subset: "a" }),
  ).toMatchObject({ error: { type: "subset-not-found" } });
  expect(await keysOf({}, project.project)).toEqual(["r0", "r1"]);
});

test("a subset that a job still chooses its records from is not deleted", async () => {
  const { name } = given(await create({ where: low }));
  const subset = await engine.db
    .selectFrom("subsets")
    .select("id")
    .where("name", "=", name)
    .executeTakeFirstOrThrow();
  const job = made.jobs[0] ?? 0;
  const set = (state: "preparing" | "done", where: object) =>
    engine.db
      .updateTable("jobs")
      .set({ state, subset: JSON.stringify({ where }) })
      .where("id", "=", job)
      .execute();
  await set("preparing", { all: [{ not: [{ members: subset.id }] }] });
  const removing = { project: made.project, subset: name };
  expect(await subsets.remove(engine, ann, removing)).toMatchObject({
    error: { type: "subset-in-use", what: expect.stringContaining(`Job ${job}`) },
  });
  await set("done", {});
  expect(await subsets.remove(engine, ann, removing)).toMatchObject({ ok: true });
});

test("a seed draws the same sample again, another seed another one, and its beginning is a smaller sample", async () => {
  const drawn = async (size: number, seed: number, project = made.project) =>
    members(given(await sample({ size, seed }, project)).name, project);
  const first = await drawn(20, 7);
  expect(new Set(first).size).toBe(20);
  expect(await drawn(20, 7)).toEqual(first);
  expect(await drawn(8, 7)).toEqual(first.slice(0, 8));
  expect(await drawn(20, 8)).not.toEqual(first);
  // The records' keys decide, not their ids: the same file imported elsewhere is drawn from alike.
  const elsewhere = await populated();
  expect(await drawn(20, 7, elsewhere.project)).toEqual(first);
});

test("a sample without a seed records the one it was given", async () => {
  const one = given(await sample({ size: 10 }));
  const seed = one.drawing?.seed;
  expect(await members(given(await sample({ size: 10, seed })).name)).toEqual(
    await members(one.name),
  );
});

test("every record is as likely to be drawn as another", async () => {
  const times = new Map<string, number>();
  for (let seed = 0; seed < 60; seed += 1)
    for (const key of await members(given(await sample({ size: 15, seed })).name))
      times.set(key, (times.get(key) ?? 0) + 1);
  // 60 draws of a quarter: 15 times each, with a standard deviation of 3.4; the seeds are fixed, so is the outcome.
  expect(times.size).toBe(size);
  expect(Math.max(...times.values())).toBeLessThan(15 + 4 * 3.4);
  expect(Math.min(...times.values())).toBeGreaterThan(15 - 4 * 3.4);
});

test("strata are drawn from in proportion, those without a value too, and all of it is recorded", async () => {
  const strata = { metadata: "language" };
  const { name, drawing, size } = given(await sample({ size: 20, seed: 1, strata }));
  expect(drawing).toEqual({
    seed: 1,
    size: 20,
    strata,
    allocation: "proportional",
    drawn: [
      { value: "de", records: 18, drawn: 6 },
      { value: "en", records: 36, drawn: 12 },
      { value: null, records: 6, drawn: 2 },
    ],
  });
  expect(size).toBe(20);
  const keys = await members(name);
  const counted = (language: string | undefined) =>
    keys.filter((key) => languages[Number(key.slice(1)) % 10] === language).length;
  expect([counted("de"), counted("en"), counted(undefined)]).toEqual([6, 12, 2]);
});

test("labels divide records into strata too, drawn from equally and only from what is searched for", async () => {
  const { drawing, size } = given(
    await sample({
      size: 16,
      seed: 1,
      where: { metadata: { at: { "<": 45 } } },
      strata: { label: { name: "tone", of: { gold: true } } },
      allocation: "equal",
    }),
  );
  expect(drawing?.drawn).toEqual([
    { value: "neg", records: 30, drawn: 6 },
    { value: "pos", records: 10, drawn: 5 },
    { value: null, records: 5, drawn: 5 },
  ]);
  expect(size).toBe(16);
});

test("a sample of more than there is has all there is", async () => {
  const { size: drawn, drawing } = given(await sample({ size: 1000, where: low }));
  expect([drawn, drawing?.size, drawing?.drawn]).toEqual([
    10,
    1000,
    [{ value: null, records: 10, drawn: 10 }],
  ]);
});
