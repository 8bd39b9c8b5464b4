import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { freshEngine } from "../../../../test/fresh-database.ts";
import { given } from "../../../../test/given.ts";
import { ann, ben } from "../../test/importing.ts";
import { type LabelledProject, labelledProject } from "../../test/labelled-project.ts";
import type { Actor } from "../actor.ts";
import type { Engine } from "../engine.ts";
import { get, search } from "../records/index.ts";
import { type OwnLabel, set } from "./index.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await freshEngine();
});
afterAll(() => engine.close());

let made: LabelledProject;
let records: readonly number[];
beforeEach(async () => {
  made = await labelledProject(engine, { texts: ["a", "b", "c"] });
  records = made.records;
});

const record = (at = 0) => records[at] ?? 0;
const say = (actor: Actor, ...labels: OwnLabel[]) =>
  set(engine, actor, { project: made.project, labels });
const tone = (value: OwnLabel["value"], at = 0): OwnLabel => ({
  record: record(at),
  name: "tone",
  value,
});
const detail = async (at = 0) =>
  given(await get(engine, { project: made.project, record: record(at) }));
const valuesOf = async (at = 0) =>
  (await detail(at)).labels.map(({ name, value, annotator }) => [annotator.name, name, value]);

test("a person's label is theirs, beside everybody else's", async () => {
  await made.label([{ record: 0, by: { job: 0 }, value: "pos" }]);
  const { labels } = given(await say(ann, tone("neg")));
  expect(labels).toMatchObject([
    {
      name: "tone",
      value: "neg",
      annotator: { kind: "person", name: "ann", job: null },
      status: "unverified",
      confidence: null,
      schemaVersion: 1,
    },
  ]);
  await say(ben, tone("neu"), { record: "r1", name: "topics", value: ["service", "price"] });
  expect(await valuesOf()).toEqual([
    [`job ${made.jobs[0]}`, "tone", "pos"],
    ["ann", "tone", "neg"],
    ["ben", "tone", "neu"],
  ]);
  expect(await valuesOf(1)).toEqual([["ben", "topics", ["price", "service"]]]);
});

test("a person's label is found by who gave it", async () => {
  given(await say(ann, tone("neg", 1)));
  const by = async (person: string) => {
    const where = { label: { name: "tone", by: { person }, value: ["neg"] } };
    const found = await search(engine, {
      project: made.project,
      where,
      sort: { by: "id", order: "ascending" },
      limit: 10,
      count: true,
    });
    return given(found).records.map(({ key }) => key);
  };
  expect(await by("ann")).toEqual(["r1"]);
  expect(await by("ben")).toEqual([]);
});

test("a label said anew keeps the former in the history; said again it changes nothing", async () => {
  await say(ann, tone("neg"));
  const { changes } = given(await say(ann, tone("neg")));
  expect(changes).toEqual([]);
  await say(ann, tone("pos"));
  expect((await detail()).changes).toMatchObject([
    { by: "ann", name: "tone", value: "neg", record: record() },
    { by: "ann", value: "pos" },
  ]);
  expect(await valuesOf()).toEqual([["ann", "tone", "pos"]]);
});

test("taking a word back lets the one before stand again, and with the first the label is gone", async () => {
  await say(ann, tone("neg"));
  await say(ann, tone("pos"));
  const once = given(await say(ann, tone(null)));
  expect(once.labels).toMatchObject([{ value: "neg" }]);
  const twice = given(await say(ann, tone(null)));
  expect(twice.labels).toEqual([null]);
  expect((await detail()).labels).toEqual([]);
  expect(await say(ann, tone(null))).toMatchObject({
    error: { type: "label-invalid", what: expect.stringContaining("no label of yours") },
  });
  expect((await detail()).changes).toHaveLength(4);
});

