import { type Condition, Search, type SearchInput } from "@countersign/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freshEngine } from "../../../../test/fresh-database.ts";
import { given } from "../../../../test/given.ts";
import { type LabelledProject, labelledProject } from "../../test/labelled-project.ts";
import type { Engine } from "../engine.ts";
import { checkCondition, get, matchingRecords, search } from "./index.ts";
import { searching } from "./searching.ts";

let engine: Engine;
let made: LabelledProject;
let labels: number[];
beforeAll(async () => {
  engine = await freshEngine();
  made = await labelledProject(engine, {
    texts: ["one", "two", "three", `${"a".repeat(60)}b`],
    columns: { note: ["x"] },
  });
  labels = await made.label([
    {
      record: 0,
      by: { job: 0 },
      value: "pos",
      confidence: 0.9,
      metadata: { model: "m-1", inputTokens: 12 },
      at: "2026-01-01T00:00:00.000Z",
    },
    { record: 0, by: { gold: true }, value: "neg" },
    { record: 0, by: { person: "ben" }, value: "neu", status: "confirmed" },
  ]);
});
afterAll(() => engine.close());

const find = (document: SearchInput) =>
  search(engine, { project: made.project, ...Search.parse(document) });

/** What is said of a search that cannot be run. */
async function refusal(document: SearchInput) {
  const result = await find(document);
  if (result.ok) throw new Error("the search was run");
  expect(result.error.type).toBe("search-invalid");
  return result.error.what;
}

test("a record comes with its labels, gold left out", async () => {
  const page = given(await find({ where: { key: ["r0"] } }));
  expect(page).toEqual({
    records: [
      {
        id: made.records[0],
        key: "r0",
        content: "one",
        metadata: {},
        createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        labels: [
          {
            id: labels[0],
            name: "tone",
            value: "pos",
            annotator: {
              id: expect.any(Number),
              kind: "job",
              name: `job ${made.jobs[0]}`,
              job: made.jobs[0],
            },
            schemaVersion: 1,
            confidence: 0.9,
            confidenceMethod: "label-token-probability",
            metadata: { model: "m-1", inputTokens: 12 },
            createdAt: "2026-01-01T00:00:00.000Z",
            status: "unverified",
            verified: null,
          },
          expect.objectContaining({
            id: labels[2],
            annotator: { id: expect.any(Number), kind: "person", name: "ben", job: null },
            status: "confirmed",
            verified: { value: "neu", by: "ann", at: "2026-01-02T03:04:05.678Z" },
          }),
        ],
      },
    ],
    next: null,
    count: null,
  });
});

test("a record is shown with its source columns", async () => {
  const record = given(await get(engine, { project: made.project, record: made.records[0] ?? 0 }));
  expect(record).toMatchObject({
    key: "r0",
    source: { id: "r0", text: "one", note: "x" },
    labels: [{ id: labels[0] }, { id: labels[2] }],
    verifications: [],
  });
});

test("a record that nobody has labelled is shown too", async () => {
  const input = { project: made.project, record: made.records[1] ?? 0 };
  expect(given(await get(engine, input))).toMatchObject({ labels: [], verifications: [] });
});

test("a record of another project is not shown", async () => {
  const other = await labelledProject(engine, { texts: ["theirs"] });
  const input = { project: made.project, record: other.records[0] ?? 0 };
  expect(await get(engine, input)).toMatchObject({ error: { type: "record-not-found" } });
});

test("no project, no search", async () => {
  const result = await search(engine, { project: "nowhere", ...Search.parse({}) });
  expect(result).toMatchObject({ ok: false, error: { type: "project-not-found" } });
});

