import { gunzipSync } from "node:zlib";
import { ExportOptions, SchemaDocument } from "@countersign/core";
import { BlobReader, Uint8ArrayWriter, ZipReader } from "@zip.js/zip.js";
import { parse } from "csv-parse/sync";
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freshEngine } from "../../../../test/fresh-database.ts";
import { given } from "../../../../test/given.ts";
import { ann } from "../../test/importing.ts";
import { labelledProject } from "../../test/labelled-project.ts";
import type { Engine } from "../engine.ts";
import * as schemas from "../schemas/index.ts";
import { record } from "../verifications/index.ts";
import { readFrame } from "./export/frame.ts";
import { closeSnapshot, openSnapshot, readRows } from "./export/snapshot.ts";
import { tableOf } from "./export/table.ts";
import { workbook } from "./export/xlsx.ts";
import { type ExportInput, exportFile } from "./index.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await freshEngine();
});
afterAll(() => engine.close());

type Options = Partial<ExportInput> & { readonly project: string };

const exporting = (options: Options) =>
  exportFile(engine, { ...ExportOptions.parse({}), ...options });

async function bytesOf(chunks: AsyncIterable<string | Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks)
    all.push(typeof chunk === "string" ? Buffer.from(chunk) : chunk);
  return Buffer.concat(all);
}

const exported = async (options: Options): Promise<Buffer> =>
  bytesOf(given(await exporting(options)));

const textOf = async (options: Options): Promise<string> => (await exported(options)).toString();

const linesOf = async (options: Options) =>
  (await textOf(options))
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

/** A file's own memory: readers of Parquet look at it by offsets. */
const ownBuffer = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer;

const rowsOf = (bytes: Uint8Array) =>
  parquetReadObjects({
    file: ownBuffer(bytes),
    compressors: { GZIP: (page) => gunzipSync(page) },
  });

async function unzipped(bytes: Uint8Array): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  const reader = new ZipReader(new BlobReader(new Blob([Uint8Array.from(bytes)])));
  for (const entry of await reader.getEntries())
    if (!entry.directory) files.set(entry.filename, await entry.getData(new Uint8ArrayWriter()));
  await reader.close();
  return files;
}

/** What breaks careless software: formulas, markup, right-to-left and control characters, what looks like an escape. */
const hostile = [
  '=HYPERLINK("http://x","y")',
  "<script>alert(1)</script> & ]]> \"quoted\" 'too'",
  "שלום ‮evil‬ مرحبا",
  "bell\u0007 escape\u001b[31m vertical\u000b unit\u001f del\u007f line\u2028sep \ufffe\uffff",
  "_x0041_ _x005F_ tab\tline\r\nend\r",
  "  spaces kept  ",
  "👩‍👩‍👧 é é 𝔘",
];

/** Records that two jobs, two people and an import said something of. */
async function examples(texts: readonly string[] = ["one", "two", "three"]) {
  const made = await labelledProject(engine, {
    texts: [...texts],
    jobs: [["tone", "topics"], ["tone"]],
    columns: { part: texts.map((_, n) => (n === 0 ? "test" : "train")) },
  });
  const [first = 0, second = 0] = await made.label([
    {
      record: 0,
      by: { job: 0 },
      value: "pos",
      confidence: 0.75,
      metadata: { model: "m-2026", simulated: true, rule: "line" },
      at: "2026-01-01T00:00:00.000Z",
    },
    { record: 1, by: { job: 0 }, value: "neg", confidence: 0.5 },
    { record: 0, by: { job: 0 }, name: "topics", value: ["price", "service"], confidence: 0.25 },
    { record: 0, by: { job: 1 }, value: "neu", confidence: 0.625, at: "2026-01-02T00:00:00.000Z" },
    { record: 1, by: { person: "ben" }, value: "neu" },
    { record: 0, by: { gold: true }, value: "neg" },
  ]);
  const decide = async (
    label: number,
    verdict: "CONFIRMS" | "CORRECTS" | "RETRACTS",
    value?: string,
  ) =>
    given(
      await record(engine, ann, {
        project: made.project,
        decisions: [{ label, verdict, ...(value !== undefined && { value }) }],
      }),
    );
  await decide(first, "CONFIRMS");
  await decide(first, "RETRACTS");
  await decide(first, "CORRECTS", "neg");
  await decide(second, "CONFIRMS");
  return { ...made, first, second };
}

