import {
  type Condition,
  evaluateSearch,
  type LabelValue,
  type OneAnnotator,
  Outcome,
  Search,
  type SearchedProject,
  type SearchedRecord,
  type SearchInput,
  Sort,
} from "@countersign/core";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freshEngine } from "../../../../test/fresh-database.ts";
import { given } from "../../../../test/given.ts";
import { ann } from "../../test/importing.ts";
import {
  agentIdOf,
  type LabelFixture,
  type LabelledProject,
  labelledProject,
  setOutcome,
} from "../../test/labelled-project.ts";
import type { Engine } from "../engine.ts";
import { subsets } from "../index.ts";
import { checkCondition, matchingRecords, search, vectorsFromMetadata } from "./index.ts";

const texts = [
  "Great service, 100% happy",
  "great_service and a low price",
  "The PRICE was awful \\ terrible",
  "no\nnewline is safe: a.b",
  "Ärger über den Preis",
  "'; drop table records; --",
  "%",
  "a",
  "aXb and a.b",
  "great service, a low price",
  "🦊 fox _ price",
  "Great",
];
const confidences = [null, 0, 0.25, 0.25, 0.5, 0.99, 1];
const statuses = ["unverified", "confirmed", "corrected"] as const;
const moments = [
  "2026-01-02T03:04:05.678Z",
  "2026-01-02",
  "2026-01-02T01:00:00+01:00",
  "2026-03-01T00:00:00Z",
];
/** Values of every kind, with those that look like another kind. */
const stars = [1, 2, "2", true, null, "10", 10, -3.5, [2], { n: 2 }, "x".repeat(501), undefined];
const days = [
  ...moments,
  "2026-02-30",
  "unknown",
  "2026-01-01T23:30:00-01:30",
  "2026-01-02 03:04",
  20260102,
  undefined,
  "2026",
  "🦊",
];
/** What labels of every kind say, with the empty list, numbers that would sort otherwise as texts, and mixed kinds. */
const saidOf = {
  topics: [["price"], ["price", "service"], [], "price"],
  score: [10, 9, -3.5, 0, 2.25, 1e21, "9"],
  order: [
    ["b", "a", "c"],
    ["a", "b", "c"],
    ["a", "b"],
  ],
  notes: ["Great value, 100%", "no\nPrice_tag", "Ärger", "a\\b"],
  marks: [
    [],
    [{ end: 10, start: 2, value: "price" }],
    [{ end: 9, start: 2, value: "price" }],
    [
      { end: 3, start: 0, value: ["price", "service"] },
      { end: 9, start: 2, value: [] },
    ],
    [
      { end: 3, start: 0, value: 4.5 },
      { end: 9, start: 2, value: 10 },
    ],
    [
      { end: 3, start: 0, value: "a Price" },
      { end: 9, start: 2, value: "b_" },
    ],
  ],
} satisfies Readonly<Record<string, LabelValue[]>>;
const vectors = texts.map((_, at) => (at % 4 === 3 ? undefined : [at % 3, at % 5, 1]));

let engine: Engine;
let made: LabelledProject;
let searched: SearchedProject;

