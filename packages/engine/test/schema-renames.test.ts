import { type LabelDefinition, type LabelValue, SchemaDocument } from "@countersign/core";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freshEngine } from "../../../test/fresh-database.ts";
import { given } from "../../../test/given.ts";
import { compare } from "../src/evaluations/index.ts";
import { type Engine, records, schemas, verifications } from "../src/index.ts";
import { carrierSince } from "../src/schemas/index.ts";
import { ann } from "./importing.ts";
import { labelledProject, toneSchema } from "./labelled-project.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await freshEngine();
});
afterAll(() => engine.close());

const [tone, topics] = toneSchema.labels;
const asOptions = (...values: string[]) => values.map((value) => ({ value, text: value }));

/** The project's schema with other options for `tone`, and what else is to be different. */
const changed = (values: string[], ...others: unknown[]): SchemaDocument =>
  SchemaDocument.parse({
    labels: [
      { ...tone, options: asOptions(...values) },
      ...(others.length > 0 ? others : [topics]),
    ],
  });

interface Stored {
  readonly value: LabelValue;
  readonly verified: LabelValue | null;
  readonly status: string;
  readonly version: number;
}

const stored = async (ids: readonly number[]): Promise<Stored[]> => {
  const { rows } = await sql<Stored>`
    select value, verified_value as verified, status, schema_version as version from labels
    where id = any(${ids}::bigint[]) order by id`.execute(engine.db);
  return rows;
};

test("labels that say a renamed option are mapped, with what they said before kept; the others carry the new version", async () => {
  const made = await labelledProject(engine, { texts: ["a", "b", "c"] });
  const ids = await made.label([
    { record: 0, by: { job: 0 }, value: "neg", status: "confirmed" },
    { record: 1, by: { job: 0 }, value: "pos" },
    { record: 0, by: { gold: true }, value: "neg" },
  ]);
  const document = changed(["pos", "bad", "neu"]);
  const set = await schemas.set(engine, ann, {
    project: made.project,
    document,
    rename: { tone: { neg: "bad" } },
  });
  expect(set).toMatchObject({ value: { version: 2, changed: true, mapped: 2, orphaned: 0 } });
  expect(await stored(ids)).toEqual([
    { value: "bad", verified: "bad", status: "confirmed", version: 2 },
    { value: "pos", verified: null, status: "unverified", version: 2 },
    { value: "bad", verified: null, status: "unverified", version: 2 },
  ]);
  const kept = await sql`select label_id, from_version, value, to_version from label_mappings
    where project_id = ${made.id} order by label_id`.execute(engine.db);
  expect(kept.rows).toEqual([
    { label_id: ids[0], from_version: 1, value: "neg", to_version: 2 },
    { label_id: ids[2], from_version: 1, value: "neg", to_version: 2 },
  ]);
  const detail = given(
    await records.get(engine, { project: made.project, record: made.records[0] ?? 0 }),
  );
  expect(detail.former).toEqual([
    { label: ids[0], value: "neg", verified: "neg", until: 2, at: expect.stringMatching(/Z$/) },
  ]);
  const { items } = given(await schemas.history(engine, { project: made.project }));
  expect(items[0]?.changes.map(({ what }) => what)).toContain("“tone”: option “neg” is “bad” now");
  expect(
    await schemas.set(engine, ann, {
      project: made.project,
      document,
      rename: { tone: { neg: "bad" } },
    }),
  ).toMatchObject({ value: { version: 2, changed: false } });
});

test("a job is compared with gold in the new words, also where its labels and gold were made in the former ones", async () => {
  const made = await labelledProject(engine, {
    texts: ["a", "b"],
    columns: { truth: ["bad", "pos"] },
  });
  await made.label([
    { record: 0, by: { job: 0 }, value: "neg" },
    { record: 1, by: { job: 0 }, value: "pos" },
  ]);
  given(
    await schemas.set(engine, ann, {
      project: made.project,
      document: changed(["pos", "bad", "neu"]),
      rename: { tone: { neg: "bad" } },
    }),
  );
  const measured = given(
    await compare(engine, { project: made.project, job: made.jobs[0] ?? 0, gold: "truth" }),
  );
  expect(measured.accuracy).toMatchObject({ hits: 2, n: 2 });
  expect(measured.classes.map(({ value }) => value)).toEqual(["pos", "bad", "neu"]);
});