test("a person's label that came with a file is changed, and comes back when the change is taken back", async () => {
  const at = "2026-01-01T00:00:00.000Z";
  await made.label([{ record: 0, by: { person: "ann" }, value: "neu", at }]);
  given(await say(ann, { ...tone("pos"), seen: at }));
  expect((await detail()).changes.map(({ value }) => value)).toEqual(["neu", "pos"]);
  const back = given(await say(ann, tone(null)));
  expect(back.labels).toMatchObject([{ value: "neu", createdAt: at }]);
  expect(given(await say(ann, { ...tone("neu"), seen: at })).changes).toEqual([]);
  // Imported anew over what was said here, the file's word stands.
  await engine.pool.query(
    "update labels set value = '\"neg\"', created_at = clock_timestamp() where project_id = $1",
    [made.id],
  );
  given(await say(ann, tone("pos")));
  expect(given(await say(ann, tone(null))).labels).toMatchObject([{ value: "neg" }]);
});

test("one label at fault, and none is stored", async () => {
  const good = tone("pos", 1);
  const faults: [OwnLabel, string, RegExp][] = [
    [tone("great"), "label-invalid", /cannot be "great", which is no value of it/],
    [tone(["pos"]), "label-invalid", /cannot be \["pos"\]/],
    [{ ...tone("pos"), name: "colour" }, "label-not-in-schema", /“colour”/],
    [{ ...tone("pos"), record: 2 ** 53 - 1 }, "record-not-found", /no record with the id/],
    [{ ...tone("pos"), record: "nobody" }, "record-not-found", /no record with the key “nobody”/],
    [{ ...tone("pos"), record: "r1" }, "label-invalid", /is labelled twice in one request/],
    [{ ...tone("pos"), seen: new Date().toISOString() }, "label-outdated", /another window/],
  ];
  for (const [bad, type, what] of faults) {
    const result = await say(ann, good, bad);
    expect(result).toMatchObject({
      error: { type, what: expect.stringMatching(what), kept: "None of the 2 labels was stored." },
    });
    expect((await detail(1)).labels).toEqual([]);
    expect((await detail(1)).changes).toEqual([]);
  }
});

test("a record of another project is not labelled", async () => {
  const other = await labelledProject(engine, { texts: ["x"] });
  const theirs = { record: other.records[0] ?? 0, name: "tone", value: "pos" };
  expect(await say(ann, theirs)).toMatchObject({ error: { type: "record-not-found" } });
});

test("a request sent again after a lost reply is known by what it saw", async () => {
  const first = { ...tone("neg"), seen: null };
  const { labels } = given(await say(ann, first));
  expect(await say(ann, first)).toMatchObject({ error: { type: "label-outdated" } });
  const seen = labels[0]?.createdAt ?? null;
  given(await say(ann, { ...tone(null), seen }));
  // The same undoing again must not take back a second word.
  expect(await say(ann, { ...tone(null), seen })).toMatchObject({
    error: { type: "label-outdated" },
  });
});

test("whatever a person says and takes back, what stands is as if what was taken back had never been said", async () => {
  const words = fc.array(fc.constantFrom("pos", "neg", "neu", null), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(words, fc.integer({ min: 0, max: 1e9 }), async (values, n) => {
      const actor: Actor = { name: `person ${n}`, how: "token" };
      const stands: string[] = [];
      for (const value of values) {
        await say(actor, tone(value, 2));
        if (value === null) stands.pop();
        else if (stands.at(-1) !== value) stands.push(value);
      }
      const own = (await detail(2)).labels.filter(({ annotator }) => annotator.name === actor.name);
      expect(own.map(({ value }) => value)).toEqual(stands.slice(-1));
      await engine.db.deleteFrom("annotators").where("name", "=", actor.name).execute();
    }),
    { numRuns: 25 },
  );
});

test("one person in many windows leaves one label and every word in the history", async () => {
  const values = ["pos", "neg", "neu", "pos", "neg", "neu"];
  await Promise.all(values.map((value) => say(ann, tone(value))));
  const { labels, changes } = await detail();
  expect(labels).toHaveLength(1);
  expect(labels[0]?.value).toBe(changes.at(-1)?.value);
});

test("ten thousand labels are stored in one request", async () => {
  const texts = Array.from({ length: 10_000 }, (_, n) => `text ${n}`);
  const big = await labelledProject(engine, { texts });
  const labels = big.records.map((id) => ({ record: id, name: "tone", value: "pos" }));
  const stored = given(await set(engine, ann, { project: big.project, labels }));
  expect(stored.labels).toHaveLength(10_000);
  expect(stored.labels.every((label) => label?.value === "pos")).toBe(true);
});
