import { gzipSync } from "node:zlib";
import { SchemaDocument } from "@countersign/core";
import { parquetWriteBuffer } from "hyparquet-writer";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freshEngine } from "../../../../test/fresh-database.ts";
import { given } from "../../../../test/given.ts";
import { freshProject, imported, refused, storedRecords } from "../../test/importing.ts";
import { workbookOf } from "../../test/workbook.ts";
import type { Engine } from "../engine.ts";
import * as schemas from "../schemas/index.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await freshEngine();
});
afterAll(() => engine.close());

const format = undefined;
const sources = async (project: string) =>
  (await storedRecords(engine, project)).map(({ source }) => source);
const contents = async (project: string) =>
  (await storedRecords(engine, project)).map(({ content }) => content);

const csv = "id,text\n1,one\n2,größer\n";

test.each([
  ["a CSV by its name", "a.csv", Buffer.from(csv), { format: "csv", delimiter: "," }],
  ["semicolons", "a.csv", Buffer.from(csv.replaceAll(",", ";")), { delimiter: ";" }],
  ["tabs, by what is in it", "a.txt", Buffer.from(csv.replaceAll(",", "\t")), { format: "tsv" }],
  ["gzip, whatever its name", "a.csv", gzipSync(csv), { format: "csv", gzip: true }],
  ["Windows-1252", "a.csv", Buffer.from(csv, "latin1"), { encoding: "windows-1252" }],
  [
    "UTF-16 with its mark",
    "a.csv",
    Buffer.from(`\ufeff${csv}`, "utf16le"),
    { encoding: "utf-16le" },
  ],
  ["UTF-16 without", "a.csv", Buffer.from(csv, "utf16le"), { encoding: "utf-16le" }],
  [
    "UTF-16, the other end first",
    "a.csv",
    Buffer.from(`\ufeff${csv}`, "utf16le").swap16(),
    { encoding: "utf-16be" },
  ],
  ["UTF-8 with its mark", "a.csv", Buffer.from(`\ufeff${csv}`), { encoding: "utf-8" }],
  [
    "JSON Lines",
    "a.txt",
    Buffer.from('{"id": 1, "text": "one"}\n{"id": 2, "text": "größer"}\n'),
    { format: "jsonl" },
  ],
  [
    "a JSON list",
    "a.txt",
    Buffer.from('[{"id": 1, "text": "one"},\n {"id": 2, "text": "größer"}]'),
    { format: "json" },
  ],
] as const)("%s is found out and told", async (_what, name, bytes, reading) => {
  for (const chunk of [3, 65_536]) {
    const project = await freshProject(engine);
    const report = await imported(engine, project, bytes, { format, name, chunk });
    expect(report).toMatchObject({ rows: 2, added: 2, reading });
    expect(await contents(project)).toEqual(["one", "größer"]);
  }
});

test("a UTF-8 file with one bad byte stays UTF-8, and the byte is told", async () => {
  const project = await freshProject(engine);
  const bytes = Buffer.concat([Buffer.from(csv), Buffer.from("3,b\xe9d\n", "latin1")]);
  expect(await refused(engine, project, bytes, { format })).toMatchObject({
    rows: [{ row: 4, column: "text", reason: expect.stringContaining("not UTF-8") }],
  });
});

test("what is said of a file goes before what it looks like", async () => {
  const project = await freshProject(engine);
  const bytes = Buffer.from("id,text\n1,\xe3\n", "latin1");
  await imported(engine, project, bytes, { format: "csv", encoding: "iso-8859-2" });
  expect(await contents(project)).toEqual(["ă"]);
});

test("without a header columns are numbered, and those asked for tell that there is none", async () => {
  const project = await freshProject(engine);
  const mapping = { key: "column 1", text: "column 2" };
  const report = await imported(engine, project, "1,one\n2,two\n", { mapping });
  expect(report).toMatchObject({ rows: 2, added: 2, reading: { header: false } });
  expect(await contents(project)).toEqual(["one", "two"]);
});

test("a JSON document's rows are named by their lines, keep their digits and may be a member of it", async () => {
  const project = await freshProject(engine);
  const file =
    '{"features": [{"x": [1]}], "rows": [\n{"id": 12345678901234567890, "text": "a]}\\""},\n\n{"id": 2, "text": "b"}]}';
  await imported(engine, project, file, { format: "json", chunk: 1 });
  expect((await storedRecords(engine, project)).map(({ key }) => key)).toEqual([
    "12345678901234567890",
    "2",
  ]);
  const bad = '[{"id": 1, "text": "a"},\n\n{"id": 2}, 7]';
  expect(await refused(engine, await freshProject(engine), bad, { format: "json" })).toMatchObject({
    rows: [
      { row: 3, column: "text", reason: expect.stringMatching(/^is missing/) },
      { row: 3, reason: expect.stringMatching(/^is JSON but no object; write a list/) },
    ],
  });
});

