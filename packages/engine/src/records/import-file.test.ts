import { ColumnMapping, ImportRules, SchemaDocument } from "@countersign/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freshEngine } from "../../../../test/fresh-database.ts";
import { given } from "../../../../test/given.ts";
import {
  ann,
  freshProject,
  imported,
  importing,
  refused,
  storedGold,
  storedRecords,
} from "../../test/importing.ts";
import type { Engine } from "../engine.ts";
import * as schemas from "../schemas/index.ts";
import { importFile } from "./index.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await freshEngine();
});
afterAll(() => engine.close());

const contents = async (project: string) =>
  (await storedRecords(engine, project)).map(({ content }) => content);

test("rows become records in the file's order, every column kept as written", async () => {
  const project = await freshProject(engine);
  const file = 'id,text,note\n007,"a ""quoted"", \nlong text", kept \n8,b\\c\td,\n';
  expect(await imported(engine, project, file)).toEqual({
    rows: 2,
    import: expect.any(Number),
    added: 2,
    unchanged: 0,
    updated: 0,
    skipped: 0,
    merged: 0,
    rejected: 0,
    repeatedTexts: 0,
    outdatedLabels: 0,
    goldLabels: 0,
    labels: 0,
    updatedLabels: 0,
    leftOut: {},
    columns: ["id", "text", "note"],
    reading: {
      format: "csv",
      gzip: false,
      encoding: "utf-8",
      delimiter: ",",
      header: true,
      sheet: null,
      layout: "table",
    },
    seconds: expect.any(Number),
  });
  const long = 'a "quoted", \nlong text';
  const common = { metadata: {}, created_by: "ann" };
  expect(await storedRecords(engine, project)).toEqual([
    { key: "007", content: long, source: { id: "007", text: long, note: " kept " }, ...common },
    { key: "8", content: "b\\c\td", source: { id: "8", text: "b\\c\td", note: "" }, ...common },
  ]);
});

test("a byte order mark, Windows line breaks, empty lines and a missing last break are no matter", async () => {
  const project = await freshProject(engine);
  const file = '\ufeffid,text\r\n\r\n1,one\r\n\r\n2,"two\r\nlines"';
  expect(await imported(engine, project, file)).toMatchObject({ columns: ["id", "text"] });
  expect(await contents(project)).toEqual(["one", "two\r\nlines"]);
});

test("TSV is parted by tabs, CSV by any character that is named", async () => {
  const project = await freshProject(engine);
  await imported(engine, project, "id\ttext\n1\ta,b;c\n", { format: "tsv" });
  await imported(engine, project, "id;text\n2;a,b\tc\n", { delimiter: ";" });
  expect(await contents(project)).toEqual(["a,b;c", "a,b\tc"]);
});

test("characters that are split between chunks are put together", async () => {
  for (const chunk of [1, 2, 3, 5]) {
    const project = await freshProject(engine);
    await imported(engine, project, "id,text\n1,größer 🦊 ok\n", { chunk });
    expect(await contents(project)).toEqual(["größer 🦊 ok"]);
  }
});

test("an unnamed column is addressed by the empty string", async () => {
  const project = await freshProject(engine);
  await imported(engine, project, ",text\n1,one\n", { mapping: { key: "", text: "text" } });
  expect(await storedRecords(engine, project)).toMatchObject([
    { key: "1", source: { "": "1", text: "one" } },
  ]);
});

test("columns with names that mean something to JavaScript are columns like others", async () => {
  const project = await freshProject(engine);
  await imported(engine, project, "id,text,__proto__,constructor\n1,one,x,y\n", {
    mapping: { key: "id", text: "text", metadata: ["__proto__"] },
  });
  const [record] = await storedRecords(engine, project);
  expect(JSON.stringify(record?.metadata)).toBe('{"__proto__":"x"}');
  expect(Object.entries(record?.source ?? {})).toContainEqual(["constructor", "y"]);
});

test("without a key column the key is the text's SHA-256", async () => {
  const project = await freshProject(engine);
  await imported(engine, project, "text\nhello\n", { mapping: { text: "text" } });
  expect((await storedRecords(engine, project))[0]?.key).toBe(
    "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824",
  );
});

