import { ColumnMapping, ImportRules } from "@countersign/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freshEngine } from "../../../../test/fresh-database.ts";
import {
  ann,
  freshProject,
  type Import,
  imported,
  refused,
  storedRecords,
} from "../../test/importing.ts";
import type { Engine } from "../engine.ts";
import { importFile } from "./index.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await freshEngine();
});
afterAll(() => engine.close());

/** What is said of a file that is refused, and of its rows. */
async function refusal(file: string | Uint8Array, options?: Import) {
  const problem = await refused(engine, await freshProject(engine), file, options);
  expect(problem.type).toBe("import-rejected");
  expect(problem.kept).toBe("Nothing of it was stored; the project is as it was.");
  return { what: problem.what, rows: problem.rows };
}

const jsonl = { format: "jsonl" } as const;

test.each([
  ["an empty file", "", "Line 1 is empty, as the file is."],
  ["a file of empty lines", "\n\n", "Line 1 is empty, as the file is."],
  ["a header alone", "id,text\n", "Line 1 is the header, and no row follows it."],
  [
    "a missing text column",
    "id,words\n1,one\n",
    "Line 1, column “text”, is missing; the columns are “id”, “words”.",
  ],
  [
    "a missing key column",
    "text,n\none,1\n",
    "Line 1, column “id”, is missing; the columns are “text”, “n”.",
  ],
  [
    "two columns with one name",
    "id,text,a,b,a\n1,one,,,\n",
    "Line 1, column “a”, is there twice, as columns 3 and 5.",
  ],
  [
    "a row with fewer cells than columns",
    "id,text\n1,one\n2\n",
    "Line 3 has 1 cell where the header has 2 columns.",
  ],
  [
    "a row with more cells than columns",
    "id,text\n1,one\n2,two,zwei\n",
    "Line 3 has 3 cells where the header has 2 columns.",
  ],
  [
    "an empty text",
    "id,text,n\n1,one,\n2, ,x\n",
    "Line 3, column “text”, is empty; a record needs a text.",
  ],
  ["an empty key", "id,text\n1,one\n ,two\n", "Line 3, column “id”, is empty; a key must not be."],
  [
    "a key that is too long",
    `id,text\n${"k".repeat(513)},one\n`,
    "Line 2, column “id”, has 513 characters; a key may have 512.",
  ],
  [
    "a key with a control character",
    "id,text\n1\u001b[2J,one\n",
    "Line 2, column “id”, holds a tab, line break or other control character, as no key may.",
  ],
  [
    "a repeated key",
    'id,text\n7,"one\nmore"\n8,two\n7,three\n',
    "Line 5, column “id”, holds the key “7”, which line 2 has already.",
  ],
  [
    "a NUL byte",
    "id,text\n1,one\n2,t\0wo\n",
    "Line 3, column “text”, holds a NUL byte, which no text may.",
  ],
  [
    "a NUL byte in the header",
    "id,text,\0\n1,one,\n",
    "Line 1 has a bad name for column 3: it holds a NUL byte, which no text may.",
  ],
])("%s is refused", async (_what, file, said) => {
  const { what, rows } = await refusal(file);
  expect(what).toBe(`The file was not imported. ${said}`);
  expect(rows).toHaveLength(1);
});

test.each([
  [
    "a quote that is never closed",
    'id,text,n\n1,one,x\n2,"two,y\n3,three,z\n',
    {
      row: 3,
      column: "text",
      reason: "has bad quoting: a cell starts with a quote that is never closed",
    },
  ],
  [
    "text after a closing quote",
    'id,text\n1,"two\nlines"\n2,"a" b\n3,three\n',
    {
      row: 4,
      column: "text",
      reason: expect.stringMatching(/^has bad quoting: .* more text .*; reading ended here$/),
    },
  ],
  [
    "a quote inside an unquoted cell",
    'id,text\n1,one\n2,a 5" screen\n3,three\n',
    {
      row: 3,
      column: "text",
      reason: expect.stringMatching(/^has bad quoting: .* inside a cell .*; reading ended here$/),
    },
  ],
])("%s is refused where the row starts", async (_what, file, row) => {
  const { rows } = await refusal(file);
  expect(rows).toEqual([row]);
});

