import { afterAll, beforeAll, expect, test } from "vitest";
import { freshEngine } from "../../../../test/fresh-database.ts";
import { given } from "../../../../test/given.ts";
import { type LabelledProject, labelledProject } from "../../test/labelled-project.ts";
import type { Engine } from "../engine.ts";
import { type CompareInput, compare } from "./index.ts";

let engine: Engine;
let made: LabelledProject;
beforeAll(async () => {
  engine = await freshEngine();
  made = await labelledProject(engine, {
    texts: ["a", "b", "c", "d", "e", "f", "g"],
    jobs: [["tone"], ["tone", "topics"]],
    columns: {
      truth: ["pos", "Negative", " neutral", "pos", "", "meh", "neg"],
      lists: ['["service","price"]', "price", "[]", "", "", "", ""],
    },
  });
  const predicted = ["pos", "neg", "pos", "neg", "pos", "pos"];
  await made.label([
    ...predicted.map((value, record) => ({ record, by: { job: 0 }, value })),
    ...["neg", "neg"].map((value, record) => ({ record, by: { gold: true } as const, value })),
    { record: 0, by: { person: "ann" }, value: "neu" },
    { record: 0, by: { job: 1 }, value: "neu" },
    { record: 0, by: { job: 1 }, name: "topics", value: ["price", "service"] },
    { record: 1, by: { job: 1 }, name: "topics", value: ["service"] },
  ]);
});
afterAll(() => engine.close());

const comparing = (job: number, options: Partial<CompareInput> = {}) =>
  compare(engine, { project: made.project, job: made.jobs[job] ?? 0, ...options });

/** What is said of a comparison that cannot be made. */
async function refusal(job: number, options: Partial<CompareInput> = {}) {
  const result = await comparing(job, options);
  if (result.ok) throw new Error("the comparison was made");
  const { type, what, next } = result.error;
  return { type, what, next };
}

const columns = "The imported columns are: “id”, “text”, “truth”, “lists”.";

test("a job is measured against a column, whose cells are read by value or text", async () => {
  const evaluation = given(await comparing(0, { gold: "truth" }));
  expect(evaluation).toMatchObject({
    label: "tone",
    job: made.jobs[0],
    // Five cells are options; the job gave the last record no label.
    coverage: { hits: 4, n: 5 },
    accuracy: { hits: 2, n: 4 },
    unknownGold: [{ value: "meh", n: 1 }],
  });
  expect(new Set(evaluation.confusion)).toEqual(
    new Set([
      { gold: "pos", predicted: "pos", n: 1 },
      { gold: "pos", predicted: "neg", n: 1 },
      { gold: "neg", predicted: "neg", n: 1 },
      { gold: "neu", predicted: "pos", n: 1 },
      { gold: "neg", predicted: null, n: 1 },
    ]),
  );
  expect(evaluation.classes.map(({ value }) => value)).toEqual(["pos", "neg", "neu"]);
});

test("a job is measured against the gold labels where no column is named", async () => {
  expect(given(await comparing(0))).toMatchObject({
    coverage: { hits: 2, n: 2 },
    accuracy: { hits: 1, n: 2 },
    unknownGold: [],
  });
});

test("one job's labels are not taken for another's", async () => {
  expect(given(await comparing(1, { label: "tone", gold: "truth" }))).toMatchObject({
    coverage: { hits: 1, n: 5 },
    accuracy: { hits: 0, n: 1 },
  });
});

test("of a multiple choice the whole list is right or wrong, in any order", async () => {
  expect(given(await comparing(1, { label: "topics", gold: "lists" }))).toMatchObject({
    coverage: { hits: 2, n: 3 },
    accuracy: { hits: 1, n: 2 },
    confusion: expect.arrayContaining([
      { gold: '["price","service"]', predicted: '["price","service"]', n: 1 },
      { gold: '["price"]', predicted: '["service"]', n: 1 },
      { gold: "[]", predicted: null, n: 1 },
    ]),
  });
});