test("metadata is typed where the file types it; in CSV by what it says, or text where that is asked for", async () => {
  const project = await freshProject(engine);
  const mapping = { key: "id", text: "text", metadata: ["n", "on", "tags"] };
  const table = 'id,text,n,on,tags\n1,one,3,true,"[1]"\n3,three,,007,\n';
  await imported(engine, project, table, { mapping });
  const line = '{"id":"2","text":"two","n":3.50,"on":true,"tags":["x",{"y":null}]}\n';
  await imported(engine, project, line, { format: "jsonl", mapping });
  expect((await storedRecords(engine, project)).map(({ metadata }) => metadata)).toEqual([
    { n: 3, on: true, tags: [1] },
    { on: "007" },
    { n: 3.5, on: true, tags: ["x", { y: null }] },
  ]);

  const codes = await freshProject(engine);
  const asText = [{ column: "n", as: "text" as const }, "on"];
  await imported(engine, codes, table, { mapping: { ...mapping, metadata: asText } });
  expect((await storedRecords(engine, codes)).map(({ metadata }) => metadata)).toEqual([
    { n: "3", on: true },
    { on: "007" },
  ]);
});

test("JSON Lines keeps long numbers and other values as they were written", async () => {
  const project = await freshProject(engine);
  const file = [
    '\ufeff{"id": 12345678901234567890, "text": "one", "n": 1.10, "list": [1,  2], "no": null}',
    "",
    '{"text":"two \\ud83e\\udd8a \\"x\\"","id":"b","extra":{"a":"}"}}\r',
  ].join("\n");
  const report = await imported(engine, project, file, { format: "jsonl" });
  expect(report).toMatchObject({ rows: 2, columns: ["id", "text", "n", "list", "no", "extra"] });
  expect(await storedRecords(engine, project)).toMatchObject([
    {
      key: "12345678901234567890",
      source: { id: "12345678901234567890", text: "one", n: "1.10", list: "[1,  2]", no: "null" },
    },
    { key: "b", content: 'two 🦊 "x"', source: { id: "b", extra: '{"a":"}"}' } },
  ]);
});

test("the same file again changes nothing and says so", async () => {
  const project = await freshProject(engine);
  const file = "id,text\n1,one\n2,two\n";
  await imported(engine, project, file);
  const before = await storedRecords(engine, project);
  expect(await imported(engine, project, file)).toMatchObject({
    rows: 2,
    added: 0,
    unchanged: 2,
    repeatedTexts: 0,
  });
  expect(await storedRecords(engine, project)).toEqual(before);
});

test("of a longer file only the new rows are added", async () => {
  const project = await freshProject(engine);
  await imported(engine, project, "id,text\n2,two\n");
  const report = await imported(engine, project, "id,text\n1,one\n2,two\n3,three\n");
  expect(report).toMatchObject({ rows: 3, added: 2, unchanged: 1 });
  expect(await contents(project)).toEqual(["two", "one", "three"]);
});

test("repeated texts are counted, within the file and against the project", async () => {
  const project = await freshProject(engine);
  expect(await imported(engine, project, "id,text\n1,a\n2,a\n3,b\n4,a\n")).toMatchObject({
    added: 4,
    repeatedTexts: 2,
  });
  const longer = "id,text\n1,a\n5,b\n6,c\n7,c\n8,d\n";
  expect(await imported(engine, project, longer)).toMatchObject({ added: 4, repeatedTexts: 2 });
});

test("a key with another text, other columns or other metadata is refused", async () => {
  const project = await freshProject(engine);
  await imported(engine, project, "id,text,n\n1,one,x\n2,two,y\n3,three,z\n");
  const problem = await refused(engine, project, "id,text,n\n1,uno,x\n2,two,changed\n3,three,z\n");
  expect(problem).toMatchObject({
    type: "import-rejected",
    rows: [
      { row: 2, reason: "has the key “1”, which is in the project with another text" },
      { row: 3, reason: "has the key “2”, which is in the project with other columns" },
    ],
  });
  const mapping = { key: "id", text: "text", metadata: ["n"] };
  expect(await refused(engine, project, "id,text,n\n3,three,z\n", { mapping })).toMatchObject({
    rows: [{ row: 2, reason: "has the key “3”, which is in the project with other metadata" }],
  });
});

test("two imports of one file at once add each row once", async () => {
  const project = await freshProject(engine);
  const file = `id,text\n${Array.from({ length: 500 }, (_, n) => `${n},text ${n}\n`).join("")}`;
  const reports = await Promise.all([
    imported(engine, project, file),
    imported(engine, project, file),
  ]);
  expect(reports.map(({ added }) => added).sort((a, b) => a - b)).toEqual([0, 500]);
  expect(await storedRecords(engine, project)).toHaveLength(500);
});

test("a file that breaks off in transfer leaves nothing, and the next import works", async () => {
  const project = await freshProject(engine);
  async function* breakingOff() {
    yield Buffer.from("id,text\n1,one\n");
    throw new Error("connection reset");
  }
  const broken = {
    project,
    name: "broken.csv",
    reading: { format: "csv" as const },
    mapping: ColumnMapping.parse({ key: "id", text: "text" }),
    rules: ImportRules.parse({}),
    body: breakingOff(),
  };
  await expect(importFile(engine, ann, broken)).rejects.toThrow("connection reset");
  expect(await storedRecords(engine, project)).toEqual([]);
  expect(await imported(engine, project, "id,text\n1,one\n")).toMatchObject({ added: 1 });
});