test("bytes that are not UTF-8, as was said, are refused, naming line, column and what to do", async () => {
  const file = Buffer.from(
    'id,text,n\n1,one,x\n2,"a\r\ncaf\xe9",y\n3,three,z\n4,four,\xfc',
    "latin1",
  );
  const { what, rows } = await refusal(file, { encoding: "utf-8" });
  const reason =
    "holds bytes that are not UTF-8; name the encoding that the file has, or convert it to UTF-8";
  expect(rows).toEqual([
    { row: 3, column: "text", reason },
    { row: 6, column: "n", reason },
  ]);
  expect(what).toContain("2 rows of it cannot be taken. The first is line 3, column “text”");
});

test("a character that only looks like bad bytes is none", async () => {
  const file = "id,text\n1,\ufffd\n2,\n";
  expect((await refusal(file)).rows).toMatchObject([
    { row: 3, reason: expect.stringMatching(/empty/) },
  ]);
});

test("a file with lone carriage returns for line breaks has lines too", async () => {
  const { rows } = await refusal(Buffer.from("id,text\r1,one\r2,caf\xe9\r3, \r", "latin1"), {
    encoding: "utf-8",
  });
  expect(rows).toMatchObject([
    { row: 3, column: "text", reason: expect.stringMatching(/not UTF-8/) },
    { row: 4, column: "text", reason: expect.stringMatching(/empty/) },
  ]);
});

test("a cell of 5 MB is refused, naming the limit, and the rows after it are read", async () => {
  const file = `id,text\n1,one\n2,${"x".repeat(5_000_000)}\n3,\n`;
  const { what, rows } = await refusal(file, { chunk: 65_536 });
  expect(what.length).toBeLessThan(300);
  expect(rows).toEqual([
    {
      row: 3,
      column: "text",
      reason: "has 5,000,000 characters; a cell may have 1,000,000",
    },
    { row: 4, column: "text", reason: expect.any(String) },
  ]);
});

test("a row without an end is refused before all of it is in memory", async () => {
  let sent = 0;
  async function* endless() {
    yield Buffer.from('id,text\n1,"');
    for (; sent < 1000; sent += 1) yield Buffer.alloc(1_000_000, "x");
  }
  const project = await freshProject(engine);
  const csv = await importFile(engine, ann, {
    project,
    name: "endless.csv",
    reading: { format: "csv" },
    mapping: ColumnMapping.parse({ key: "id", text: "text" }),
    rules: ImportRules.parse({}),
    body: endless(),
  });
  expect(csv).toMatchObject({
    error: {
      rows: [
        { row: 2, column: "text", reason: expect.stringMatching(/longer than 8,000,000 bytes/) },
      ],
    },
  });
  expect(sent).toBeLessThan(20);
});

test("of many bad rows the first hundred are named and all are counted", async () => {
  const lines = Array.from({ length: 250 }, (_, n) => (n % 2 === 0 ? `${n},` : `0,text ${n}`));
  const { what, rows } = await refusal(`id,text\n${lines.join("\n")}\n`, { chunk: 1000 });
  // 125 empty texts, and of 125 times the key 0 all but the first.
  expect(what).toContain(
    "249 rows of it cannot be taken. The first is line 2, column “text”, is empty",
  );
  expect(rows).toHaveLength(100);
  expect(rows?.map(({ row }) => row)).toEqual(
    Array.from({ length: 101 }, (_, n) => n + 2).filter((row) => row !== 3),
  );
});

test("without a key column a repeated text is refused as a repeated key", async () => {
  const { rows } = await refusal("text\na\nb\na\n", { mapping: { text: "text" } });
  expect(rows).toEqual([
    { row: 4, reason: "has the same text as line 2; where no column is the key, the text is" },
  ]);
});

test("what is quoted from a file moves no cursor and stays short", async () => {
  const column = `\u001b]0;owned\u202e${"x".repeat(200)}`;
  const { what } = await refusal(`id,${column}\n1,one\n`);
  expect(what).toBe(
    `The file was not imported. Line 1, column “text”, is missing; the columns are “id”, “·]0;owned·${"x".repeat(50)}…”.`,
  );
});

