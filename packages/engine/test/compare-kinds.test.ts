import { type LabelValue, SchemaDocument } from "@countersign/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freshEngine } from "../../../test/fresh-database.ts";
import { given } from "../../../test/given.ts";
import { compare } from "../src/evaluations/index.ts";
import { type Engine, schemas } from "../src/index.ts";
import { ann } from "./importing.ts";
import { labelledProject } from "./labelled-project.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await freshEngine();
});
afterAll(() => engine.close());

const asOptions = (...values: string[]) => values.map((value) => ({ value, text: value }));

/** Measures labels of a definition against a column, or against gold labels. */
async function measured(
  definition: object,
  labels: readonly (LabelValue | null)[],
  truths: { readonly column?: readonly string[]; readonly gold?: readonly LabelValue[] },
  texts = labels.map((_, at) => `text ${at}`),
) {
  const made = await labelledProject(engine, {
    texts,
    jobs: [["x"]],
    columns: truths.column ? { truth: truths.column } : {},
  });
  const document = SchemaDocument.parse({ labels: [{ name: "x", ...definition }] });
  given(await schemas.set(engine, ann, { project: made.project, document }));
  await engine.db
    .updateTable("jobs")
    .set({ schema_version: 2 })
    .where("project_id", "=", made.id)
    .execute();
  await made.label([
    ...labels.flatMap((value, record) =>
      value === null ? [] : [{ record, by: { job: 0 }, name: "x", value }],
    ),
    ...(truths.gold ?? []).map((value, record) => ({
      record,
      by: { gold: true } as const,
      name: "x",
      value,
    })),
  ]);
  return given(
    await compare(engine, {
      project: made.project,
      job: made.jobs[0] ?? 0,
      ...(truths.column && { gold: "truth" }),
    }),
  );
}

test("a rating is measured by class and by distance; cells beyond the scale are told, and empty ones passed over", async () => {
  const stars = { kind: "number", min: 1, max: 5, step: 1 };
  const result = await measured(stars, [5, 3, null, 1, 2], { column: ["5", "4", "2", "7", ""] });
  expect(result).toMatchObject({
    coverage: { hits: 2, n: 3 },
    accuracy: { hits: 1, n: 2 },
    measures: { kind: "number", withinStep: { hits: 2, n: 2 }, meanAbsoluteError: 0.5 },
    unknownGold: [{ value: "7", n: 1 }],
  });
  expect(result.classes.map(({ value }) => value)).toEqual(["1", "2", "3", "4", "5"]);
});

test("texts are measured by ROUGE, a ranking by Kendall's tau", async () => {
  const texts = await measured({ kind: "text" }, ["the room was clean", "bad"], {
    column: ["the room was clean", "good"],
  });
  expect(texts).toMatchObject({
    accuracy: { hits: 1, n: 2 },
    measures: { kind: "text", rouge1: 0.5, rouge2: 0.5, rougeL: 0.5 },
    classes: [],
    kappa: null,
  });
  const order = { kind: "ranking", options: asOptions("a", "b", "c") };
  const ranked = await measured(
    order,
    [
      ["a", "b", "c"],
      ["c", "b", "a"],
    ],
    {
      column: ["a > b > c", '["a", "b", "c"]'],
    },
  );
  expect(ranked).toMatchObject({
    accuracy: { hits: 1, n: 2 },
    measures: { kind: "ranking", kendallTau: 0 },
  });
});

test("spans are measured exactly and by overlap, against gold and against a column that counts characters", async () => {
  const who = { level: "span", options: asOptions("per", "loc") };
  const span = (start: number, end: number, value: string) => ({ start, end, value });
  const texts = ["👍 Ann met Ben", "Oslo is cold"];
  const labels = [[span(3, 6, "per"), span(7, 14, "per")], [span(0, 4, "loc")]];
  const gold = [[span(3, 6, "per"), span(11, 14, "per")], []];
  const expected = {
    measures: {
      kind: "span",
      exact: { precision: { hits: 1, n: 3 }, recall: { hits: 1, n: 2 } },
      overlap: { precision: { hits: 2, n: 3 }, recall: { hits: 2, n: 2 } },
    },
    accuracy: { hits: 0, n: 2 },
  };
  expect(await measured(who, labels, { gold }, texts)).toMatchObject(expected);
  const column = [
    '[{"start": 2, "end": 5, "value": "per", "text": "Ann"}, {"start": 10, "end": 13, "value": "per", "text": "Ben"}]',
    "[]",
  ];
  expect(await measured(who, labels, { column }, texts)).toMatchObject(expected);
});
