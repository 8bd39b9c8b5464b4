import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { LabelDefinition, SchemaDocument } from "@countersign/core";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freshEngine } from "../../../test/fresh-database.ts";
import { given } from "../../../test/given.ts";
import { hasSharedData, sharedData } from "../../../test/shared-data.ts";
import { type Engine, schemas } from "../src/index.ts";
import { ann, freshProject, imported, refused, storedRecords } from "./importing.ts";

/** Public files with odd columns, quoted line breaks and repeated texts; they lie beside the project, if anywhere. */
describe.skipIf(!hasSharedData)("the shared data", () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await freshEngine();
  });
  afterAll(() => engine.close());

  /** A file's rows by their columns, read in another way than imports do: whole, by the library's own header. */
  const rowsIn = (bytes: Buffer, delimiter = ","): Record<string, string>[] =>
    parse(bytes, { bom: true, columns: true, delimiter });
  /** How often each value stands in a column, of rows that differ in another. */
  const tallied = (rows: readonly Record<string, string>[], column: string, differing: string) => {
    const first = new Map<string, string>();
    for (const row of rows) {
      const key = row[differing] ?? "";
      if (!first.has(key)) first.set(key, row[column] ?? "");
    }
    return Object.fromEntries(
      [...Map.groupBy(first.values(), (value) => value)].map(([value, all]) => [value, all.length]),
    );
  };
  const read = (file: string) => readFile(join(sharedData, file));

  test.each([
    ["stance/stance.csv", "csv", { key: "", text: "text" }, 2299, 253],
    ["misinfo/misinfo.csv", "csv", { key: "", text: "headline" }, 1923, 0],
    ["sms-spam/sms_spam_train.tsv", "tsv", { key: "id", text: "text" }, 4458, 274],
    ["media-bias-llms/all_runs_zero-shot.csv", "csv", { text: "text" }, 3021, 0],
  ] as const)(
    "%s is imported whole, and once",
    async (file, format, mapping, rows, repeatedTexts) => {
      const project = await freshProject(engine);
      const bytes = await read(file);
      const options = { format, mapping, chunk: 65_536 };
      const first = await imported(engine, project, bytes, options);
      expect(first).toMatchObject({ rows, added: rows, unchanged: 0, repeatedTexts });
      const stored = await storedRecords(engine, project);
      expect(stored).toHaveLength(rows);
      expect(await imported(engine, project, bytes, options)).toMatchObject({
        rows,
        added: 0,
        unchanged: rows,
      });
    },
  );

  test("a file without a key column whose texts repeat is refused, naming the lines", async () => {
    const project = await freshProject(engine);
    const file = await read("politeness/politeness_dataset.csv");
    const problem = await refused(engine, project, file, {
      mapping: { text: "Text" },
      chunk: 65_536,
    });
    expect(problem.rows).toHaveLength(11);
    expect(problem.what).toMatch(/^The file was not imported: 11 rows of it cannot be taken\. /);
  });

  const labelled = async (labels: SchemaDocument["labels"]) => {
    const project = await freshProject(engine);
    given(await schemas.set(engine, ann, { project, document: SchemaDocument.parse({ labels }) }));
    return project;
  };
  const label = (name: string, ...options: [value: string, text: string][]) =>
    LabelDefinition.parse({ name, options: options.map(([value, text]) => ({ value, text })) });
  /** How many labels of one kind of annotator have each value. */
  const counts = async (project: string, kind: "gold" | "model") => {
    const { rows } = await engine.pool.query<{ by: string; value: string; n: number }>(
      `select a.name as by, l.value #>> '{}' as value, count(*) as n from labels l
       join annotators a on a.id = l.annotator_id join projects p on p.id = l.project_id
       where p.name = $1 and a.kind = $2 group by 1, 2 order by 1, 2`,
      [project, kind],
    );
    return rows;
  };

  test("banking77: 77 classes, quoted line breaks, and the counts of both files", async () => {
    const bytes = {
      train: await read("banking77/train.csv"),
      test: await read("banking77/test.csv"),
    };
    const classes = new Set(
      `${bytes.train}${bytes.test}`
        .split("\n")
        .flatMap((line) => /,([A-Za-z_?]+)\r?$/.exec(line)?.[1] ?? []),
    );
    classes.delete("category");
    expect(classes.size).toBe(77);
    const project = await labelled([
      label("intent", ...[...classes].map((one): [string, string] => [one, one])),
    ]);
    const mapping = { text: "text", gold: { intent: "category" } };
    const options = {
      format: undefined,
      mapping,
      chunk: 65_536,
      rules: { duplicates: "skip" },
    } as const;
    const train = await imported(engine, project, bytes.train, options);
    expect(train).toMatchObject({
      rows: 10_003,
      reading: { format: "csv", delimiter: ",", header: true },
    });
    expect(train.added + train.skipped + train.unchanged).toBe(10_003);
    const test = await imported(engine, project, bytes.test, options);
    expect(test).toMatchObject({ rows: 3080 });
    const stored = await storedRecords(engine, project);
    expect(stored).toHaveLength(train.added + test.added);
    expect(stored.filter(({ content }) => content.includes("\n")).length).toBeGreaterThan(0);
    const gold = await counts(project, "gold");
    expect(gold).toHaveLength(77);
    const rows = [...rowsIn(bytes.train), ...rowsIn(bytes.test)];
    expect(rows).toHaveLength(10_003 + 3080);
    expect(Object.fromEntries(gold.map(({ value, n }) => [value, n]))).toEqual(
      tallied(rows, "category", "text"),
    );
  });

  test("sms-spam: one label is part of the other, and both are told apart", async () => {
    const project = await labelled([label("kind", ["spam", "spam"], ["ham", "not spam"])]);
    const mapping = { key: "id", text: "text", metadata: ["prompt"], gold: { kind: "annotation" } };
    for (const [file, rows] of [
      ["train", 4458],
      ["test", 1115],
    ] as const) {
      const bytes = await read(`sms-spam/sms_spam_${file}.tsv`);
      const into =
        file === "train"
          ? project
          : await labelled([label("kind", ["spam", "spam"], ["ham", "not spam"])]);
      const report = await imported(engine, into, bytes, {
        format: undefined,
        mapping,
        chunk: 65_536,
      });
      expect(report).toMatchObject({
        rows,
        added: rows,
        goldLabels: rows,
        reading: { format: "tsv" },
      });
    }
    const text = String(await read("sms-spam/sms_spam_train.tsv"));
    const spam = text.match(/\tspam\r?$/gm)?.length;
    expect(await counts(project, "gold")).toEqual([
      { by: "gold", value: "ham", n: 4458 - (spam ?? 0) },
      { by: "gold", value: "spam", n: spam },
    ]);
  });

  test("politeness: gold and a model's labels in two codings, its confidence, repeated texts merged", async () => {
    const project = await labelled([label("tone", ["polite", "polite"], ["impolite", "impolite"])]);
    const mapping = {
      text: "Text",
      gold: { tone: { column: "Prediction_human", codes: { "1": "polite", "0": "impolite" } } },
      labels: [
        {
          label: "tone",
          column: "Prediction_gpt-4o",
          by: { name: "gpt-4o" },
          kind: "model" as const,
          confidence: "Confidence_gpt-4o",
        },
      ],
    };
    const bytes = await read("politeness/politeness_dataset.csv");
    const rules = { duplicates: "skip" } as const;
    const report = await imported(engine, project, bytes, { mapping, rules, chunk: 65_536 });
    expect(report).toMatchObject({ rows: 5480, added: 5469, skipped: 11, goldLabels: 5469 });
    expect(report.columns).toHaveLength(25);
    const [first] = await storedRecords(engine, project);
    expect(first?.source).toMatchObject({
      Feature_16: "1",
      Prediction_human: "1",
      "Confidence_gpt-4o": "0.85",
    });
    const given = await counts(project, "model");
    expect(given.reduce((sum, { n }) => sum + n, 0)).toBe(report.labels);
    expect(report.labels).toBe(5469);
    const rows = rowsIn(bytes);
    expect(rows).toHaveLength(5480);
    const human = tallied(rows, "Prediction_human", "Text");
    expect(await counts(project, "gold")).toEqual([
      { by: "gold", value: "impolite", n: human["0"] },
      { by: "gold", value: "polite", n: human["1"] },
    ]);
    expect(Object.fromEntries(given.map(({ value, n }) => [value, n]))).toEqual(
      tallied(rows, "Prediction_gpt-4o", "Text"),
    );
  });

  test("media-bias-llms: thirteen models' labels as codes, unreadable ones as none", async () => {
    const project = await labelled([label("bias", ["biased", "biased"], ["fair", "not biased"])]);
    const bytes = await read("media-bias-llms/all_runs_zero-shot.csv");
    const header = String(bytes).split("\n", 1)[0]?.trim().split(",") ?? [];
    const models = header.filter((name) => name.endsWith("_label"));
    expect(models).toHaveLength(13);
    const codes = { "1": "biased", "0": "not biased", "?": null };
    const mapping = {
      text: "text",
      gold: { bias: { column: "label", codes } },
      labels: models.map((column) => ({
        label: "bias",
        column,
        by: { name: column.replace("_label", "") },
        kind: "model" as const,
        codes,
      })),
    };
    const report = await imported(engine, project, bytes, { mapping, chunk: 65_536 });
    expect(report).toMatchObject({ rows: 3021, added: 3021, goldLabels: 3021 });
    const stored = await storedRecords(engine, project);
    const cells = stored.flatMap(({ source }) => models.map((column) => source[column] ?? ""));
    expect(new Set(cells)).toEqual(new Set(["0", "1", "?"]));
    expect(report.labels).toBe(cells.filter((cell) => cell !== "?").length);
    expect(report.labels).toBeLessThan(13 * 3021);
    const rows = rowsIn(bytes);
    const said = models.flatMap((column) =>
      [
        ["1", "biased"],
        ["0", "fair"],
      ].flatMap(([code, value]) => {
        const n = rows.filter((row) => row[column] === code).length;
        return n === 0 ? [] : [{ by: column.replace("_label", ""), value, n }];
      }),
    );
    const inOrder = said.map((one) => JSON.stringify(one)).sort();
    expect((await counts(project, "model")).map((one) => JSON.stringify(one)).sort()).toEqual(
      inOrder,
    );
  });

  test("rte-crowd: items, then 8,000 answers of 164 workers, a row an answer", async () => {
    const project = await labelled([label("entailed", ["1", "yes"], ["0", "no"])]);
    const items = await read("rte-crowd/items.csv");
    const header = String(items).split("\n", 1)[0]?.trim();
    expect(header).toMatch(/item.*text/);
    await imported(engine, project, items, {
      mapping: { key: "item", text: "text" },
      chunk: 65_536,
    });
    const answers = await imported(engine, project, await read("rte-crowd/answers.csv"), {
      mapping: {
        key: "item",
        labels: [
          { label: "entailed", column: "response", by: { column: "worker" }, kind: "person" },
        ],
      },
      chunk: 65_536,
    });
    expect(answers).toMatchObject({ rows: 8000, added: 0, labels: 8000 });
  });
});