test("a bad pattern is named, even where no record would meet it", async () => {
  const where: Condition = {
    all: [{ key: ["none"] }, { regex: { pattern: "a(", caseSensitive: false } }],
  };
  expect(await refusal({ where })).toBe(
    "The search has a bad pattern: invalid regular expression: parentheses () not balanced.",
  );
  expect(await checkCondition(engine.db, where)).toMatchObject({
    ok: false,
    error: { type: "search-invalid" },
  });
  expect(await checkCondition(engine.db, undefined)).toMatchObject({ ok: true });
});

test("a pattern that runs away is stopped", async () => {
  const where: Condition = {
    regex: {
      pattern: "^(a+)(a+)(a+)(a+)(a+)(a+)\\6\\1\\5\\2\\4\\3\\3\\1\\2c?b$",
      caseSensitive: true,
    },
  };
  const result = await searching(
    engine.db,
    where,
    (db) => matchingRecords(db, made.id, where).execute(),
    0.1,
  );
  expect(result).toMatchObject({
    ok: false,
    error: { type: "search-invalid", what: expect.stringContaining("longer than 0.1 seconds") },
  });
});

test("a NUL character is refused in every part of a search", async () => {
  const message = "The search holds a NUL character, which no record can hold.";
  const caseSensitive = false;
  const conditions: Condition[] = [
    { keyword: { text: "a\0b", caseSensitive } },
    { regex: { pattern: "a\0b", caseSensitive } },
    { key: ["\0"] },
    { label: { name: "\0" } },
    { label: { value: ["\0"] } },
    { label: { by: { person: "\0" } } },
  ];
  for (const where of conditions) expect(await refusal({ where })).toBe(message);
});

test("conditions may be many and nested, within bounds", async () => {
  const key: Condition = { key: ["r1"] };
  const nested = (levels: number): Condition =>
    levels === 0 ? key : { all: [nested(levels - 1)] };
  expect(given(await find({ where: nested(49) })).records).toHaveLength(1);
  expect(await refusal({ where: nested(50) })).toContain("deeper than 50 levels");
  const ninety = Array.from({ length: 90 }, () => key);
  const many = (groups: number): Condition => ({
    any: Array.from({ length: groups }, () => ({ all: ninety })),
  });
  expect(given(await find({ where: many(10) })).records).toHaveLength(1);
  expect(await refusal({ where: many(11) })).toContain("more than 1000 conditions");
});

test("a page goes on only in the order it began in", async () => {
  const first = given(await find({ limit: 2 }));
  const after = first.next ?? "";
  expect(given(await find({ limit: 2, after })).records.map(({ key }) => key)).toEqual([
    "r2",
    "r3",
  ]);
  const forged = Buffer.from('["{}",{"id":1e99}]').toString("base64url");
  for (const [sort, cursor] of [
    [{ by: "key" as const }, after],
    [undefined, "nonsense"],
    [undefined, forged],
    [undefined, ""],
  ] as const)
    expect(await refusal({ ...(sort && { sort }), after: cursor })).toContain("does not belong");
});

test("pages stay in step while labels between them are verified", async () => {
  const busy = await labelledProject(engine, { texts: ["a", "b", "c", "d"] });
  const confidence = [0.1, 0.2, 0.3, 0.4];
  const ids = await busy.label(
    confidence.map((value, record) => ({
      record,
      by: { job: 0 },
      value: "pos",
      confidence: value,
    })),
  );
  const document = {
    where: {
      label: { by: { job: busy.jobs[0] ?? 0 }, name: "tone", status: ["unverified" as const] },
    },
    sort: { by: "confidence" as const, job: busy.jobs[0] ?? 0, name: "tone" },
    limit: 2,
  };
  const page = (after?: string) =>
    search(engine, { project: busy.project, ...Search.parse({ ...document, after }) });
  const first = given(await page());
  await engine.db
    .updateTable("labels")
    .set({ status: "confirmed" })
    .where("id", "in", ids.slice(0, 2))
    .execute();
  const second = given(await page(first.next ?? ""));
  expect([...first.records, ...second.records].map(({ content }) => content)).toEqual([..."abcd"]);
});
