import { type ColumnMapping, SchemaDocument } from "@countersign/core";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { z } from "zod";
import { freshEngine } from "../../../../test/fresh-database.ts";
import { given } from "../../../../test/given.ts";
import { ann, freshProject, imported, refused, storedRecords } from "../../test/importing.ts";
import type { Engine } from "../engine.ts";
import * as imports from "../imports/index.ts";
import * as schemas from "../schemas/index.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await freshEngine();
});
afterAll(() => engine.close());

const bias = SchemaDocument.parse({
  labels: [
    {
      name: "bias",
      options: [
        { value: "b", text: "biased" },
        { value: "f", text: "fair" },
      ],
    },
  ],
});

async function labelled(): Promise<string> {
  const project = await freshProject(engine);
  given(await schemas.set(engine, ann, { project, document: bias }));
  return project;
}

const stored = async (project: string) =>
  (await storedRecords(engine, project)).map(({ key, content, source }) => [
    key,
    content,
    source.n,
  ]);

/** All labels of a project, as `key by: value`. */
async function labelsIn(project: string): Promise<string[]> {
  const rows = await engine.db
    .selectFrom("labels")
    .innerJoin("annotators", "annotators.id", "labels.annotator_id")
    .innerJoin("records", "records.id", "labels.record_id")
    .innerJoin("projects", "projects.id", "labels.project_id")
    .select(["records.key", "annotators.kind", "annotators.name", "value", "confidence"])
    .where("projects.name", "=", project)
    .orderBy("labels.record_id")
    .orderBy("annotators.kind")
    .orderBy("annotators.name")
    .execute();
  return rows.map(
    ({ key, kind, name, value, confidence }) =>
      `${key} ${kind} ${name}: ${String(value)}${confidence === null ? "" : ` ${confidence}`}`,
  );
}

test("duplicate keys are skipped by choice: what was there first stays", async () => {
  const project = await freshProject(engine);
  await imported(engine, project, "id,text,n\n1,one,a\n");
  const rules = { duplicates: "skip" } as const;
  const report = await imported(engine, project, "id,text,n\n1,uno,b\n2,two,c\n2,zwei,d\n", {
    rules,
  });
  expect(report).toMatchObject({ rows: 3, added: 1, skipped: 2, updated: 0, unchanged: 0 });
  expect(await stored(project)).toEqual([
    ["1", "one", "a"],
    ["2", "two", "c"],
  ]);
});

test("or update what is there: what comes last stands, and labels on another text are told", async () => {
  const project = await labelled();
  const mapping = { key: "id", text: "text", gold: { bias: "n" } };
  await imported(engine, project, "id,text,n\n1,one,b\n2,two,f\n", { mapping });
  const rules = { duplicates: "update" } as const;
  const report = await imported(
    engine,
    project,
    "id,text,n\n1,uno,b\n2,two,b\n3,x,f\n3,three,f\n",
    {
      mapping,
      rules,
    },
  );
  expect(report).toMatchObject({
    added: 1,
    updated: 2,
    skipped: 1,
    outdatedLabels: 1,
    updatedLabels: 1,
    goldLabels: 1,
  });
  expect(await stored(project)).toEqual([
    ["1", "uno", "b"],
    ["2", "two", "b"],
    ["3", "three", "f"],
  ]);
  expect(await labelsIn(project)).toEqual(["1 gold gold: b", "2 gold gold: b", "3 gold gold: f"]);
});

test("rows with a text that is there join its record; their keys stay known and nothing of them is lost", async () => {
  const project = await labelled();
  await imported(engine, project, "id,text,n\n1,same,\n");
  const mapping = { key: "id", text: "text", gold: { bias: "n" } };
  const rules = { sameTexts: "merge" } as const;
  const file = "id,text,n\n2,same,b\n3,new,f\n4,new,f\n5,new,\n";
  const report = await imported(engine, project, file, { mapping, rules });
  expect(report).toMatchObject({ rows: 4, added: 1, merged: 3, goldLabels: 2, repeatedTexts: 0 });
  expect(await stored(project)).toEqual([
    ["1", "same", ""],
    ["3", "new", "f"],
  ]);
  expect(await labelsIn(project)).toEqual(["1 gold gold: b", "3 gold gold: f"]);
  const joined = await engine.db
    .selectFrom("merged_rows")
    .innerJoin("projects", "projects.id", "project_id")
    .select(["key", "source"])
    .where("projects.name", "=", project)
    .orderBy("key")
    .execute();
  expect(joined.map(({ key, source }) => [key, source.n])).toEqual([
    ["2", "b"],
    ["4", "f"],
    ["5", ""],
  ]);
  expect(await imported(engine, project, file, { mapping, rules })).toMatchObject({
    added: 0,
    merged: 0,
    unchanged: 4,
  });
});