test("a project that is not there takes no import", async () => {
  const result = await importing(engine, "nowhere", "id,text\n1,one\n");
  expect(result).toMatchObject({ ok: false, error: { type: "project-not-found" } });
});

test("a project remembers its columns in order of first appearance", async () => {
  const project = await freshProject(engine);
  await imported(engine, project, "id,text,b\n1,one,x\n");
  await imported(engine, project, "a,text,id\nx,two,2\n");
  const { columns } = await engine.db
    .selectFrom("projects")
    .select("columns")
    .where("name", "=", project)
    .executeTakeFirstOrThrow();
  expect(columns).toEqual(["id", "text", "b", "a"]);
});

const tone = SchemaDocument.parse({
  labels: [
    {
      name: "tone",
      options: [
        { value: "pos", text: "positive" },
        { value: "neg", text: "negative" },
      ],
    },
    {
      name: "topics",
      kind: "multiple",
      options: ["a", "b"].map((value) => ({ value, text: value })),
    },
  ],
});
const goldMapping = { key: "id", text: "text", gold: { tone: "Y", topics: "T" } };

test("gold is read by an option's value or text, and an empty cell is no gold", async () => {
  const project = await freshProject(engine);
  given(await schemas.set(engine, ann, { project, document: tone }));
  const file = 'id,text,Y,T\n1,one,pos,"[""b"",""a""]"\n2,two, Negative ,a\n3,three,,\n';
  expect(await imported(engine, project, file, { mapping: goldMapping })).toMatchObject({
    goldLabels: 4,
  });
  const common = { schema_version: 1, kind: "gold" };
  expect(await storedGold(engine, project)).toEqual([
    { key: "1", name: "tone", value: "pos", ...common },
    { key: "1", name: "topics", value: ["a", "b"], ...common },
    { key: "2", name: "tone", value: "neg", ...common },
    { key: "2", name: "topics", value: ["a"], ...common },
  ]);
});

test("gold can follow in a second import of the same file, once", async () => {
  const project = await freshProject(engine);
  given(await schemas.set(engine, ann, { project, document: tone }));
  const file = '{"id":1,"text":"one","Y":"pos"}\n{"id":2,"text":"two","Y":null}\n';
  const mapping = { key: "id", text: "text", gold: { tone: "Y" } };
  await imported(engine, project, file, { format: "jsonl" });
  const counts = { added: 0, unchanged: 2 };
  const again = () => imported(engine, project, file, { format: "jsonl", mapping });
  expect(await again()).toMatchObject({ ...counts, goldLabels: 1 });
  expect(await again()).toMatchObject({ ...counts, goldLabels: 0 });
});

test("gold that contradicts the project's is refused", async () => {
  const project = await freshProject(engine);
  given(await schemas.set(engine, ann, { project, document: tone }));
  const file = "id,text,Y,Z\n1,one,pos,neg\n";
  const by = (column: string) => ({ mapping: { key: "id", text: "text", gold: { tone: column } } });
  await imported(engine, project, file, by("Y"));
  expect(await refused(engine, project, file, by("Z"))).toMatchObject({
    rows: [{ row: 2, reason: "has “neg” as gold for “tone”, where the project has “pos”" }],
  });
});

test("gold needs a schema that has the label", async () => {
  const project = await freshProject(engine);
  const mapping = { key: "id", text: "text", gold: { mood: "Y" } };
  expect(await refused(engine, project, "id,text,Y\n1,one,x\n", { mapping })).toMatchObject({
    type: "schema-missing",
    next: expect.stringContaining("schema set"),
  });
  given(await schemas.set(engine, ann, { project, document: tone }));
  expect(await refused(engine, project, "id,text,Y\n1,one,x\n", { mapping })).toMatchObject({
    type: "import-rejected",
    what: expect.stringContaining("“mood”"),
    next: "Map gold for “tone” or “topics”.",
  });
});

test("gold that is no option of its label is refused", async () => {
  const project = await freshProject(engine);
  given(await schemas.set(engine, ann, { project, document: tone }));
  const file = "id,text,Y,T\n1,one,pos,a\n2,two,meh,a\n3,three,neg,c\n";
  expect(await refused(engine, project, file, { mapping: goldMapping })).toMatchObject({
    rows: [
      { row: 3, column: "Y", reason: "holds “meh”, which is no option of the label “tone”" },
      { row: 4, column: "T", reason: "holds “c”, which is no option of the label “topics”" },
    ],
  });
});