test("a quote or a line break parts no cells", async () => {
  for (const delimiter of ['"', "\n"])
    expect((await refusal('id"text\n1"one\n', { delimiter })).what).toContain(
      "cannot be parted by",
    );
});

test("metadata and gold columns must be in the header", async () => {
  const mapping = { key: "id", text: "text", metadata: ["topic"] };
  expect((await refusal("id,text\n1,one\n", { mapping })).rows).toEqual([
    { row: 1, column: "topic", reason: "is missing; the columns are “id”, “text”" },
  ]);
});

test.each([
  ["no JSON", '{"id":1,"text":"one"}\n{"id":2,\n', 2, undefined, /^is no JSON: /],
  ["an array", "[1]\n", 1, undefined, /^is JSON but no object/],
  ["null", "null\n", 1, undefined, /^is JSON but no object/],
  ["a text that is a number", '{"id":1,"text":3}\n', 1, "text", /^is not text/],
  ["a key that is an object", '{"id":{},"text":"one"}\n', 1, "id", /^is neither text nor a number/],
  ["a key that is null", '{"id":null,"text":"one"}\n', 1, "id", /^is neither text nor a number/],
  ["no text", '{"id":1,"text":"one"}\n{"id":2}\n', 2, "text", /^is missing; the columns are “id”$/],
  ["an escaped NUL", '{"id":1,"text":"a\\u0000b"}\n', 1, "text", /^holds a NUL/],
  [
    "half a surrogate pair",
    '{"id":1,"text":"a\\ud83e"}\n',
    1,
    "text",
    /^holds half of a surrogate/,
  ],
  ["a member twice", '{"id":1,"id":2,"text":"one"}\n', 1, "id", /^is there twice/],
  [
    "bytes that are not UTF-8",
    Buffer.from('{"id":1,"text":"\xe9"}\n', "latin1"),
    1,
    undefined,
    /UTF-8/,
  ],
  [
    "an over-long line",
    `\n{"id":1,"text":"${"x".repeat(8_000_000)}"}\n`,
    2,
    undefined,
    /^is longer than/,
  ],
  ["a huge exponent", '{"id":1,"text":"one","m":1e999}\n', 1, "m", /too large to be kept exactly/],
  [
    "a long number",
    '{"id":1,"text":"one","m":[12345678901234567890]}\n',
    1,
    "m",
    /^holds a number too/,
  ],
  [
    "a deep nest",
    `{"id":1,"text":"a","m":${"[".repeat(9999)}${"]".repeat(9999)}}\n`,
    1,
    "m",
    /nested deeper/,
  ],
  ["a nested NUL", '{"id":1,"text":"a","m":{"x":["\\u0000"]}}\n', 1, "m", /^holds a NUL/],
  ["metadata that no line has", '{"id":1,"text":"one"}\n', 1, "m", /^is missing; the columns are/],
])("in JSON Lines %s is refused", async (name, file, row, column, reason) => {
  const metadata = ["m"];
  const withM = typeof file === "string" && /"m"/.test(file);
  const options = { ...jsonl, encoding: "utf-8", chunk: 100_000 } as const;
  const mapping = {
    key: "id",
    text: "text",
    ...((withM || name.startsWith("metadata")) && { metadata }),
  };
  const { rows } = await refusal(file, { ...options, mapping });
  const where = column === undefined ? { row } : { row, column };
  expect(rows).toEqual([{ ...where, reason: expect.stringMatching(reason) }]);
});

test("numbers that Postgres cannot hold are read as every JSON reader reads them", async () => {
  const project = await freshProject(engine);
  const file = `{"id":1,"text":"one","m":1e-99999}\n{"id":2,"text":"two","m":0.${"1".repeat(20_000)}}\n`;
  const mapping = { key: "id", text: "text", metadata: ["m"] };
  await imported(engine, project, file, { ...jsonl, mapping, chunk: 5000 });
  const stored = await storedRecords(engine, project);
  expect(stored.map(({ metadata }) => metadata)).toEqual([{ m: 0 }, { m: 0.1111111111111111 }]);
  expect(stored[0]?.source).toMatchObject({ m: "1e-99999" });
});
