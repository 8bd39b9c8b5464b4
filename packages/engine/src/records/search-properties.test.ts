import { Outcome, Search, type SearchInput } from "@countersign/core";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freshEngine } from "../../../../test/fresh-database.ts";
import { given } from "../../../../test/given.ts";
import {
  type LabelFixture,
  type LabelledProject,
  labelledProject,
  setOutcome,
} from "../../test/labelled-project.ts";
import { type NaiveRecord, naiveSearch } from "../../test/naive-search.ts";
import type { Engine } from "../engine.ts";
import { matchingRecords, search } from "./index.ts";

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
  "great",
  "🦊 fox _ price",
  "Great",
];
const confidences = [null, 0, 0.25, 0.25, 0.5, 0.99, 1];
const statuses = ["unverified", "confirmed", "corrected"] as const;

let engine: Engine;
let made: LabelledProject;
let records: readonly NaiveRecord[];

beforeAll(async () => {
  engine = await freshEngine();
  // Another project with the same texts and keys: nothing of it may ever be found.
  const other = await labelledProject(engine, { texts });
  await other.label(texts.map((_, record) => ({ record, by: { job: 0 }, value: "pos" })));

  made = await labelledProject(engine, { texts, jobs: [["tone", "topics"], ["tone"]] });
  const labels = texts.flatMap((_, record): LabelFixture[] => [
    ...(record % 5 === 4 ? [] : [labelBy({ job: 0 }, record, record)]),
    ...(record % 3 === 0 ? [labelBy({ job: 1 }, record, record + 2)] : []),
    ...(record % 4 === 1
      ? [{ ...labelBy({ job: 0 }, record, 3), name: "topics", value: ["price"] }]
      : []),
    ...(record % 4 === 2 ? [{ record, by: { person: "ann" }, value: "neu" }] : []),
    ...(record % 2 === 0 ? [{ record, by: { gold: true } as const, value: "neg" }] : []),
  ]);
  await made.label(labels);
  const outcomes = texts.map(
    (_, index) => Outcome.options[index % Outcome.options.length] ?? "failed",
  );
  for (const [index, outcome] of outcomes.entries())
    await setOutcome(engine, made.jobs[0] ?? 0, made.records[index] ?? 0, outcome);

  records = texts.map((content, index) => ({
    id: made.records[index] ?? 0,
    key: `r${index}`,
    content,
    labels: labels
      .filter(({ record }) => record === index)
      .map(({ by, name = "tone", value, confidence = null, status = "unverified" }) => ({
        by: "job" in by ? { job: made.jobs[by.job] ?? 0 } : by,
        name,
        value,
        confidence,
        status,
      })),
    outcomes: new Map([
      [made.jobs[0] ?? 0, outcomes[index] ?? "failed"],
      [made.jobs[1] ?? 0, "labelled"],
    ]),
  }));
});
afterAll(() => engine.close());

function labelBy(by: LabelFixture["by"], record: number, step: number): LabelFixture {
  return {
    record,
    by,
    value: ["pos", "neg", "neu"][step % 3] ?? "pos",
    confidence: confidences[step % confidences.length] ?? null,
    status: statuses[step % 3] ?? "unverified",
  };
}

const everything = { all: [] };

const optional = <Value>(arbitrary: fc.Arbitrary<Value>) =>
  fc.option(arbitrary, { nil: undefined });
const job = fc.nat(1).map((place) => ({ place }));
const flag = fc.boolean();
const names = fc.constantFrom("tone", "topics", "none");
const bound = optional(fc.constantFrom(0, 0.25, 0.5, 0.98, 1));

const leaf = fc.oneof(
  fc.record({
    keyword: fc.record({
      text: fc.constantFrom(
        "great",
        "GREAT",
        "%",
        "_",
        "\\",
        "price",
        "ä",
        "a",
        "x",
        "🦊",
        "';",
        "nothing",
      ),
      caseSensitive: flag,
    }),
  }),
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
        by: fc.oneof(
          fc.record({ job }),
          fc.constant({ gold: true }),
          fc.record({ person: fc.constantFrom("ann", "ben") }),
        ),
        value: fc.subarray(["pos", "neg", ["price"], ["service"]]),
        confidence: fc.record({ ">=": bound, ">": bound, "<=": bound, "<": bound }),
        status: fc.subarray([...statuses]),
      },
      { requiredKeys: [] },
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
);

/** Fills in what only the database knows: jobs are generated by their place. */
const withIds = (document: unknown): SearchInput =>
  JSON.parse(JSON.stringify(document), (_key, value) =>
    typeof value?.place === "number" ? made.jobs[value.place] : value,
  );

test("a search finds what looking at every record would find, in the same order, page by page", async () => {
  await fc.assert(
    fc.asyncProperty(condition, sort, fc.integer({ min: 1, max: 13 }), async (where, by, limit) => {
      const document = Search.parse({ ...withIds({ where, sort: by }), limit, count: true });
      const expected = naiveSearch(records, document.where ?? everything, document.sort);
      const found: string[] = [];
      let after: string | undefined;
      do {
        const page = given(await search(engine, { project: made.project, ...document, after }));
        expect(page.count).toBe(expected.length);
        expect(page.records.length).toBeLessThanOrEqual(limit);
        found.push(...page.records.map((record) => record.key));
        after = page.next ?? undefined;
      } while (after !== undefined);
      expect(found).toEqual(expected.map((record) => record.key));
    }),
    { numRuns: 300 },
  );
});

test("a subset for a job holds what the search finds", async () => {
  await fc.assert(
    fc.asyncProperty(condition, async (where) => {
      const document = Search.parse(withIds({ where }));
      const expected = naiveSearch(records, document.where ?? everything, document.sort);
      const subset = await matchingRecords(engine.db, made.id, document.where).execute();
      expect(subset.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
    }),
    { numRuns: 100 },
  );
});