beforeAll(async () => {
  engine = await freshEngine();
  // Another project with the same texts and keys: nothing of it may ever be found.
  const other = await labelledProject(engine, { texts });
  await other.label(texts.map((_, record) => ({ record, by: { job: 0 }, value: "pos" })));

  const metadata = texts.map((_, at) =>
    JSON.parse(
      JSON.stringify({ stars: stars[at], "the day": days[at], vector: vectors[at] ?? "none" }),
    ),
  );
  made = await labelledProject(engine, {
    texts,
    metadata,
    jobs: [["tone", "topics"], ["tone"]],
    agents: ["first", "second"],
  });
  const labels = texts.flatMap((_, record): LabelFixture[] => [
    ...(record % 5 === 4 ? [] : [labelBy({ job: 0 }, record, record)]),
    ...(record % 3 === 0 ? [labelBy({ job: 1 }, record, record + 2)] : []),
    ...Object.entries(saidOf).flatMap(([name, values], place): LabelFixture[] => {
      const value = values[(record + place) % (values.length + 1)];
      const said = values[(record + 2 * place) % values.length];
      if (value === undefined || said === undefined) return [];
      const verified = { value: said, by: "ann", at: "2026-02-02T00:00:00Z" };
      const corrected = record % 3 === 1 ? { status: "corrected" as const, verified } : {};
      return [{ record, by: { job: 0 }, name, value, at: "2026-01-01T00:00:00Z", ...corrected }];
    }),
    ...(record % 4 === 2 ? [{ record, by: { person: "ann" }, value: "neu" }] : []),
    ...(record % 3 === 1 ? [{ record, by: { model: "old" }, value: "pos" }] : []),
    ...(record % 2 === 0 ? [{ record, by: { gold: true } as const, value: "neg" }] : []),
  ]);
  await made.label(labels);
  const outcomes = texts.map(
    (_, index) => Outcome.options[index % Outcome.options.length] ?? "failed",
  );
  for (const [index, outcome] of outcomes.entries())
    await setOutcome(engine, jobAt(0), made.records[index] ?? 0, outcome);
  given(await vectorsFromMetadata(engine, ann, { project: made.project, metadata: "vector" }));

  const records = texts.map((content, index): SearchedRecord => {
    const vector = vectors[index];
    return {
      id: made.records[index] ?? 0,
      key: `r${index}`,
      content,
      metadata: metadata[index],
      labels: labels.filter(({ record }) => record === index).map(searchedLabel),
      outcomes: new Map([
        [jobAt(0), { outcome: outcomes[index] ?? "failed", reason: null }],
        [jobAt(1), { outcome: "labelled" as const, reason: null }],
      ]),
      ...(vector && { vectors: { vector: Float32Array.from(vector) } }),
    };
  });
  const saved: Condition = { keyword: { text: "price", caseSensitive: false } };
  const frozen = { by: "metadata" as const, name: "stars", order: "descending" as const };
  const project = made.project;
  await keep({
    project,
    name: "saved",
    kind: "search",
    where: saved,
    sort: Sort.parse({ by: "id" }),
  });
  await keep({
    project,
    name: "nested",
    kind: "search",
    where: { not: [{ subset: "saved" }] },
    sort: frozen,
  });
  await keep({ project, name: "frozen", kind: "frozen", where: { not: [saved] }, sort: frozen });
  await keep({ project, name: "everything", kind: "search", where: undefined, sort: frozen });
  searched = { records, subsets: new Map() };
  const ids = evaluateSearch(searched, { not: [saved] }, frozen).map(({ id }) => id);
  searched = {
    records,
    subsets: new Map<string, { where: Condition | undefined } | { ids: number[] }>([
      ["saved", { where: saved }],
      ["nested", { where: { not: [{ subset: "saved" }] } }],
      ["frozen", { ids }],
      ["everything", { where: undefined }],
    ]),
  };
});
afterAll(() => engine.close());

const keep = async (subset: Parameters<typeof subsets.create>[2]) =>
  given(await subsets.create(engine, ann, subset));

const jobAt = (place: number): number => made.jobs[place] ?? 0;

function searchedLabel(label: LabelFixture): SearchedRecord["labels"][number] {
  const { by, name = "tone", value, confidence = null, status = "unverified" } = label;
  const agent = "job" in by ? (["first", "second"][by.job] ?? "") : undefined;
  return {
    by: "job" in by ? { job: jobAt(by.job) } : by,
    ...(agent !== undefined && { agent: { name: agent, id: agentIdOf(agent) } }),
    name,
    value,
    confidence,
    status,
    schemaVersion: label.schemaVersion ?? 1,
    createdAt: label.at ?? "2000-01-01T00:00:00Z",
    metadata: { ...label.metadata },
    verified:
      label.verified ??
      (status === "unverified" ? null : { value, by: "ann", at: "2026-01-02T03:04:05.678Z" }),
  };
}

function labelBy(by: LabelFixture["by"], record: number, step: number): LabelFixture {
  const status = statuses[step % 3] ?? "unverified";
  return {
    record,
    by,
    value: ["pos", "neg", "neu"][step % 3] ?? "pos",
    confidence: confidences[step % confidences.length] ?? null,
    status,
    schemaVersion: 1 + (step % 2),
    metadata: { latency: step * 100, model: step % 2 === 0 ? "m-1" : "m-2" },
    at: `2026-01-0${1 + (step % 4)}T00:00:00.000Z`,
    ...(status === "corrected" && {
      verified: { value: "neg", by: "ben", at: `2026-02-0${1 + (step % 4)}T12:00:00.500Z` },
    }),
  };
}

const everything = { all: [] };

const optional = <Value>(arbitrary: fc.Arbitrary<Value>) =>
  fc.option(arbitrary, { nil: undefined });
