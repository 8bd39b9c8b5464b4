import {
  type Condition,
  type Count,
  momentOf,
  ok,
  Search,
  type SearchInput,
} from "@countersign/core";
import fc from "fast-check";
import { type Kysely, sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freshEngine } from "../../../../test/fresh-database.ts";
import { given } from "../../../../test/given.ts";
import { ann } from "../../test/importing.ts";
import { type LabelledProject, labelledProject } from "../../test/labelled-project.ts";
import type { Engine } from "../engine.ts";
import type { Database } from "../store/database.ts";
import { countQuickly } from "./count.ts";
import { checkCondition, get, matchingRecords, search, vectorsFromMetadata } from "./index.ts";
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
        kind: "text",
        turns: null,
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

test("similar records come with their scores, without those they are similar to", async () => {
  const project = await labelledProject(engine, {
    texts: ["the seat was fine", "the seat was fine!", "the seats were fine", "a bag came late"],
  });
  const found = given(
    await search(engine, {
      project: project.project,
      ...Search.parse({
        where: { similar: { to: { keys: ["r0"] } } },
        sort: { by: "similarity" },
        count: true,
      }),
    }),
  );
  expect(found.records.map(({ key }) => key)).toEqual(["r1", "r2"]);
  expect(found.records[0]?.score).toBe(1);
  expect(found.records[1]?.score).toBeGreaterThan(0.5);
  expect(found.records[1]?.score).toBeLessThan(1);
  expect(found.count).toEqual({ n: 2, exact: true });
});

test("who asks for similar records wrongly is told why", async () => {
  const similar = (to: object, by?: object) =>
    ({ similar: { to, ...(by && { by }) } }) as Condition;
  const refusals = [
    [similar({ keys: ["r0", "nobody", "nowhere"] }), "no record with the key “nobody”, “nowhere”"],
    [similar({ ids: [0] }), "no record with the id “0”"],
    [similar({ vector: [1] }), "A vector has no text"],
    [similar({ text: "one" }, { vector: "e" }), "no vectors named “e”"],
    [similar({ keys: ["r0"] }, { vector: "e" }), "no vectors named “e”"],
  ] as const;
  for (const [where, what] of refusals) expect(await refusal({ where })).toContain(what);
  expect(await refusal({ sort: { by: "similarity" } })).toContain("asks for no similar records");
  expect(await refusal({ sort: { by: "subset", subset: "none" } })).toContain("“none”");
});

test("vectors from the metadata are kept all or none, and compared with vectors of their length only", async () => {
  const project = await labelledProject(engine, {
    texts: ["a", "b", "c", "d"],
    metadata: [
      { e: [1, 0], odd: [1] },
      { e: [0.6, 0.8], odd: [1, 2] },
      { e: [-1, 1e-60] },
      { odd: ["1"] },
    ],
  });
  const keep = (metadata: string) =>
    vectorsFromMetadata(engine, ann, { project: project.project, metadata });
  const similar = async (to: object) =>
    search(engine, {
      project: project.project,
      ...Search.parse({
        where: { similar: { to, by: { vector: "e" } } },
        sort: { by: "similarity" },
      }),
    });
  for (const metadata of ["odd", "none"])
    expect(await keep(metadata)).toMatchObject({ error: { type: "vectors-invalid" } });
  for (let time = 0; time < 2; time += 1)
    expect(given(await keep("e"))).toEqual({ name: "e", records: 3, length: 2 });
  const { records } = given(await similar({ keys: ["r0"] }));
  expect(records.map(({ key, score }) => [key, score?.toFixed(3)])).toEqual([
    ["r1", "0.600"],
    ["r2", "-1.000"],
  ]);
  expect(given(await similar({ vector: [0, 2] })).records[0]?.key).toBe("r1");
  expect(await similar({ vector: [1] })).toMatchObject({
    error: { what: expect.stringContaining("has 1 numbers, the vectors “e” have 2") },
  });
  expect(await similar({ keys: ["r3"] })).toMatchObject({
    error: { what: expect.stringContaining("have no vector “e”") },
  });
});

