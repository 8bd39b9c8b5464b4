import { ExportOptions, type ImportReport, SchemaDocument } from "@countersign/core";
import { BlobReader, Uint8ArrayWriter, ZipReader } from "@zip.js/zip.js";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freshEngine } from "../../../../test/fresh-database.ts";
import { given } from "../../../../test/given.ts";
import { ann, freshProject, imported } from "../../test/importing.ts";
import { labelledProject, toneSchema } from "../../test/labelled-project.ts";
import type { Engine } from "../engine.ts";
import * as schemas from "../schemas/index.ts";
import { exportFile, previewFile } from "./index.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await freshEngine();
});
afterAll(() => engine.close());

const options = ["a", "b", "c"].map((value) => ({ value, text: value.repeat(3) }));
const document = SchemaDocument.parse({
  labels: [
    ...toneSchema.labels,
    { name: "order", kind: "ranking", options },
    { name: "stars", kind: "number", min: 0, max: 5, step: 0.5 },
    { name: "why", kind: "text" },
    { name: "parts", level: "span", options },
    { name: "notes", level: "span", kind: "text" },
    { name: "dotted.name", options },
  ],
});

const texts = [
  '=HYPERLINK("http://x","y")',
  "'=already with an apostrophe",
  'one, "two"\nthree\r\nfour\ttab',
  "  spaces kept  ",
  "שלום ‮evil‬ مرحبا e\u0301 é 👩‍👩‍👧 𝔘",
  "-5",
  "'-5",
  "_x0041_ bell\u0007",
  "null",
];

const metadata = [
  { n: 1, deep: { list: [1, "x", null, true] }, moment: "2026-01-02T03:04:05Z" },
  { code: "007", no: false, none: null, half: 0.5, "‮name": "é" },
  ...texts.slice(2).map(() => ({})),
];

/** A project with all there is: every kind of label, content, metadata and annotator, and verdicts. */
async function everything(): Promise<string> {
  const made = await labelledProject(engine, {
    texts,
    metadata,
    jobs: [["tone", "topics", "parts"], ["tone"]],
    columns: { "=odd": texts.map((_, n) => (n % 2 === 0 ? "" : `+${n}`)), split: texts },
  });
  const { project } = made;
  given(await schemas.set(engine, ann, { project, document }));
  await imported(
    engine,
    project,
    [
      {
        id: "مفتاح",
        m: [
          { role: "user", content: "Hi,\n=1+1" },
          { role: "bot", content: "2" },
        ],
      },
      { id: "e\u0301", m: [{ role: "user", content: "again" }] },
    ]
      .map((line) => JSON.stringify(line))
      .join("\n"),
    { format: "jsonl", mapping: { key: "id", turns: "m" } },
  );
  await imported(engine, project, "id,picture,tone\n007,https://x.example/a.png,pos\n", {
    mapping: {
      key: "id",
      image: "picture",
      labels: [{ label: "tone", column: "tone", by: { name: "eve" }, kind: "person" }],
    },
  });
  const at = (second: number) => `2026-01-02T03:04:0${second}.5Z`;
  await made.label([
    { record: 0, by: { job: 0 }, value: "pos", confidence: 0.9, at: at(1) },
    { record: 0, by: { job: 1 }, value: "neg", confidence: 0.25, at: at(2) },
    { record: 0, by: { gold: true }, value: "neu", at: at(1) },
    { record: 0, by: { person: "ben" }, value: "neu", at: at(3) },
    { record: 0, by: { model: "gpt 4" }, value: "neg", confidence: 0.5, at: at(1) },
    { record: 0, by: { job: 0 }, name: "topics", value: ["price", "service"], at: at(1) },
    {
      record: 0,
      by: { job: 0 },
      name: "parts",
      value: [
        { start: 1, end: 4, value: "a" },
        { start: 2, end: 6, value: "b" },
      ],
      at: at(1),
    },
    { record: 0, by: { person: "ben" }, name: "order", value: ["c", "a", "b"], at: at(3) },
    { record: 0, by: { gold: true }, name: "stars", value: 4.5, at: at(1) },
    { record: 0, by: { person: "ben" }, name: "stars", value: 0, at: at(3) },
    { record: 0, by: { person: "ben" }, name: "why", value: '=1+1, "x"\nnext', at: at(3) },
    {
      record: 0,
      by: { person: "ben" },
      name: "notes",
      value: [{ start: 0, end: 1, value: "sign" }],
      at: at(3),
    },
    { record: 0, by: { person: "ben" }, name: "dotted.name", value: "a", at: at(3) },
    { record: 1, by: { job: 0 }, value: "pos", status: "confirmed", at: at(1), confidence: 1 },
    { record: 1, by: { job: 1 }, value: "neu", at: at(2) },
    {
      record: 2,
      by: { job: 1 },
      value: "pos",
      status: "corrected",
      verified: { value: "neg", by: "cleo", at: at(5) },
      at: at(2),
    },
    {
      record: 2,
      by: { job: 0 },
      name: "topics",
      value: [],
      status: "corrected",
      verified: { value: ["service"], by: "cleo", at: at(5) },
      at: at(2),
    },
    { record: 3, by: { job: 1 }, value: "neu", confidence: 0.125, at: at(2) },
    {
      record: 4,
      by: { gold: true },
      name: "parts",
      value: [{ start: 0, end: 4, value: "c" }],
      at: at(1),
    },
    { record: 4, by: { person: "ben" }, name: "parts", value: [], at: at(1) },
    { record: 5, by: { person: "אב" }, name: "why", value: "null", at: at(1) },
    { record: 7, by: { person: "ben" }, name: "why", value: "'-x", at: at(1) },
  ]);
  return project;
}