test("texts that are one and gold that differs is refused, unless one of them is to stand", async () => {
  const project = await labelled();
  const mapping = { key: "id", text: "text", gold: { bias: "n" } };
  const file = "id,text,n\n1,same,b\n2,same,f\n";
  expect(
    await refused(engine, project, file, { mapping, rules: { sameTexts: "merge" } }),
  ).toMatchObject({
    rows: [{ row: 3, reason: "has “f” as gold for “bias”, where line 2 has “b”" }],
  });
  const rules = { sameTexts: "merge", duplicates: "update" } as const;
  await imported(engine, project, file, { mapping, rules });
  expect(await labelsIn(project)).toEqual(["1 gold gold: f"]);
});

test("bad rows are left out by choice, and all of them are kept with their reasons", async () => {
  const project = await freshProject(engine);
  const lines = Array.from({ length: 300 }, (_, n) => (n % 2 === 0 ? `${n},text ${n}` : `${n},`));
  const file = `id,text\n${lines.join("\n")}\n0,again\n`;
  const report = await imported(engine, project, file, {
    rules: { badRows: "leave-out" },
    chunk: 999,
  });
  expect(report).toMatchObject({ rows: 301, added: 150, rejected: 151 });
  const id = report.import ?? 0;
  const rejected = given(
    await imports.rejections(engine, { project, import: id, format: "jsonl" }),
  );
  const rows = (await Array.fromAsync(rejected)).join("").trim().split("\n");
  expect(rows).toHaveLength(151);
  expect(JSON.parse(rows[0] ?? "")).toEqual({
    row: 3,
    column: "text",
    reason: "is empty; a record needs a text",
  });
  expect(JSON.parse(rows.at(-1) ?? "")).toMatchObject({ row: 302, column: "id" });
});

test("a file that cannot be read to its end is refused whatever the rules", async () => {
  const problem = await refused(engine, await freshProject(engine), 'id,text\n1,one\n2,"two\n', {
    rules: { badRows: "leave-out" },
  });
  expect(problem.what).toMatch(/never closed/);
});

test("a refused file's rejections are kept, and nothing else of it", async () => {
  const project = await freshProject(engine);
  await refused(engine, project, "id,text\n1,\n1,\n", { name: "bad.csv" });
  const { items } = given(await imports.list(engine, { project, limit: 10 }));
  expect(items).toMatchObject([{ name: "bad.csv", state: "rejected", rejected: 2, report: null }]);
  const id = items[0]?.id ?? 0;
  const csv = given(await imports.rejections(engine, { project, import: id, format: "csv" }));
  expect((await Array.fromAsync(csv)).join("")).toBe(
    'row,column,reason\r\n2,"text","is empty; a record needs a text"\r\n3,"text","is empty; a record needs a text"\r\n',
  );
});

test("a trial tells what an import would do and stores nothing", async () => {
  const project = await labelled();
  const mapping = { key: "id", text: "text", gold: { bias: "n" } };
  const rules = { dryRun: true, badRows: "leave-out" } as const;
  const report = await imported(engine, project, "id,text,n\n1,one,b\n2,,b\n", { mapping, rules });
  expect(report).toMatchObject({ import: null, added: 1, goldLabels: 1, rejected: 1 });
  expect(await stored(project)).toEqual([]);
  expect(given(await imports.list(engine, { project, limit: 10 })).items).toEqual([]);
});

