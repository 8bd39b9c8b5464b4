import { Condition } from "@countersign/core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { freshEngine } from "../../../../../test/fresh-database.ts";
import { given } from "../../../../../test/given.ts";
import { ann } from "../../../test/importing.ts";
import { type LabelledProject, labelledProject } from "../../../test/labelled-project.ts";
import type { Engine } from "../../engine.ts";
import { toMetadata } from "../../jobs/index.ts";
import { setMetadata as setOfLabels } from "../../labels/index.ts";
import { record as verify } from "../../verifications/index.ts";
import { get } from "../get.ts";
import { removeMetadata, search, setMetadata } from "../index.ts";
import type { MetadataEntry } from "./set.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await freshEngine();
});
afterAll(() => engine.close());

let made: LabelledProject;
beforeEach(async () => {
  made = await labelledProject(engine, { texts: ["a", "b", "c"] });
});

type Entry = Partial<MetadataEntry> & Pick<MetadataEntry, "record">;
const change = (...entries: Entry[]) =>
  setMetadata(engine, ann, {
    project: made.project,
    entries: entries.map((entry) => ({ set: {}, remove: [], ...entry })),
  });
const metadata = async (at = 0) =>
  given(await get(engine, { project: made.project, record: made.records[at] ?? 0 })).metadata;

test("metadata is set by id or key, each value of its type, and other names stay", async () => {
  const values = { words: 3, share: 0.1, seen: true, at: "2026-01-31", vector: [0.25, -1e-7] };
  expect(given(await change({ record: made.records[0] ?? 0, set: values }))).toEqual({
    changed: 1,
    unchanged: 0,
  });
  given(
    await change(
      { record: "r0", set: { words: "three", more: { a: [1] } } },
      { record: "r1", set: { words: 1 } },
    ),
  );
  expect(await metadata()).toEqual({ ...values, words: "three", more: { a: [1] } });
  expect(await metadata(1)).toEqual({ words: 1 });
});

test("what is set already is not written again", async () => {
  await change({ record: "r0", set: { a: 1 } });
  expect(given(await change({ record: "r0", set: { a: 1 }, remove: ["b"] }))).toEqual({
    changed: 0,
    unchanged: 1,
  });
});

test("names are removed; one that is removed and set is set", async () => {
  await change({ record: "r0", set: { a: 1, b: 2, "c,d": 3 } });
  given(await change({ record: "r0", set: { b: 4 }, remove: ["a", "b", "c,d"] }));
  expect(await metadata()).toEqual({ b: 4 });
});

test("one entry at fault, and nothing is changed", async () => {
  const large = "x".repeat(200_000);
  await change({ record: "r1", set: { large } });
  const faults: [Entry, string, RegExp][] = [
    [{ record: "nobody" }, "record-not-found", /key “nobody”/],
    [{ record: 2 ** 60 }, "record-not-found", /no record with the id/],
    [{ record: made.records[0] ?? 0, set: { b: 1 } }, "metadata-invalid", /named twice/],
    [{ record: "r1", set: { n: 1e300 } }, "metadata-invalid", /number too large/],
    [{ record: "r1", set: { more: large } }, "metadata-invalid", /262,144 is the most/],
  ];
  for (const [entry, type, what] of faults) {
    expect(await change({ record: "r0", set: { a: 1 } }, entry)).toMatchObject({
      error: { type, what: expect.stringMatching(what), kept: "No metadata was changed." },
    });
    expect(await metadata()).toEqual({});
  }
});

test("many who set different names of the same records lose none", async () => {
  const names = Array.from({ length: 12 }, (_, n) => `n${n}`);
  await Promise.all(
    names.map((name, n) => {
      const entries = ["r0", "r1", "r2"].map((record) => ({ record, set: { [name]: n } }));
      return change(...(n % 2 === 0 ? entries : entries.reverse()));
    }),
  );
  for (const at of [0, 1, 2]) expect(Object.keys(await metadata(at))).toHaveLength(12);
});