test.each([
  ["cut off", '[{"id": 1, "text": "a"}, {"id"', /cut off/],
  ["one object", '{"id": 1,\n"text": "a"}', /one object without a list of rows/],
  ["no JSON", "hello", /is no JSON/],
  ["empty", "[]", /is empty/],
])("a JSON document that is %s is refused", async (_what, file, reason) => {
  const problem = await refused(engine, await freshProject(engine), file, { format: "json" });
  expect(problem.what).toMatch(reason);
});

const inStrings = (...cells: string[]) =>
  cells.map((cell) => `<c t="inlineStr"><is><t>${cell}</t></is></c>`).join("");

test("an XLSX sheet is read as it shows: shared and rich texts, dates, numbers as written, results of formulas", async () => {
  const project = await freshProject(engine);
  const bytes = workbookOf({
    sheets: {
      Notes: `<row r="1">${inStrings("nothing")}</row>`,
      Texts: `<row r="1">${inStrings("id", "text", "when", "n", "sum", "ok")}</row>
        <row r="3"><c r="A3"><v>12345678901234567</v></c><c r="B3" t="s"><v>0</v></c><c r="C3" s="1"><v>45123.5</v></c>
          <c r="D3"><v>1.10</v></c><c r="E3"><f>D3*2</f><v>2.2</v></c><c r="F3" t="b"><v>1</v></c></row>
        <row r="4"><c r="A4" t="inlineStr"><is><t>007</t></is></c><c r="B4" t="s"><v>1</v></c><c r="C4" s="1"><v>45123</v></c></row>`,
    },
    shared: [
      "<t>one &amp; &lt;b&gt;</t>",
      '<r><t>rich </t></r><r><t xml:space="preserve">text</t></r><rPh><t>no</t></rPh>',
    ],
    forms: ["yyyy\\-mm\\-dd hh:mm"],
  });
  const report = await imported(engine, project, bytes, {
    format,
    sheet: "Texts",
    mapping: { key: "id", text: "text", metadata: ["n", "ok"] },
    chunk: 999,
  });
  expect(report).toMatchObject({
    rows: 2,
    reading: { format: "xlsx", sheet: "Texts", header: true },
  });
  expect(await storedRecords(engine, project)).toMatchObject([
    {
      key: "12345678901234567",
      content: "one & <b>",
      source: { when: "2023-07-16T12:00:00", n: "1.10", sum: "2.2", ok: "true" },
      metadata: { n: 1.1, ok: true },
    },
    { key: "007", content: "rich text", source: { when: "2023-07-16", n: "", ok: "" } },
  ]);
});

test("an XLSX that is none, or lacks what is asked for, is refused with the reason", async () => {
  const bytes = workbookOf({
    sheets: {
      Texts: `<row r="1">${inStrings("id", "text")}</row><row r="2"><c r="A2"><v>1</v></c><c r="B2"><f>A1</f></c></row>`,
    },
    others: { "xl/externalLinks/externalLink1.xml": "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>" },
  });
  const refusal = async (file: Buffer, sheet?: string) =>
    (await refused(engine, await freshProject(engine), file, { format, sheet, chunk: 4096 })).what;
  expect(await refusal(bytes)).toMatch(
    /Row 2 has a formula in column B whose result the file does not hold/,
  );
  expect(await refusal(bytes, "Text")).toMatch(/has no sheet “Text”; its sheets are “Texts”/);
  expect(await refusal(bytes.subarray(0, 300))).toMatch(/cannot be read as XLSX/);
});

test("a Parquet file is read by its row groups, long numbers, dates and lists included", async () => {
  const project = await freshProject(engine);
  const bytes = parquetWriteBuffer({
    columnData: [
      { name: "id", data: [9007199254740993n, 2n, 3n], type: "INT64" },
      { name: "text", data: ["one", "größer", "three"], type: "STRING" },
      {
        name: "at",
        data: [new Date("2026-01-02T03:04:05Z"), new Date(0), new Date(0)],
        type: "TIMESTAMP",
      },
      { name: "tags", data: [["a", 1], [], ["b"]], type: "JSON" },
    ],
    rowGroupSize: 2,
  });
  const report = await imported(engine, project, Buffer.from(bytes), { format, chunk: 50 });
  expect(report).toMatchObject({ rows: 3, added: 3, reading: { format: "parquet" } });
  expect(await sources(project)).toMatchObject([
    { id: "9007199254740993", at: "2026-01-02T03:04:05.000Z", tags: '["a",1]' },
    { id: "2", text: "größer" },
    { id: "3" },
  ]);
  const broken = Buffer.from(bytes).fill(0, 4, 40);
  expect(
    (await refused(engine, await freshProject(engine), broken, { format, chunk: 99 })).what,
  ).toMatch(/Row \d+ is where reading ended: the file cannot be read as Parquet/);
});