const job = fc.nat(1).map((place) => ({ place }));
const flag = fc.boolean();
const names = fc.constantFrom("tone", ...Object.keys(saidOf), "none");
const bound = optional(fc.constantFrom(0, 0.25, 0.5, 0.98, 1));
const moment = optional(fc.constantFrom(...moments, "2026-02-02T12:00:00.500Z"));
const momentBounds = fc.record({ ">=": moment, ">": moment, "<=": moment, "<": moment });

const one = fc.oneof(
  fc.record({ job }),
  fc.constant<OneAnnotator>({ gold: true }),
  fc.record({ person: fc.constantFrom("ann", "ben") }),
  fc.record({ model: fc.constantFrom("old", "ann") }),
);
const annotator = fc.oneof(
  one,
  fc.record({ agent: fc.constantFrom("first", "second", agentIdOf("second"), "third") }),
);

const ordered = fc.constantFrom<string | number>(
  ...moments,
  "",
  "2",
  "unknown",
  "m-1",
  "é",
  2,
  -3.5,
  10,
  300,
);
const scalar = fc.oneof(ordered, flag);
const comparison = fc
  .record(
    {
      "==": scalar,
      "!=": scalar,
      "<": ordered,
      "<=": ordered,
      ">": ordered,
      ">=": ordered,
      in: fc.array(scalar, { maxLength: 3 }),
      exists: flag,
    },
    { requiredKeys: [] },
  )
  .filter((asked) => Object.keys(asked).length > 0);
const comparisons = (...name: string[]) =>
  fc.dictionary(fc.constantFrom(...name), comparison, { minKeys: 1, maxKeys: 2 });

const words = [
  "great",
  "GREAT",
  "%",
  "_",
  "\\",
  "price",
  "low great",
  "ä",
  "a",
  "x",
  "🦊",
  "';",
  " ",
];
const keyword = fc.record({
  text: fc.constantFrom(...words, "nothing"),
  caseSensitive: flag,
  match: optional(fc.constantFrom("phrase", "all", "any")),
});
const options = fc.subarray(["pos", "neg", "price", "service", "a", "b", "none"], { minLength: 1 });
const limit = fc.constantFrom(-3.5, 0, 2.25, 4.5, 9, 9.5, 1e-7, 1e21);
const says = fc
  .record(
    {
      any: options,
      all: options,
      first: options,
      keyword,
      "<": limit,
      "<=": limit,
      ">": limit,
      ">=": limit,
    },
    { requiredKeys: [] },
  )
  .filter((asked) => Object.keys(asked).length > 0);

const leaf = fc.oneof(
  fc.record({ keyword }),
  fc.record({
    regex: fc.record({
      pattern: fc.constantFrom(
        "^great",
        "a.b",
        "a\\.b",
        "pri?ce$",
        "[0-9]+%",
        "^.$",
        "s(er|afe)",
        "ü",
      ),
      caseSensitive: flag,
    }),
  }),
  fc.record({
    key: fc.subarray(["r0", "r3", "r7", "r11", "r99", "' or true --"], { minLength: 1 }),
  }),
  fc.record({ metadata: comparisons("stars", "the day", "none") }),
  fc.record({
    outcome: fc.record({
      job,
      is: fc.subarray([...Outcome.options], { minLength: 1 }),
    }),
  }),
  fc.record({
    label: fc.record(
      {
        name: names,
        by: annotator,
        value: fc.subarray<LabelValue>(["pos", "neg", ["price"], ["service"], [], 9]),
        says,
        confidence: fc.record({ ">=": bound, ">": bound, "<=": bound, "<": bound }),
        status: fc.subarray([...statuses]),
        schemaVersion: fc.subarray([1, 2, 3]),
        at: momentBounds,
        metadata: comparisons("latency", "model", "seed"),
        verified: fc.record(
          {
            by: fc.subarray(["ann", "ben"]),
            at: momentBounds,
            value: fc.subarray<LabelValue>(["pos", "neg", ["price"], []]),
            says,
          },
          { requiredKeys: [] },
        ),
      },
      { requiredKeys: [] },
    ),
  }),
  fc.record({
    label: fc.record({ name: names, says }),
  }),
  fc.record({
    label: fc.record({ verified: fc.record({ says }) }),
  }),
  fc.record({
    conflict: fc.record(
      { label: names, among: fc.array(annotator, { minLength: 1, maxLength: 4 }) },
      { requiredKeys: [] },
    ),
  }),
  fc.record({ subset: fc.constantFrom("saved", "nested", "frozen", "everything") }),
  fc.record({
    similar: fc.oneof(
      fc.record({
        to: fc.oneof(
          fc.record({ keys: fc.subarray(["r0", "r1", "r4", "r9"], { minLength: 1 }) }),
          fc.record({ text: fc.constantFrom("a great service at a low price", "preis", "%") }),
        ),
        top: fc.integer({ min: 1, max: 5 }),
      }),
      fc.record({
        to: fc.oneof(
          fc.record({ keys: fc.subarray(["r0", "r1", "r4"], { minLength: 1 }) }),
          fc.record({ vector: fc.constantFrom([1, 2, 3], [0, 0, 0]) }),
        ),
        by: fc.constant({ vector: "vector" }),
        top: fc.integer({ min: 1, max: 5 }),
      }),
    ),
  }),
);