test("names are removed from what a search finds, part by part", async () => {
  await change(...["r0", "r1", "r2"].map((record) => ({ record, set: { a: 1, b: 2 } })));
  const input = { project: made.project, names: ["a", "absent"] };
  expect(
    given(await removeMetadata(engine, ann, { ...input, where: { key: ["r0", "r2"] } })),
  ).toEqual({
    changed: 2,
    next: null,
  });
  expect([await metadata(0), await metadata(1)]).toEqual([{ b: 2 }, { a: 1, b: 2 }]);
  const rest = { ...input, after: String(made.records[1]) };
  expect(given(await removeMetadata(engine, ann, rest)).changed).toBe(0);
  expect(await removeMetadata(engine, ann, { ...input, after: "x" })).toMatchObject({
    error: { type: "metadata-invalid" },
  });
});

test("a job's labels are copied to their records, a person's correction before the job's word", async () => {
  const [first = 0, second = 0] = await made.label([
    { record: 0, by: { job: 0 }, value: "pos" },
    { record: 1, by: { job: 0 }, value: "pos" },
  ]);
  const decisions = [
    { label: first, verdict: "CORRECTS" as const, value: "neg" },
    { label: second, verdict: "CONFIRMS" as const },
  ];
  given(await verify(engine, ann, { project: made.project, decisions }));
  const input = { project: made.project, job: made.jobs[0] ?? 0, label: "tone" };
  const standing = { ...input, name: "mood", take: "standing" } as const;
  expect(given(await toMetadata(engine, ann, standing))).toEqual({
    changed: 2,
    unchanged: 0,
    next: null,
  });
  given(await toMetadata(engine, ann, { ...input, name: "said", take: "job" }));
  expect(await metadata(0)).toEqual({ mood: "neg", said: "pos" });
  expect(await metadata(1)).toEqual({ mood: "pos", said: "pos" });
  expect(await metadata(2)).toEqual({});
  expect(given(await toMetadata(engine, ann, standing))).toMatchObject({
    changed: 0,
    unchanged: 2,
  });
  expect(await toMetadata(engine, ann, { ...standing, label: "colour" })).toMatchObject({
    error: { type: "label-not-in-schema", next: "It has: “tone”." },
  });
});

test("labels of every kind are copied as they are, and copying goes on where it was broken off", async () => {
  const values = [4, ["price", "service"], [{ start: 0, end: 1, value: "x" }]];
  await made.label(values.map((value, record) => ({ record, by: { job: 0 }, value })));
  const input = {
    project: made.project,
    job: made.jobs[0] ?? 0,
    label: "tone",
    name: "copy",
    take: "standing",
  } as const;
  // From the second item on, as after a first request whose `next` was 0.
  expect(given(await toMetadata(engine, ann, { ...input, after: "0" }))).toMatchObject({
    changed: 2,
  });
  expect(await metadata(0)).toEqual({});
  expect(given(await toMetadata(engine, ann, input))).toMatchObject({ changed: 1, unchanged: 2 });
  for (const [place, value] of values.entries())
    expect(await metadata(place)).toEqual({ copy: value });
});

test("users' metadata of a label stands apart from what is known of its making", async () => {
  const [label = 0] = await made.label([
    { record: 0, by: { job: 0 }, value: "pos", metadata: { model: "m", cost: 1 } },
  ]);
  const set = (entry: object) =>
    setOfLabels(engine, ann, {
      project: made.project,
      entries: [{ label, set: {}, remove: [], ...entry }],
    });
  const stored = async () =>
    given(await get(engine, { project: made.project, record: made.records[0] ?? 0 })).labels[0]
      ?.metadata;
  expect(given(await set({ set: { model: "mine", hard: true } }))).toEqual({
    changed: 1,
    unchanged: 0,
  });
  expect(await stored()).toEqual({ model: "m", cost: 1, user: { model: "mine", hard: true } });
  const found = async (comparison: object) => {
    const where = { label: { name: "tone", metadata: comparison } };
    const sort = { by: "id", order: "ascending" } as const;
    const page = await search(engine, {
      project: made.project,
      where: Condition.parse(where),
      sort,
      limit: 10,
      count: false,
    });
    return given(page).records.length;
  };
  expect(await found({ hard: { "==": true } })).toBe(1);
  // The engine's own fact is not hidden by a user's of the same name.
  expect(await found({ model: { "==": "m" } })).toBe(1);
  expect(await found({ model: { "==": "mine" } })).toBe(0);
  given(await set({ remove: ["model", "hard"] }));
  expect(await stored()).toEqual({ model: "m", cost: 1 });
  expect(await set({ label: 2 ** 53 - 1, set: { a: 1 } })).toMatchObject({
    error: { type: "label-not-found" },
  });
});