const tone = SchemaDocument.parse({
  labels: [
    {
      name: "tone",
      options: [
        { value: "neg", text: "negative" },
        { value: "pos", text: "positive" },
      ],
    },
  ],
});

/** All labels of a project, as `key annotator value`. */
async function labelsIn(project: string): Promise<string[]> {
  const rows = await engine.db
    .selectFrom("labels")
    .innerJoin("annotators", "annotators.id", "labels.annotator_id")
    .innerJoin("records", "records.id", "labels.record_id")
    .innerJoin("projects", "projects.id", "labels.project_id")
    .select([
      "records.key",
      "annotators.kind",
      "annotators.name as by",
      "labels.name",
      "value",
      "confidence",
    ])
    .where("projects.name", "=", project)
    .orderBy("labels.id")
    .execute();
  return rows.map(
    ({ key, kind, by, name, value, confidence }) =>
      `${key} ${kind} ${by}: ${name}=${JSON.stringify(value)}${confidence === null ? "" : ` ${confidence}`}`,
  );
}

test("classes of a Hugging Face data set are known by their names", async () => {
  const project = await freshProject(engine);
  given(await schemas.set(engine, { name: "ann", how: "local" }, { project, document: tone }));
  const features = {
    text: { dtype: "string", _type: "Value" },
    label: { names: ["negative", "positive"], _type: "ClassLabel" },
  };
  const bytes = parquetWriteBuffer({
    columnData: [
      { name: "id", data: [1, 2, 3], type: "INT32" },
      { name: "text", data: ["a", "b", "c"], type: "STRING" },
      { name: "label", data: [1n, 0n, -1n], type: "INT64" },
    ],
    kvMetadata: [{ key: "huggingface", value: JSON.stringify({ info: { features } }) }],
  });
  const mapping = { key: "id", text: "text", gold: { tone: "label" } };
  await imported(engine, project, Buffer.from(bytes), { format, mapping, chunk: 999 });
  expect(await labelsIn(project)).toEqual(['1 gold gold: tone="pos"', '2 gold gold: tone="neg"']);
  expect((await sources(project))[0]).toMatchObject({ label: "1" });
});

const tasks = [
  {
    id: 11,
    data: { text: "fine", key: "k1" },
    annotations: [
      {
        completed_by: { id: 3, email: "ben@example.com" },
        result: [{ from_name: "tone", type: "choices", value: { choices: ["positive"] } }],
      },
      {
        completed_by: 4,
        ground_truth: true,
        result: [{ from_name: "tone", type: "choices", value: { choices: ["positive"] } }],
      },
      { completed_by: 5, was_cancelled: true, result: [] },
    ],
    predictions: [
      {
        model_version: "m-1",
        score: 0.75,
        result: [{ from_name: "tone", type: "choices", value: { choices: ["neg"] } }],
      },
    ],
  },
  {
    id: 12,
    data: { text: "bad", key: "k2" },
    meta: { topic: "x" },
    annotations: [
      {
        completed_by: 4,
        result: [
          { from_name: "tone", type: "choices", value: { choices: ["negative"] } },
          { from_name: "box", type: "rectanglelabels", value: { x: 1, rectanglelabels: ["a"] } },
          { from_name: "mood", type: "choices", value: { choices: ["grim"] } },
        ],
      },
    ],
    predictions: [],
  },
];