describe("every format", () => {
  test.each(ExportOptions.shape.format.unwrap().options)(
    "%s of the same state is the same bytes twice",
    async (format) => {
      const { project } = await examples(hostile);
      const once = await exported({ project, format });
      expect(once.length).toBeGreaterThan(100);
      expect(once.equals(await exported({ project, format }))).toBe(true);
    },
  );

  test("is let go of when who reads it stops early", async () => {
    const { project } = await examples(Array.from({ length: 3000 }, (_, n) => `text ${n}`));
    for (const format of ["jsonl", "parquet", "xlsx", "label-studio", "huggingface"] as const) {
      for await (const chunk of given(await exporting({ project, format }))) {
        expect(chunk.length).toBeGreaterThan(0);
        break;
      }
      expect(engine.pool.totalCount - engine.pool.idleCount).toBe(0);
    }
  });
});

describe("one row a label", () => {
  test("has every label, whoever gave it, and says which stands", async () => {
    const { project, jobs } = await examples();
    const rows = parse<Record<string, string>>(
      await textOf({ project, format: "csv", shape: "long" }),
      { columns: true },
    );
    expect(
      rows.map((row) => [
        row.key,
        row.label,
        row.value,
        row.annotator_kind,
        row.annotator,
        row.final,
      ]),
    ).toEqual([
      ["r0", "tone", "pos", "job", `job ${jobs[0]}`, "neg"],
      ["r0", "topics", '["price","service"]', "job", `job ${jobs[0]}`, '["price","service"]'],
      ["r0", "tone", "neu", "job", `job ${jobs[1]}`, ""],
      ["r0", "tone", "neg", "gold", "gold", ""],
      ["r1", "tone", "neg", "job", `job ${jobs[0]}`, "neg"],
      ["r1", "tone", "neu", "person", "ben", ""],
    ]);
    expect(rows[0]).toMatchObject({
      text: "one",
      confidence: "0.75",
      model_version: "m-2026",
      simulated: "true",
      rule: "line",
      agent: "agent",
      agent_id: "a".repeat(64),
      schema_version: "1",
      status: "corrected",
      verified_value: "neg",
      verified_by: "ann",
      final_source: "corrected",
      created_at: "2026-01-01T00:00:00.000Z",
    });
    const history = JSON.parse(rows[0]?.verifications ?? "");
    expect(history.map(({ verdict }: { verdict: string }) => verdict)).toEqual([
      "CONFIRMS",
      "RETRACTS",
      "CORRECTS",
    ]);
  });

  test("is there as JSON Lines and Parquet, too", async () => {
    const { project } = await examples();
    const lines = await linesOf({ project, shape: "long" });
    expect(lines).toHaveLength(6);
    expect(lines[0]).toMatchObject({ key: "r0", label: "tone", value: "pos", confidence: 0.75 });
    const rows = await rowsOf(await exported({ project, format: "parquet", shape: "long" }));
    expect(rows.map(({ value }) => value)).toEqual(lines.map(({ value }) => value));
  });
});

describe("columns", () => {
  test("are chosen by name, in the order given, and by how they begin", async () => {
    const { project } = await examples();
    const columns = ["source.part", "key", "tone.final*", "key"];
    const text = await textOf({ project, format: "csv", columns });
    expect(text.split("\n")[0]).toMatch(/^source\.part,key,tone\.final,tone\.final_source,/);
    expect(text.split("\n")[1]).toMatch(/^test,r0,neg,corrected,ann,pos,0.75,/);
    expect(await linesOf({ project, columns: ["key", "topics.final", "metadata"] })).toEqual([
      { key: "r0", "topics.final": ["price", "service"], metadata: {} },
      { key: "r1", "topics.final": null, metadata: {} },
      { key: "r2", "topics.final": null, metadata: {} },
    ]);
  });

  test("that do not exist are named, with those that do", async () => {
    const { project } = await examples();
    expect(
      await exporting({ project, format: "csv", columns: ["tone.fnial", "x*"] }),
    ).toMatchObject({
      error: {
        type: "export-not-possible",
        what: "There is no column “tone.fnial”, “x*” in this export.",
        next: expect.stringContaining("tone.final,"),
      },
    });
  });

  test("of two that ask for one name, the later gets a number", async () => {
    const { project } = await labelledProject(engine, { texts: ["a"], columns: { model: ["x"] } });
    const label = { name: "source", options: [{ value: "a", text: "a" }] };
    const document = SchemaDocument.parse({ labels: [label] });
    given(await schemas.set(engine, ann, { project, document }));
    const [row] = await rowsOf(await exported({ project, format: "parquet" }));
    expect(row).toMatchObject({ "source.model": null, "source.model (2)": "x" });
  });

  test("options that a format has no place for are refused", async () => {
    const { project } = await examples();
    for (const options of [
      { format: "label-studio", columns: ["key"] },
      { format: "label-studio", shape: "long" },
      { format: "huggingface", shape: "long" },
      { format: "csv", splitBy: "part" },
    ] as const)
      expect(
        await exporting({ project, ...options, columns: options.columns && [...options.columns] }),
      ).toMatchObject({
        error: { type: "export-not-possible" },
      });
  });
});