test("two options may become one, in lists once; a correction to what the label is called now is a confirmation", async () => {
  const made = await labelledProject(engine, { texts: ["a", "b"], jobs: [["tone", "topics"]] });
  const [label = 0] = await made.label([{ record: 0, by: { job: 0 }, value: "neg" }]);
  const [list = 0] = await made.label([
    { record: 0, by: { job: 0 }, name: "topics", value: ["price", "service"] },
  ]);
  given(
    await verifications.record(engine, ann, {
      project: made.project,
      decisions: [{ label, verdict: "CORRECTS", value: "neu" }],
    }),
  );
  const one = { ...topics, options: asOptions("all") };
  given(
    await schemas.set(engine, ann, {
      project: made.project,
      document: changed(["pos", "other"], one),
      rename: { tone: { neg: "other", neu: "other" }, topics: { price: "all", service: "all" } },
    }),
  );
  expect(await stored([label, list])).toMatchObject([
    { value: "other", verified: "other", status: "confirmed" },
    { value: ["all"], verified: null },
  ]);
});

test("a verdict that stands again after a rename says what it said, in the new words", async () => {
  const made = await labelledProject(engine, { texts: ["a"] });
  const [label = 0] = await made.label([{ record: 0, by: { job: 0 }, value: "pos" }]);
  const judge = async (verdict: "CORRECTS" | "RETRACTS", value?: string) =>
    given(
      await verifications.record(engine, ann, {
        project: made.project,
        decisions: [{ label, verdict, ...(value !== undefined && { value }) }],
      }),
    );
  await judge("CORRECTS", "neg");
  given(
    await schemas.set(engine, ann, {
      project: made.project,
      document: changed(["pos", "bad", "neu"]),
      rename: { tone: { neg: "bad" } },
    }),
  );
  await judge("CORRECTS", "neu");
  const { labels, verifications: history } = await judge("RETRACTS");
  expect(labels[0]?.verified).toMatchObject({ value: "bad" });
  expect(history[0]?.value).toBe(null);
  expect(labels[0]?.status).toBe("corrected");
});

test("what would be orphaned is counted by its reason, and refused until that is said to be meant", async () => {
  const made = await labelledProject(engine, { texts: ["a", "b"], jobs: [["tone", "topics"]] });
  const ids = await made.label([
    { record: 0, by: { job: 0 }, value: "neu" },
    { record: 1, by: { job: 0 }, value: "pos" },
    { record: 0, by: { job: 0 }, name: "topics", value: ["price"] },
    { record: 1, by: { job: 0 }, name: "topics", value: [] },
  ]);
  const without = {
    project: made.project,
    document: SchemaDocument.parse({ labels: [{ ...tone, options: asOptions("pos", "neg") }] }),
  };
  const refused = await schemas.set(engine, ann, without);
  expect(refused).toMatchObject({
    error: {
      type: "labels-in-use",
      what: "The new schema would orphan 3 labels: 1 label, since “tone” loses the option “neu”; 2 labels, since “topics” is removed.",
    },
  });
  expect(await schemas.get(engine, { project: made.project })).toMatchObject({
    value: { version: 1 },
  });
  expect(await schemas.set(engine, ann, { ...without, orphan: true })).toMatchObject({
    value: { version: 2, orphaned: 3 },
  });
  expect((await stored(ids)).map(({ value, version }) => [value, version])).toEqual([
    ["neu", 1],
    ["pos", 1],
    [["price"], 1],
    [[], 1],
  ]);
});