type Options = Partial<ExportOptions>;

async function exported(project: string, some: Options): Promise<Buffer> {
  const content = given(await exportFile(engine, { ...ExportOptions.parse({}), ...some, project }));
  const chunks = await Array.fromAsync(content);
  return Buffer.concat(chunks.map((chunk) => Buffer.from(chunk)));
}

/** The file of a Hugging Face folder that holds the records. */
async function dataIn(folder: Buffer): Promise<Buffer> {
  const reader = new ZipReader(new BlobReader(new Blob([Uint8Array.from(folder)])));
  for (const entry of await reader.getEntries())
    if (!entry.directory && entry.filename === "data/train.parquet")
      return Buffer.from(await entry.getData(new Uint8ArrayWriter()));
  throw new Error("there is no data in the folder");
}

/** Imports a file into a project of its own as its preview suggests. */
async function asSuggested(
  file: Buffer,
): Promise<{ readonly project: string; readonly report: ImportReport }> {
  const project = await freshProject(engine);
  given(await schemas.set(engine, ann, { project, document }));
  const preview = given(
    await previewFile(engine, {
      project,
      name: "file",
      reading: {},
      partial: false,
      body: (async function* () {
        yield file;
      })(),
    }),
  );
  expect(preview).toMatchObject({ reading: { layout: "countersign" }, faults: [] });
  const report = await imported(engine, project, file, {
    format: undefined,
    mapping: preview.mapping,
    chunk: 999,
  });
  return { project, report };
}

interface RecordRow {
  key: string;
  source: Record<string, string>;
}

const recordsOf = async (project: string): Promise<RecordRow[]> =>
  (
    await sql<RecordRow>`select key, content, content_kind, turns, source, r.metadata
      from records r join projects p on p.id = r.project_id where p.name = ${project} order by r.id`.execute(
      engine.db,
    )
  ).rows;