test("with replies, each machine's label stands beside the replies it was read from", async () => {
  const { project, id, jobs, records } = await examples();
  await engine.pool.query(
    `insert into replies (project_id, key, text, finish_reason, latency_ms, simulated)
     select $1, n.key, n.text, 'stop', 1, true from (values
       ('\\x01'::bytea, 'tone: positive'), ('\\x02', 'good, I think'), ('\\x03', 'tone: pos')) as n (key, text)`,
    [id],
  );
  await engine.pool.query(
    `insert into job_items (job_id, position, record_id, outcome, reply_keys, refined_keys)
     values ($1, 100, $2, 'labelled', '{"\\\\x02","\\\\x01"}', '{"\\\\x03",null}'), ($1, 101, $3, 'labelled', '{"\\\\x01"}', null)`,
    [jobs[0], records[0], records[1]],
  );
  const texts = ["good, I think", "tone: pos", "tone: positive"];
  const [first, second] = await linesOf({ project, replies: true });
  expect(first.labels.tone.final.from.replies).toEqual(texts);
  expect(first.labels.tone.model.replies).toEqual([]);
  expect(second.labels.tone.model.replies).toEqual(["tone: positive"]);
  const long = await linesOf({ project, replies: true, shape: "long" });
  expect(JSON.parse(long[0].reply)).toEqual(texts);
  expect(long[4].reply).toBe("tone: positive");
  expect((await linesOf({ project }))[0].labels.tone.final.from).not.toHaveProperty("replies");
});

describe("Parquet", () => {
  test("has typed columns, lists for a multiple choice, and the texts as they are", async () => {
    const { project } = await examples(hostile);
    const bytes = await exported({ project, format: "parquet" });
    const rows = await rowsOf(bytes);
    expect(rows.map(({ text }) => text)).toEqual(hostile);
    expect(rows[0]).toMatchObject({
      key: "r0",
      "tone.model": "neu",
      "tone.confidence": 0.625,
      "tone.final_simulated": true,
      "tone.final_schema_version": 1n,
      "topics.final": ["price", "service"],
      "tone.gold": "neg",
      metadata: "{}",
    });
    expect(rows[2]).toMatchObject({ "tone.final": null, "tone.confidence": null });
  });

  test("of no record is a file with columns and no rows", async () => {
    const { project } = await examples();
    const bytes = await exported({ project, format: "parquet", where: { key: ["none"] } });
    const metadata = parquetMetadata(ownBuffer(bytes));
    expect(metadata.num_rows).toBe(0n);
    expect(await rowsOf(bytes)).toEqual([]);
  });

  test("long texts make more row groups, so that what is held stays small", async () => {
    const texts = Array.from({ length: 20 }, (_, n) => `${n} ${"x".repeat(900_000)}`);
    const { project } = await labelledProject(engine, { texts });
    const bytes = await exported({ project, format: "parquet", columns: ["key", "text"] });
    expect(parquetMetadata(ownBuffer(bytes)).row_groups.length).toBeGreaterThan(1);
    expect((await rowsOf(bytes)).map(({ text }) => text)).toEqual(texts);
  });
});

