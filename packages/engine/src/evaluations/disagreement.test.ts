import { afterAll, beforeAll, expect, test } from "vitest";
import { freshEngine } from "../../../../test/fresh-database.ts";
import { given } from "../../../../test/given.ts";
import { type LabelledProject, labelledProject } from "../../test/labelled-project.ts";
import type { Engine } from "../engine.ts";
import { disagreement } from "./index.ts";

let engine: Engine;
let made: LabelledProject;

beforeAll(async () => {
  engine = await freshEngine();
  made = await labelledProject(engine, {
    texts: ["a", "b", "c", "d"],
    jobs: [["tone"], ["tone"]],
  });
  const said = (by: { job: number } | { person: string } | { gold: true }, values: string[]) =>
    values.map((value, record) => ({ record, by, value }));
  await made.label([
    ...said({ job: 0 }, ["pos", "pos", "neg", "neg"]),
    ...said({ job: 1 }, ["pos", "neg", "neg", "neg"]),
    ...said({ person: "ann" }, ["neu", "pos"]),
    ...said({ gold: true }, ["pos", "pos", "pos", "pos"]),
  ]);
});
afterAll(() => engine.close());

const ask = (input: Partial<Parameters<typeof disagreement>[1]> = {}) =>
  disagreement(engine, { project: made.project, label: "tone", ...input });

test("every two annotators are compared on the records that both have labelled, gold left out", async () => {
  const { annotators, pairs } = given(await ask());
  expect(annotators.map(({ kind, labels }) => [kind, labels])).toEqual([
    ["job", 4],
    ["job", 4],
    ["person", 2],
  ]);
  const [first, second, ann] = annotators.map(({ id }) => id);
  const counted = pairs.map(({ one, other, agreement, kappa }) => [
    one,
    other,
    agreement.hits,
    agreement.n,
    kappa?.toFixed(3),
  ]);
  // By chance: (2·1 + 2·3) / 16 = 0.5 of the first two agree.
  expect(counted).toEqual([
    [first, second, 3, 4, "0.500"],
    [first, ann, 1, 2, "0.000"],
    [second, ann, 0, 2, "-0.333"],
  ]);
});

test("chosen annotators are compared on chosen records", async () => {
  const { annotators, pairs } = given(
    await ask({
      among: [{ job: made.jobs[0] ?? 0 }, { gold: true }],
      where: { key: ["r0", "r1"] },
    }),
  );
  expect(annotators.map(({ kind }) => kind).toSorted()).toEqual(["gold", "job"]);
  expect(pairs).toMatchObject([{ agreement: { hits: 2, n: 2 }, kappa: null }]);
});

test("one annotator alone, and a bad search, are told", async () => {
  expect(await ask({ among: [{ person: "ann" }] })).toMatchObject({
    error: { type: "compare-not-possible" },
  });
  expect(await ask({ where: { regex: { pattern: "(", caseSensitive: true } } })).toMatchObject({
    error: { type: "search-invalid" },
  });
});