/** All that was said, as a file can carry it: a job is a model, and who verified a label said it. */
const saidIn = async (project: string): Promise<unknown[]> =>
  (
    await sql`select key, name, kind, "by", value, confidence from (
        select r.key, l.name, case a.kind when 'job' then 'model' else a.kind end as kind, a.name as "by",
          l.value, case when a.kind in ('job', 'model') then l.confidence end as confidence
        from labels l join annotators a on a.id = l.annotator_id join records r on r.id = l.record_id
          join projects p on p.id = l.project_id where p.name = ${project}
        union all
        select r.key, l.name, 'person', l.verified_by, l.verified_value, null
        from labels l join records r on r.id = l.record_id join projects p on p.id = l.project_id
        where p.name = ${project} and l.verified_by is not null) as said
      order by key, name, kind, "by"`.execute(engine.db)
  ).rows;

/** What stands for each label of each record and the truth, as JSON Lines tell it; who said it, where a person did. */
async function finalsIn(project: string): Promise<unknown[]> {
  const lines = (await exported(project, { format: "jsonl" })).toString().trimEnd().split("\n");
  return lines.flatMap((line) => {
    const { key, labels } = JSON.parse(line);
    return Object.entries<{
      final: { value: unknown; by: string; source: string } | null;
      gold: unknown;
    }>(labels).flatMap(([name, { final, gold }]) =>
      gold === null && (final === null || final.source === "model")
        ? []
        : [
            {
              key,
              name,
              gold,
              ...(final && final.source !== "model" && { value: final.value, by: final.by }),
            },
          ],
    );
  });
}

/** Formats in which an empty cell and none are the same. */
const withoutNothing = new Set(["csv", "xlsx"]);

const filled = (rows: RecordRow[]): RecordRow[] =>
  rows.map((row) => ({
    ...row,
    source: Object.fromEntries(Object.entries(row.source).filter(([, cell]) => cell !== "")),
  }));

test.each([
  ["jsonl", "wide"],
  ["jsonl", "long"],
  ["csv", "wide"],
  ["csv", "long"],
  ["parquet", "wide"],
  ["parquet", "long"],
  ["xlsx", "wide"],
  ["xlsx", "long"],
  ["huggingface", "wide"],
] as const)("%s, %s, out and in again: the same records and labels", async (format, shape) => {
  const project = await everything();
  const file = await exported(project, { format, shape });
  const again = await asSuggested(format === "huggingface" ? await dataIn(file) : file);
  expect(again.report).toMatchObject({ rejected: 0, leftOut: {} });

  const said = await saidIn(project);
  const before = await recordsOf(project);
  const after = await recordsOf(again.project);
  // A table of labels has no row for what has none.
  const labelled = new Set(said.map((one) => (one as { key: string }).key));
  const kept = shape === "long" ? before.filter(({ key }) => labelled.has(key)) : before;
  if (withoutNothing.has(format)) expect(filled(after)).toEqual(filled(kept));
  else expect(after).toEqual(kept);

  expect(await finalsIn(again.project)).toEqual(await finalsIn(project));
  const saidAgain = await saidIn(again.project);
  if (shape === "long") expect(saidAgain).toEqual(said);
  else expect(said).toEqual(expect.arrayContaining(saidAgain));
});

test("an export without its labels comes in as records", async () => {
  const project = await everything();
  const columns = ["key", "text", "kind", "turns", "metadata", "source.*"];
  const again = await asSuggested(await exported(project, { format: "parquet", columns }));
  expect(await recordsOf(again.project)).toEqual(await recordsOf(project));
});

test("an exported project's labels that the schema does not have are counted and left out", async () => {
  const file = await exported(await everything(), { format: "csv" });
  const other = await freshProject(engine);
  given(await schemas.set(engine, ann, { project: other, document: toneSchema }));
  const report = await imported(engine, other, file, {
    format: undefined,
    mapping: { key: "key", text: "text", controls: { why: null } },
    chunk: 999,
  });
  expect(report.leftOut).toMatchObject({
    "labels named “order”, which the schema does not have": 1,
    "labels named “stars”, which the schema does not have": 2,
  });
  expect(Object.keys(report.leftOut).join()).not.toContain("why");
});