test("labels of other annotators come with their names, codes and confidences", async () => {
  const project = await labelled();
  const codes = { "1": "biased", "0": "fair", "?": null };
  const mapping: z.input<typeof ColumnMapping> = {
    key: "id",
    text: "text",
    gold: { bias: { column: "gold", codes } },
    labels: [
      { label: "bias", column: "gpt", by: { name: "gpt-4" }, codes, confidence: "sure" },
      { label: "bias", column: "ann", by: { column: "who" }, kind: "person", codes },
    ],
  };
  const file =
    "id,text,gold,gpt,sure,ann,who\n1,one,1,0,0.9,1,eve\n2,two,0,?,,,\n3,three,,1,,b,zoë\n";
  expect(await imported(engine, project, file, { mapping })).toMatchObject({
    goldLabels: 2,
    labels: 4,
  });
  expect(await labelsIn(project)).toEqual([
    "1 gold gold: b",
    "1 model gpt-4: f 0.9",
    "1 person eve: b",
    "2 gold gold: f",
    "3 model gpt-4: b",
    "3 person zoë: b",
  ]);
  expect(
    await refused(engine, await labelled(), file.replace("0.9", "90 %"), { mapping }),
  ).toMatchObject({
    rows: [{ row: 2, column: "sure", reason: "is no confidence; write a number from 0 to 1" }],
  });
  expect(
    await refused(engine, await labelled(), file.replace("eve", " "), { mapping }),
  ).toMatchObject({
    rows: [{ row: 2, column: "who", reason: expect.stringMatching(/^is empty; whose label/) }],
  });
});

test("a file without content adds labels to records that are there, several rows a record", async () => {
  const project = await labelled();
  await imported(engine, project, "id,text\n1,one\n2,two\n");
  const mapping: z.input<typeof ColumnMapping> = {
    key: "item",
    labels: [{ label: "bias", column: "response", by: { column: "worker" }, kind: "person" }],
  };
  const file = "item,worker,response\n1,w1,b\n1,w2,f\n2,w1,b\n";
  expect(await imported(engine, project, file, { mapping })).toMatchObject({ added: 0, labels: 3 });
  expect(await labelsIn(project)).toEqual(["1 person w1: b", "1 person w2: f", "2 person w1: b"]);
  expect(
    await refused(engine, project, "item,worker,response\n9,w1,b\n1,w1,f\n", { mapping }),
  ).toMatchObject({
    rows: [
      { row: 2, column: "item", reason: "holds the key “9”, which no record of the project has" },
      { row: 3, reason: "has “f” by “w1” for “bias”, where the project has “b”" },
    ],
  });
});

test("an update replaces a label's value and keeps what users wrote of it", async () => {
  const project = await labelled();
  const mapping: z.input<typeof ColumnMapping> = {
    key: "id",
    text: "text",
    labels: [{ label: "bias", column: "said", by: { name: "w1" }, kind: "person" }],
  };
  await imported(engine, project, "id,text,said\n1,one,b\n", { mapping });
  const own = { hard: true, note: null };
  await sql`update labels set metadata = metadata || ${JSON.stringify({ user: own })}::jsonb
    where project_id = (select id from projects where name = ${project})`.execute(engine.db);
  const rules = { duplicates: "update" } as const;
  const report = await imported(engine, project, "id,text,said\n1,one,f\n", { mapping, rules });
  expect(report.updatedLabels).toBe(1);
  expect(await labelsIn(project)).toEqual(["1 person w1: f"]);
  const { rows } = await sql<{ metadata: object }>`select l.metadata from labels l
    join projects p on p.id = l.project_id where p.name = ${project}`.execute(engine.db);
  expect(rows).toEqual([{ metadata: { import: report.import, user: own } }]);
});

test("a mapping without content or labels, or with two contents, is refused", async () => {
  const project = await freshProject(engine);
  expect((await refused(engine, project, "id\n1\n", { mapping: { key: "id" } })).what).toMatch(
    /no column was named for the content/,
  );
});

test("a file that is refused for what differs is told the rules that would take it", async () => {
  const project = await freshProject(engine);
  await imported(engine, project, "id,text\n1,one\n");
  const rules = /“update” \(--duplicates update\).*“skip” \(--duplicates skip\)/;
  expect((await refused(engine, project, "id,text\n1,other\n")).next).toMatch(rules);
  expect((await refused(engine, project, "id,text\n2,two\n2,three\n")).next).toMatch(rules);
  expect((await refused(engine, project, "id,text\n2,\n")).next).not.toContain("duplicates");
});