test("what cannot be compared is said, with what can", async () => {
  const job = made.jobs.map((id) => `ob ${id}`);
  const type = "compare-not-possible";
  expect(await refusal(1, { gold: "truth" })).toEqual({
    type,
    what: `J${job[1]} has several labels: “tone”, “topics”.`,
    next: "Say which one: --label NAME",
  });
  expect(await refusal(0, { label: "topics" })).toEqual({
    type,
    what: `J${job[0]} has no label “topics”.`,
    next: "It has: “tone”.",
  });
  expect(await refusal(0, { gold: "gold" })).toEqual({
    type,
    what: "No imported file had a column “gold”.",
    next: columns,
  });
  expect(await refusal(0, { gold: "text" })).toEqual({
    type,
    what: "None of the gold values is a value of the label “tone”: “a”, “b”, “c”, ….",
    next: columns,
  });
  expect(await refusal(1, { label: "topics" })).toEqual({
    type,
    what: `No record of j${job[1]} has gold for the label “topics”.`,
    next: `Name a column that holds the truth, or import gold again with a mapping. ${columns}`,
  });
  expect(await refusal(0, { job: 2 ** 40 })).toMatchObject({ type: "job-not-found" });
  expect(await refusal(0, { project: "nowhere" })).toMatchObject({ type: "project-not-found" });
});

test("a column that is empty, or different in every record, is no truth", async () => {
  const texts = Array.from({ length: 10_001 }, (_, n) => `text ${n}`);
  const big = await labelledProject(engine, { texts, columns: { empty: [] } });
  const [job = 0] = big.jobs;
  const against = (gold: string) => compare(engine, { project: big.project, job, gold });
  expect(await against("empty")).toMatchObject({
    error: { what: `The column “empty” is empty in all records of job ${job}.` },
  });
  expect(await against("text")).toMatchObject({
    error: { what: "The column “text” has too many different values for a label." },
  });
});

test("a person's own labels are taken for the truth where that is asked", async () => {
  const found = given(await comparing(0, { person: "ann" }));
  expect(found.coverage).toMatchObject({ n: 1, hits: 1 });
  expect(found.accuracy).toMatchObject({ n: 1, hits: 0 });
  expect(found.confusion).toMatchObject([{ gold: "neu", predicted: "pos", n: 1 }]);
  expect(given(await comparing(1, { label: "tone", person: "ann" })).accuracy).toMatchObject({
    n: 1,
    hits: 1,
  });
  expect(await refusal(0, { person: "nobody" })).toMatchObject({
    type: "compare-not-possible",
    what: expect.stringContaining("nobody has given no record"),
  });
  expect((await refusal(0, { person: "ann", gold: "truth" })).what).toContain("not both");
});

test("a person is measured against gold as a job is, on the records that they labelled", async () => {
  const people = await labelledProject(engine, {
    texts: ["a", "b", "c", "d", "e"],
    columns: { truth: ["pos", "neg", "neg", "pos", "pos"] },
  });
  await people.label([
    ...["pos", "neg", "pos"].map((value, record) => ({ record, by: { person: "ann" }, value })),
    { record: 3, by: { person: "ann" }, name: "topics", value: ["price"] },
    ...["pos", "pos"].map((value, record) => ({ record, by: { person: "ben" }, value })),
    ...["neg", "neg"].map((value, record) => ({ record, by: { model: "old" }, value })),
    ...["pos", "neg", "neg", "pos", "pos"].map((value, record) => ({
      record,
      by: { gold: true } as const,
      value,
    })),
  ]);
  const { project } = people;
  const measured = async (options: Omit<CompareInput, "project">) =>
    given(await compare(engine, { project, label: "tone", ...options }));
  const person = { of: { person: "ann" } };
  for (const truth of [{}, { gold: "truth" }])
    expect(await measured({ ...person, ...truth })).toMatchObject({
      of: { person: "ann" },
      job: null,
      coverage: { hits: 3, n: 4 },
      accuracy: { hits: 2, n: 3, low: expect.any(Number), high: expect.any(Number) },
      examples: 0,
    });
  expect(await measured({ of: { person: "ben" }, person: "ann" })).toMatchObject({
    coverage: { hits: 2, n: 2 },
    accuracy: { hits: 1, n: 2 },
  });
  expect(await measured({ of: { model: "old" } })).toMatchObject({ accuracy: { hits: 1, n: 2 } });
});

test("whose labels are measured is said once, and a label of several is named", async () => {
  const { project } = made;
  const told = async (options: Omit<CompareInput, "project">) => {
    const result = await compare(engine, { project, ...options });
    return result.ok ? "measured" : result.error.what;
  };
  const neither = "The labels either of a job or of a person or model are measured.";
  expect(await told({})).toBe(neither);
  expect(await told({ job: made.jobs[0], of: { person: "ann" } })).toBe(neither);
  expect(await told({ of: { person: "ann" } })).toBe(
    "The schema has several labels: “tone”, “topics”.",
  );
  expect(await told({ of: { person: "ann" }, label: "no" })).toBe("The schema has no label “no”.");
  expect(await told({ of: { person: "nobody" }, label: "tone" })).toBe(
    "No record of those that nobody has labelled has gold for the label “tone”.",
  );
});