test.each<[string, object, LabelValue[], object, number]>([
  ["a number's bounds", { kind: "number", min: 0, max: 10 }, [1, 9], { max: 5 }, 1],
  ["a number's steps", { kind: "number", min: 0, max: 10 }, [1.5, 9], { step: 1 }, 1],
  [
    "a text's length",
    { kind: "text", maxLength: 50 },
    ["short", "long enough"],
    { maxLength: 6 },
    1,
  ],
  [
    "a ranking's length",
    { kind: "ranking", options: asOptions("a", "b") },
    [
      ["a", "b"],
      ["b", "a"],
    ],
    { top: 1 },
    2,
  ],
  ["the kind", { options: asOptions("a", "b") }, ["a", "b"], { kind: "multiple" }, 2],
  [
    "an option of spans",
    { level: "span", options: asOptions("a", "b") },
    [[{ start: 0, end: 1, value: "b" }], []],
    { options: asOptions("a") },
    1,
  ],
])("labels beyond %s are orphans", async (_, before, values, change, n) => {
  const made = await labelledProject(engine, { texts: ["ab", "ba"] });
  const label = (rest: object) =>
    SchemaDocument.parse({ labels: [{ name: "x", ...before, ...rest }, ...toneSchema.labels] });
  given(await schemas.set(engine, ann, { project: made.project, document: label({}) }));
  await made.label(
    values.map((value, record) => ({ record, by: { person: "ann" }, name: "x", value })),
  );
  expect(
    await schemas.set(engine, ann, {
      project: made.project,
      document: label(change),
      orphan: true,
    }),
  ).toMatchObject({ value: { orphaned: n } });
});

test("spans keep their places when their option is renamed", async () => {
  const made = await labelledProject(engine, { texts: ["Ann and Ben"] });
  const who = (...values: string[]): LabelDefinition[] =>
    SchemaDocument.parse({
      labels: [{ name: "who", level: "span", options: asOptions(...values) }, ...toneSchema.labels],
    }).labels;
  const project = made.project;
  given(await schemas.set(engine, ann, { project, document: { labels: who("per", "org") } }));
  const ids = await made.label([
    {
      record: 0,
      by: { person: "ann" },
      name: "who",
      value: [
        { start: 0, end: 3, value: "per" },
        { start: 8, end: 11, value: "org" },
      ],
    },
  ]);
  const renamed = { labels: who("person", "org") };
  given(
    await schemas.set(engine, ann, {
      project,
      document: renamed,
      rename: { who: { per: "person" } },
    }),
  );
  expect((await stored(ids))[0]).toMatchObject({
    version: 3,
    value: [
      { start: 0, end: 3, value: "person" },
      { start: 8, end: 11, value: "org" },
    ],
  });
});

test("what cannot be meant is refused, and changes nothing", async () => {
  const made = await labelledProject(engine, { texts: ["a"] });
  const { project } = made;
  const set = (document: SchemaDocument, rename: Record<string, Record<string, string>>) =>
    schemas.set(engine, ann, { project, document, rename });
  const document = changed(["pos", "bad", "neu"]);
  for (const [rename, what] of [
    [{ mood: { neg: "bad" } }, /has no label “mood”/],
    [{ tone: { gone: "bad" } }, /had no option “gone”/],
    [{ tone: { neg: "worse" } }, /has no option “worse”/],
    [{ tone: { pos: "bad" } }, /still has the option “pos”/],
  ] as const)
    expect(await set(document, rename)).toMatchObject({
      error: { type: "schema-invalid", what: expect.stringMatching(what) },
    });
  await engine.db
    .updateTable("jobs")
    .set({ state: "running" })
    .where("project_id", "=", made.id)
    .execute();
  expect(await set(document, { tone: { neg: "bad" } })).toMatchObject({
    error: { type: "label-at-work" },
  });
  expect(await schemas.history(engine, { project })).toMatchObject({ value: { items: [{}] } });
});

test("what a job reads later in the former words is stored in the present ones", async () => {
  const made = await labelledProject(engine, { texts: ["a"] });
  const { project, id } = made;
  given(
    await schemas.set(engine, ann, {
      project,
      document: changed(["pos", "bad", "neu"]),
      rename: { tone: { neg: "bad" } },
    }),
  );
  given(
    await schemas.set(engine, ann, {
      project,
      document: changed(["pos", "awful", "neu"]),
      rename: { tone: { bad: "awful" } },
    }),
  );
  const carrier = await carrierSince(engine.db, id, 1);
  expect(carrier.carry("tone", "neg", 1)).toEqual({ value: "awful", schemaVersion: 3 });
  expect(carrier.carry("tone", "bad", 2)).toEqual({ value: "awful", schemaVersion: 3 });
  expect(carrier.carry("topics", ["price"], 1)).toEqual({ value: ["price"], schemaVersion: 1 });
});