test("a count that would take long is an estimate, and exact on request", async () => {
  const project = await labelledProject(engine, { texts: ["seed"] });
  await sql`insert into records (project_id, key, content, created_by)
    select ${project.id}, n::text, case when n % 4 = 0 then 'yes ' else 'no ' end || n, 'ann'
    from generate_series(1, 20000) as n`.execute(engine.db);
  await sql`analyze records`.execute(engine.db);
  const where: Condition = { regex: { pattern: "^y", caseSensitive: true } };
  const counted = (work: (db: Kysely<Database>) => Promise<Count>) =>
    searching(engine, { project: named(project), where }, async (db) => ok(await work(db)));
  const listing = { projectId: project.id, where };
  const estimate = given(await counted((db) => countQuickly(db, listing, 0, 1)));
  expect(estimate.exact).toBe(false);
  expect(estimate.n).toBeGreaterThan(4500);
  expect(estimate.n).toBeLessThan(5500);
  expect(given(await counted((db) => countQuickly(db, listing, 19_000, 1))).n).toBe(19_000);
  const exact = { n: 5000, exact: true };
  expect(given(await counted((db) => countQuickly(db, listing, 0, 60_000)))).toEqual(exact);
  const page = await search(engine, {
    project: project.project,
    ...Search.parse({ where, limit: 1, count: "exact" }),
  });
  expect(given(page).count).toEqual(exact);
});

test("a moment is read the same by the rules and by the database", async () => {
  const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));
  const like = fc
    .tuple(
      fc.constantFrom("2026", "2024", "0000", "0001", "9999", "1900"),
      digits(2),
      digits(2),
      fc.constantFrom("", "T", " ", "t"),
      fc.constantFrom("", "12:30", "23:59:60", "23:59:59.999999", "24:00", "1:00"),
      fc.constantFrom("", "Z", "+02:00", "-0130", "+24:00", "z", "\n"),
    )
    .map(
      ([year, month, day, between, time, zone]) =>
        `${year}-${month}-${day}${between}${time}${zone}`,
    );
  const day = fc.date({
    noInvalidDate: true,
    min: new Date("0001-01-01"),
    max: new Date("9999-12-31"),
  });
  const texts = fc
    .sample(
      fc.oneof(
        like,
        day.map((date) => date.toISOString()),
        fc.string(),
      ),
      2000,
    )
    .map((text) => text.replaceAll("\0", ""))
    .filter((text) => text.isWellFormed());
  const { rows } = await sql<{ moment: number | null }>`select countersign_moment(text) as moment
    from unnest(${texts}::text[]) with ordinality as given (text, place) order by place`.execute(
    engine.db,
  );
  expect(rows.map(({ moment }) => moment)).toEqual(texts.map((text) => momentOf(text) ?? null));
  expect(rows.filter(({ moment }) => moment !== null).length).toBeGreaterThan(200);
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
  expect(await checkCondition(engine, named(made), where)).toMatchObject({
    ok: false,
    error: { type: "search-invalid" },
  });
  expect(await checkCondition(engine, named(made), undefined)).toMatchObject({ ok: true });
});

const named = ({ id, project }: LabelledProject) => ({ id, name: project, deleting: false });

/** Patterns that are known to run away in one engine or another; a text of many letters meets each at its worst. */
const runaways = [
  "^(a+)(a+)(a+)(a+)(a+)(a+)\\6\\1\\5\\2\\4\\3\\3\\1\\2c?b$",
  "^(a*)(a*)(a*)(a*)(a*)\\5\\4\\3\\2\\1\\1\\2x$",
  "(a+)+$",
  "([a-zA-Z]+)*$",
  "(a|aa)+$",
  "(a|a?)+$",
  "(.*a){20}x",
  "^(([a-z])+.)+[A-Z]([a-z])+$",
  "(?=(a+))a*b\\1",
  "((a{0,100}){0,100}){0,100}b",
  "(((((a*)*)*)*)*)*b",
];

test("no pattern that runs away keeps the server: it answers, or is stopped in time", async () => {
  const stopped: string[] = [];
  for (const pattern of runaways) {
    const where: Condition = { regex: { pattern, caseSensitive: true } };
    const began = performance.now();
    const result = await searching(
      engine,
      { project: named(made), where },
      async (db, resolved) =>
        ok(resolved ? await matchingRecords(db, made.id, resolved).execute() : []),
      0.2,
    );
    expect(performance.now() - began).toBeLessThan(5_000);
    if (result.ok) continue;
    expect(result.error).toMatchObject({
      type: "search-invalid",
      what: expect.stringMatching(
        /longer than 0.2 seconds|bad pattern: .*(?:too complex|invalid backreference)/,
      ),
    });
    stopped.push(pattern);
  }
  expect(stopped).toContain(runaways[0]);
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
  const forged = Buffer.from('["{}",1e99,null]').toString("base64url");
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