test("Label Studio's tasks become records, annotations people's labels, ground truth gold, predictions a model's", async () => {
  const project = await freshProject(engine);
  given(await schemas.set(engine, { name: "ann", how: "local" }, { project, document: tone }));
  const mapping = { key: "key", text: "text", metadata: ["meta"] };
  const report = await imported(engine, project, JSON.stringify(tasks), { format, mapping });
  expect(report).toMatchObject({
    added: 2,
    goldLabels: 1,
    labels: 3,
    reading: { layout: "label-studio" },
    leftOut: {
      "cancelled annotations": 1,
      "regions of type rectanglelabels": 1,
      "labels named “mood”, which the schema does not have": 1,
    },
  });
  expect(await labelsIn(project)).toEqual([
    'k1 gold gold: tone="pos"',
    'k1 model m-1: tone="neg" 0.75',
    'k1 person ben@example.com: tone="pos"',
    'k2 person user 4: tone="neg"',
  ]);
  const [first, second] = await sources(project);
  expect(first).toMatchObject({ id: "11", text: "fine", key: "k1" });
  expect(JSON.parse(second?.annotations ?? "")).toMatchObject([{ completed_by: 4 }]);
  const again = await imported(engine, project, JSON.stringify(tasks), { format, mapping });
  expect(again).toMatchObject({ added: 0, unchanged: 2, labels: 0 });
});

test.each([
  [
    "nested, by question",
    {
      id: "a",
      status: "completed",
      fields: { text: "fine" },
      metadata: { topic: "x" },
      suggestions: { tone: { value: "negative", score: 0.5, agent: "m-1" } },
      responses: {
        tone: [
          { value: "positive", user_id: "u1", status: "submitted" },
          { value: "negative", user_id: "u2", status: "draft" },
        ],
      },
    },
  ],
  [
    "nested, by person",
    {
      id: "a",
      fields: { text: "fine" },
      metadata: { topic: "x" },
      suggestions: [{ question_name: "tone", value: "negative", score: 0.5, agent: "m-1" }],
      responses: [
        { user_id: "u1", status: "submitted", values: { tone: { value: "positive" } } },
        { user_id: "u2", status: "draft", values: { tone: { value: "negative" } } },
      ],
    },
  ],
  [
    "flat",
    {
      id: "a",
      status: "completed",
      text: "fine",
      "tone.suggestion": "negative",
      "tone.suggestion.score": 0.5,
      "tone.suggestion.agent": "m-1",
      "tone.responses": ["positive", "negative"],
      "tone.responses.users": ["u1", "u2"],
      "tone.responses.status": ["submitted", "draft"],
      "metadata.topic": "x",
    },
  ],
])("Argilla's records are read, %s", async (_how, record) => {
  const project = await freshProject(engine);
  given(await schemas.set(engine, { name: "ann", how: "local" }, { project, document: tone }));
  const report = await imported(engine, project, `${JSON.stringify(record)}\n`, {
    format,
    mapping: { key: "id", text: "text", metadata: ["topic"] },
  });
  expect(report).toMatchObject({
    reading: { layout: "argilla" },
    leftOut: { "draft responses": 1 },
  });
  expect(await labelsIn(project)).toEqual([
    'a model m-1: tone="neg" 0.5',
    'a person u1: tone="pos"',
  ]);
  expect(await storedRecords(engine, project)).toMatchObject([
    { content: "fine", metadata: { topic: "x" } },
  ]);
});

test("conversations are kept as turns and as one text; an image is its address", async () => {
  const project = await freshProject(engine);
  const turns = [
    { role: "user", content: "Hello" },
    { role: "assistant", content: [{ type: "text", text: "Hi" }, { type: "image_url" }] },
  ];
  const file = `${JSON.stringify({ id: 1, messages: turns })}\n${JSON.stringify({ id: 2, messages: [{ from: "human", value: "Yes?" }] })}\n`;
  await imported(engine, project, file, {
    format: "jsonl",
    mapping: { key: "id", turns: "messages" },
  });
  const image = "id,image\n3,https://example.com/cat.png\n";
  await imported(engine, project, image, { mapping: { key: "id", image: "image" } });
  const stored = await engine.db
    .selectFrom("records")
    .innerJoin("projects", "projects.id", "project_id")
    .select(["content", "content_kind", "turns"])
    .where("projects.name", "=", project)
    .orderBy("records.id")
    .execute();
  expect(stored).toEqual([
    {
      content: "user: Hello\n\nassistant: Hi\n[image_url]",
      content_kind: "chat",
      turns: [
        { role: "user", content: "Hello" },
        { role: "assistant", content: "Hi\n[image_url]" },
      ],
    },
    { content: "human: Yes?", content_kind: "chat", turns: [{ role: "human", content: "Yes?" }] },
    { content: "https://example.com/cat.png", content_kind: "image", turns: null },
  ]);
  const bad = '{"id": 4, "messages": [{"role": "user"}, 7]}\n';
  expect(
    await refused(engine, project, bad, {
      format: "jsonl",
      mapping: { key: "id", turns: "messages" },
    }),
  ).toMatchObject({
    rows: [{ row: 1, column: "messages", reason: expect.stringMatching(/^is no conversation/) }],
  });
});
