import { gzipSync } from "node:zlib";
import { ColumnMapping, type FileReading, ImportRules } from "@countersign/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freshEngine } from "../../../test/fresh-database.ts";
import { type Engine, records } from "../src/index.ts";
import { ann, freshProject, imported, refused, storedRecords } from "./importing.ts";
import { workbookOf, zipOf } from "./workbook.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await freshEngine();
});
afterAll(() => engine.close());

const format = undefined;

/** Imports a stream and tells how much the process grew at most while it was read. */
async function growth(body: AsyncIterable<Uint8Array>, name: string, reading: FileReading = {}) {
  const project = await freshProject(engine);
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  let most = before;
  async function* watched() {
    for await (const chunk of body) {
      most = Math.max(most, process.memoryUsage.rss());
      yield chunk;
    }
  }
  const result = await records.importFile(engine, ann, {
    project,
    name,
    reading,
    mapping: ColumnMapping.parse({ key: "id", text: "text" }),
    rules: ImportRules.parse({}),
    body: watched(),
  });
  return { result, megabytes: (Math.max(most, process.memoryUsage.rss()) - before) / 1e6 };
}

async function* one(bytes: Uint8Array) {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

test("a CSV of 10,000 columns is taken, one of more is refused", async () => {
  const columns = (count: number) => Array.from({ length: count - 2 }, (_, n) => `c${n}`).join(",");
  const cells = (count: number) => "x,".repeat(count - 3).concat("x");
  const file = (count: number) => `id,text,${columns(count)}\n1,one,${cells(count)}\n`;
  const project = await freshProject(engine);
  const report = await imported(engine, project, file(10_000), { format, chunk: 65_536 });
  expect(report).toMatchObject({ added: 1, reading: { delimiter: "," } });
  expect(Object.keys((await storedRecords(engine, project))[0]?.source ?? {})).toHaveLength(10_000);
  const problem = await refused(engine, project, file(10_001), { format, chunk: 65_536 });
  expect(problem.what).toMatch(/10,001 columns; at most 10,000 fit/);
});

test.each([
  ["CSV", 'id,text\n1,"', "a.csv"],
  ["JSON Lines", '{"id":1,"text":"', "a.jsonl"],
  ["JSON", '[{"id":1,"text":"', "a.json"],
])("a line of 100 MB in %s is refused with its memory bounded", async (_what, start, name) => {
  async function* long() {
    yield Buffer.from(start);
    for (let n = 0; n < 1600; n += 1) yield Buffer.alloc(65_536, "x");
    yield Buffer.from("\n");
  }
  const { result, megabytes } = await growth(long(), name);
  expect(result).toMatchObject({
    ok: false,
    error: { what: expect.stringMatching(/longer than 8,000,000 bytes|cut off/) },
  });
  expect(megabytes).toBeLessThan(150);
});

test("a bomb in gzip is given up where it goes beyond any text", async () => {
  const bomb = gzipSync(Buffer.alloc(300_000_000, "x\n"), { level: 9 });
  expect(bomb.length).toBeLessThan(1_000_000);
  const { result, megabytes } = await growth(one(bomb), "bomb.csv.gz", { delimiter: "," });
  expect(result).toMatchObject({
    ok: false,
    error: {
      what: expect.stringMatching(/expands to more than 200 times its size|cannot be taken/),
    },
  });
  expect(megabytes).toBeLessThan(250);
});

test.each([
  ["a.csv", "id,text\n", (n: number) => `${n},größer`],
  ["a.jsonl", "", (n: number) => `{"id":${n},"text":"größer"}`],
])(
  "%s is refused, naming the line, where what is no UTF-8 comes late; named its encoding, it is taken",
  async (name, head, row) => {
    const before = Array.from({ length: 40_000 }, (_, n) => `${row(n).replaceAll(/[öß]/g, "s")}\n`);
    const ascii = Buffer.from(`${head}${before.join("")}`);
    expect(ascii.length).toBeGreaterThan(300_000);
    const bytes = Buffer.concat([ascii, Buffer.from(`${row(40_000)}\n`, "latin1")]);
    const line = before.length + (head === "" ? 1 : 2);
    const options = { format, name, chunk: 65_536 };
    const project = await freshProject(engine);
    expect((await refused(engine, project, bytes, options)).rows).toEqual([
      expect.objectContaining({
        row: line,
        reason: expect.stringMatching(/not UTF-8; name the encoding that the file has/),
      }),
    ]);
    await imported(engine, project, bytes, { ...options, encoding: "windows-1252" });
    expect((await storedRecords(engine, project)).at(-1)).toMatchObject({ content: "größer" });
  },
);

test("a workbook's formulas are not run: their results are read, and what has none is refused", async () => {
  const text = (cell: string) => `<c t="inlineStr"><is><t>${cell}</t></is></c>`;
  const head = `<row r="1">${text("id")}${text("text")}</row>`;
  const row = (n: number, cell: string) => `<row r="${n}"><c><v>${n}</v></c>${cell}</row>`;
  const linked = `<c t="str"><f>'[1]file:///etc/passwd'!A1</f><v>a result</v></c>`;
  const whole = workbookOf({ sheets: { a: head + row(2, linked) + row(3, text("=1+1")) } });
  const project = await freshProject(engine);
  await imported(engine, project, whole, { format, chunk: 999 });
  expect((await storedRecords(engine, project)).map(({ content }) => content)).toEqual([
    "a result",
    "=1+1",
  ]);
  const open = workbookOf({
    sheets: { a: head + row(2, "<c><f>WEBSERVICE(&quot;http://x&quot;)</f></c>") },
  });
  const problem = await refused(engine, await freshProject(engine), open, { format, chunk: 999 });
  expect(problem.what).toMatch(/formula/);
});

test("gzip that is cut off or damaged is refused whole", async () => {
  const packed = gzipSync(`id,text\n${"1,one\n".repeat(1000)}`);
  const damaged = Buffer.from(packed).fill(0xff, 20, 30);
  for (const bytes of [packed.subarray(0, packed.length - 12), damaged])
    expect((await refused(engine, await freshProject(engine), bytes, { format })).what).toMatch(
      /reading ended: the file (ends in the middle|is damaged)/,
    );
});

test("a sheet that expands beyond any table is given up", async () => {
  const head = ["id", "text"].map((name) => `<c t="inlineStr"><is><t>${name}</t></is></c>`);
  const cell = `<row><c><v>1</v></c><c t="inlineStr"><is><t>${"x".repeat(120_000_000)}</t></is></c></row>`;
  const bytes = workbookOf({ sheets: { a: `<row>${head.join("")}</row>${cell}` } });
  expect(bytes.length).toBeLessThan(1_000_000);
  const { result, megabytes } = await growth(one(bytes), "a.xlsx");
  expect(result).toMatchObject({
    ok: false,
    error: { what: expect.stringMatching(/expands to more than 400 times its size/) },
  });
  expect(megabytes).toBeLessThan(400);
});

test("a workbook's external links are not read, and its entities not expanded", async () => {
  const lol = '<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]>';
  const cell = '<row r="1"><c t="inlineStr"><is><t>&b;</t></is></c></row>';
  const bytes = workbookOf({
    sheets: { a: cell },
    others: { "xl/externalLinks/_rels/externalLink1.xml.rels": '<x Target="file:///etc/passwd"/>' },
  });
  expect(
    (await refused(engine, await freshProject(engine), bytes, { format, chunk: 999 })).what,
  ).toMatch(/XML cannot be read/);
  const doctyped = zipOf({
    "xl/_rels/workbook.xml.rels": `${lol}<Relationships>&b;</Relationships>`,
    "xl/workbook.xml": "<workbook/>",
  });
  expect(
    (await refused(engine, await freshProject(engine), doctyped, { format, chunk: 999 })).what,
  ).toMatch(/XML cannot be read|no sheet/);
});

test("keys of any script are kept exactly; control characters are refused by name", async () => {
  const project = await freshProject(engine);
  const keys = ["e\u0301", "é", "\u202eabc", "مفتاح", "a\u200bb", "👩‍👩‍👧", "００１", "001"];
  const file = `id,text\n${keys.map((key) => `${key},text\n`).join("")}`;
  await imported(engine, project, file, { format });
  expect((await storedRecords(engine, project)).map(({ key }) => key)).toEqual(keys);
  expect(
    await refused(engine, project, 'id,text\n"a\tb",x\n"\u0085",x\n"c\u0007",x\n', {
      format: "csv",
    }),
  ).toMatchObject({
    rows: [2, 3, 4].map((row) => ({
      row,
      column: "id",
      reason: expect.stringMatching(/control character/),
    })),
  });
});

test("1 MB of metadata is taken; more than fits is refused by name", async () => {
  const project = await freshProject(engine);
  const mapping = { key: "id", text: "text", metadata: ["m", "n"] };
  const line = (length: number) =>
    `${JSON.stringify({ id: length, text: "one", m: { deep: ["x".repeat(length)] }, n: 1 })}\n`;
  await imported(engine, project, line(990_000), { format: "jsonl", mapping, chunk: 65_536 });
  const [record] = await storedRecords(engine, project);
  expect(record?.metadata).toEqual({ m: { deep: ["x".repeat(990_000)] }, n: 1 });
  expect(
    await refused(engine, project, line(1_000_001), { format: "jsonl", mapping, chunk: 65_536 }),
  ).toMatchObject({
    rows: [
      {
        row: 1,
        column: "m",
        reason: expect.stringMatching(/1,000,0\d\d characters; a cell may have 1,000,000/),
      },
    ],
  });
});