/** A sheet's rows as a spreadsheet reads them. */
function sheetRows(xml: string): unknown[][] {
  const plain = (text: string) =>
    text
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replaceAll("&amp;", "&")
      .replace(/_x([\dA-F]{4})_/g, (_, code: string) =>
        String.fromCharCode(Number.parseInt(code, 16)),
      );
  return [...xml.matchAll(/<row>(.*?)<\/row>/gs)].map(([, row = ""]) =>
    [
      ...row.matchAll(/<c\/>|<c( t="\w+")?>(?:<v>(.*?)<\/v>|<is><t [^>]*>(.*?)<\/t><\/is>)<\/c>/gs),
    ].map(([, type, number, text]) =>
      text !== undefined
        ? plain(text)
        : number === undefined
          ? null
          : type
            ? number === "1"
            : Number(number),
    ),
  );
}

describe("XLSX", () => {
  const sheet = async (bytes: Uint8Array, n = 1) => {
    const files = await unzipped(bytes);
    return sheetRows(Buffer.from(files.get(`xl/worksheets/sheet${n}.xml`) ?? []).toString());
  };

  test("holds texts as texts, whatever is in them, and numbers as numbers", async () => {
    const { project } = await examples(hostile);
    const columns = ["text", "tone.confidence", "tone.simulated"];
    const rows = await sheet(await exported({ project, format: "xlsx", columns }));
    expect(rows[0]).toEqual(columns);
    expect(rows.slice(1).map(([text]) => text)).toEqual(hostile);
    expect(rows[1]?.slice(1)).toEqual([0.625, false]);
    expect(rows[3]?.slice(1)).toEqual([null, null]);
  });

  test("goes on in another sheet where one is full", async () => {
    const { id } = await examples();
    const client = await openSnapshot(engine.pool);
    const frame = await readFrame(client, id);
    const table = given(tableOf({ shape: "wide", columns: ["key"], replies: false }, frame));
    const selection = { projectId: id, where: undefined, job: undefined, replies: false };
    const bytes = await bytesOf(workbook(table, readRows(client, selection, frame), 3));
    await closeSnapshot(client);
    expect(await sheet(bytes, 1)).toEqual([["key"], ["r0"], ["r1"]]);
    expect(await sheet(bytes, 2)).toEqual([["key"], ["r2"]]);
    const files = await unzipped(bytes);
    expect(Buffer.from(files.get("xl/workbook.xml") ?? []).toString()).toContain(
      'name="records 2"',
    );
  });

  test("a text that no cell can hold is refused before anything is written, unless its column is left out", async () => {
    const { project } = await examples(["short", "x".repeat(32_768)]);
    expect(await exporting({ project, format: "xlsx" })).toMatchObject({
      error: {
        type: "export-not-possible",
        what: "Record “r1” has more than 32,767 characters in “text”, which is what a cell of a spreadsheet holds at most.",
      },
    });
    const columns = ["key", "tone.*"];
    expect(await sheet(await exported({ project, format: "xlsx", columns }))).toHaveLength(3);
  });
});

describe("Label Studio", () => {
  test("gets tasks with people's verdicts, gold as ground truth, and predictions of each agent", async () => {
    const { project, jobs, first } = await examples(hostile);
    const tasks = JSON.parse(await textOf({ project, format: "label-studio" }));
    expect(tasks).toHaveLength(hostile.length);
    expect(tasks.map(({ data }: { data: { text: string } }) => data.text)).toEqual(hostile);
    const choices = (name: string, ...values: string[]) =>
      expect.objectContaining({
        from_name: name,
        to_name: "text",
        type: "choices",
        value: { choices: values },
      });
    const version = `agent ${"a".repeat(12)}`;
    expect(tasks[0]).toEqual({
      data: { text: hostile[0], key: "r0" },
      meta: { metadata: {}, source: { id: "r0", text: hostile[0], part: "test" } },
      annotations: [
        {
          result: [choices("tone", "neg")],
          was_cancelled: false,
          ground_truth: false,
          created_username: "ann",
        },
        { result: [choices("tone", "neg")], was_cancelled: false, ground_truth: true },
      ],
      predictions: [
        {
          result: [choices("tone", "pos"), choices("topics", "price", "service")],
          score: 0.25,
          model_version: `${version} (simulated)`,
        },
        { result: [choices("tone", "neu")], score: 0.625, model_version: version },
      ],
    });
    expect(tasks[0].predictions[0].result[0]).toMatchObject({ id: `label-${first}`, score: 0.75 });
    expect(
      tasks[1].annotations.map(
        ({ created_username }: { created_username: string }) => created_username,
      ),
    ).toEqual(["ann", "ben"]);
    expect(tasks[2]).toMatchObject({ annotations: [], predictions: [] });
    expect(jobs).toHaveLength(2);
  });

  test("gets an empty list where there is no record", async () => {
    const { project } = await examples();
    const text = await textOf({ project, format: "label-studio", where: { key: ["none"] } });
    expect(JSON.parse(text)).toEqual([]);
  });
});