const { condition } = fc.letrec<{ condition: unknown }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, depthIdentifier: "condition" },
    leaf,
    fc.record({ all: fc.array(tie("condition"), { maxLength: 3 }) }),
    fc.record({ any: fc.array(tie("condition"), { maxLength: 3 }) }),
    fc.record({ not: fc.array(tie("condition"), { maxLength: 3 }) }),
  ),
}));

const order = fc.constantFrom("ascending", "descending");
const sort = fc.oneof(
  fc.record({ by: fc.constantFrom("id", "key"), order }),
  fc.record({ by: fc.constant("confidence"), job, name: names, order }),
  fc.record({
    by: fc.constant("metadata"),
    name: fc.constantFrom("stars", "the day", "none"),
    order,
  }),
  fc.record({
    by: fc.constant("label"),
    name: names,
    of: one,
    fact: fc.oneof(
      fc.constantFrom("value", "confidence", "status", "createdAt", "verifiedAt", "verifiedBy"),
      fc.record({ metadata: fc.constantFrom("latency", "model") }),
    ),
    order,
  }),
  fc.record({ by: fc.constant("subset"), subset: fc.constant("frozen"), order }),
);

/** Fills in what only the database knows: jobs are generated by their place. */
const withIds = (document: unknown): SearchInput =>
  JSON.parse(JSON.stringify(document), (_key, value) =>
    typeof value?.place === "number" ? made.jobs[value.place] : value,
  );

async function allPages(document: Search, total: number) {
  const found: { key: string; score?: number | undefined }[] = [];
  let after: string | undefined;
  do {
    const page = given(await search(engine, { project: made.project, ...document, after }));
    expect(page.count).toEqual({ n: total, exact: true });
    expect(page.records.length).toBeLessThanOrEqual(document.limit);
    found.push(...page.records);
    after = page.next ?? undefined;
  } while (after !== undefined);
  return found;
}

test("a search finds what looking at every record would find, in the same order, page by page", async () => {
  await fc.assert(
    fc.asyncProperty(
      condition,
      sort,
      fc.integer({ min: 1, max: 13 }),
      fc.constantFrom(true, "exact" as const),
      async (where, by, limit, count) => {
        const document = Search.parse({ ...withIds({ where, sort: by }), limit, count });
        const expected = evaluateSearch(searched, document.where ?? everything, document.sort);
        const found = await allPages(document, expected.length);
        expect(found.map(({ key }) => key)).toEqual(expected.map(({ key }) => key));
      },
    ),
    { numRuns: 400 },
  );
});

test("similar records come in the order of their scores", async () => {
  const similar = leaf.filter((made) => "similar" in made);
  await fc.assert(
    fc.asyncProperty(similar, optional(condition), order, async (where, more, direction) => {
      const both = more === undefined ? where : { all: [where, { any: [more, everything] }] };
      const by = { by: "similarity", order: direction };
      const document = Search.parse({
        ...withIds({ where: both, sort: by }),
        limit: 2,
        count: true,
      });
      const expected = evaluateSearch(searched, document.where, document.sort);
      const found = await allPages(document, expected.length);
      expect(found.map(({ key }) => key)).toEqual(expected.map(({ key }) => key));
      const scores = found.map(({ score }) => score ?? Number.NaN);
      const sign = direction === "ascending" ? 1 : -1;
      expect(scores).toEqual(scores.toSorted((a, b) => sign * (a - b)));
    }),
    { numRuns: 60 },
  );
});

test("a subset for a job holds what the search finds", async () => {
  const named = { id: made.id, name: made.project, deleting: false };
  await fc.assert(
    fc.asyncProperty(condition, async (where) => {
      const document = Search.parse(withIds({ where }));
      const expected = evaluateSearch(searched, document.where ?? everything, document.sort);
      const resolved = given(await checkCondition(engine, named, document.where));
      const subset = await matchingRecords(engine.db, made.id, resolved).execute();
      expect(subset.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
    }),
    { numRuns: 100 },
  );
});