describe("a Hugging Face dataset", () => {
  test("is Parquet with what stands as classes, and a card that says where the labels come from", async () => {
    const { project } = await examples(hostile);
    const files = await unzipped(await exported({ project, format: "huggingface" }));
    expect([...files.keys()]).toEqual(["data/train.parquet", "README.md"]);
    const rows = await rowsOf(files.get("data/train.parquet") ?? new Uint8Array());
    expect(rows[0]).toMatchObject({
      text: hostile[0],
      tone: 1n,
      topics: [0n, 1n],
      "tone.final_source": "corrected",
    });
    expect([rows[2]?.tone ?? null, rows[2]?.topics ?? null]).toEqual([null, null]);
    const card = Buffer.from(files.get("README.md") ?? []).toString();
    expect(card).toContain(
      '  - name: "tone"\n    dtype:\n      class_label:\n        names:\n          \'0\': "pos"\n          \'1\': "neg"',
    );
    expect(card).toContain("  - split: train\n    path: data/train.parquet");
    expect(card).toContain(`${hostile.length} texts, exported by Countersign under version 1`);
    expect(card).toContain("2 were verified by a person (1 confirmed, 1 corrected)");
    expect(card).toContain("(**simulated**)");
    expect(card).toContain("a".repeat(64));
  });

  test("is split by a column, in the order of its values", async () => {
    const { project } = await examples();
    const files = await unzipped(
      await exported({ project, format: "huggingface", splitBy: "part" }),
    );
    expect([...files.keys()]).toEqual(["data/test.parquet", "data/train.parquet", "README.md"]);
    const keys = async (split: string) =>
      (await rowsOf(files.get(`data/${split}.parquet`) ?? new Uint8Array())).map(({ key }) => key);
    expect(await keys("test")).toEqual(["r0"]);
    expect(await keys("train")).toEqual(["r1", "r2"]);
  });

  test("is not split by a column that is none, or whose values are no names", async () => {
    const { project } = await examples(["a", "b c"]);
    expect(await exporting({ project, format: "huggingface", splitBy: "fold" })).toMatchObject({
      error: { what: "There is no imported column “fold” to split by." },
    });
    expect(await exporting({ project, format: "huggingface", splitBy: "text" })).toMatchObject({
      error: { what: expect.stringContaining("“b c” in column “text” is no name of a split") },
    });
  });
});

test("a conversation keeps its turns, and an image says what it is", async () => {
  const { project, records } = await examples();
  const turns = [{ role: "user", content: "four hours" }];
  await engine.pool.query("update records set content_kind = 'chat', turns = $1 where id = $2", [
    JSON.stringify(turns),
    records[0],
  ]);
  await engine.pool.query("update records set content_kind = 'image' where id = $1", [records[1]]);
  const [chat, image, plain] = await linesOf({ project });
  expect(chat).toMatchObject({ kind: "chat", turns });
  expect(image).toMatchObject({ kind: "image" });
  expect([image.turns, plain.kind]).toEqual([undefined, undefined]);
});

test("a megabyte of metadata comes out as it went in", async () => {
  const { project, records } = await examples();
  const note = "é".repeat(500_000);
  await engine.db
    .updateTable("records")
    .set({ metadata: JSON.stringify({ note }) })
    .where("id", "=", records[0] ?? 0)
    .execute();
  expect((await linesOf({ project }))[0].metadata).toEqual({ note });
  const [row] = await rowsOf(await exported({ project, format: "parquet" }));
  expect(JSON.parse(row?.metadata)).toEqual({ note });
  expect(await exporting({ project, format: "xlsx" })).toMatchObject({
    error: { what: expect.stringContaining("“metadata”") },
  });
});
