import { ExportOptions, SchemaDocument } from "@countersign/core";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freshEngine } from "../../../../test/fresh-database.ts";
import { given } from "../../../../test/given.ts";
import { ann, freshProject, imported, storedRecords } from "../../test/importing.ts";
import { type LabelFixture, labelledProject, toneSchema } from "../../test/labelled-project.ts";
import type { Engine } from "../engine.ts";
import * as schemas from "../schemas/index.ts";
import { record } from "../verifications/index.ts";
import { type ExportInput, exportFile } from "./index.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await freshEngine();
});
afterAll(() => engine.close());

type Options = Partial<ExportInput> & { readonly project: string };

const exporting = (options: Options) =>
  exportFile(engine, { ...ExportOptions.parse({}), ...options });

async function exported(options: Options): Promise<string> {
  return (await Array.fromAsync(given(await exporting(options)))).join("");
}

async function exportedLines(options: Options) {
  const lines = (await exported(options)).trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line));
}

const unlabelled = { model: null, verification: null, final: null, gold: null };

/** Three records: one that two jobs labelled and people verified, one with gold, one with nothing. */
async function examples() {
  const made = await labelledProject(engine, {
    texts: ["one", 'two, "quoted"', "three"],
    jobs: [["tone", "topics"], ["tone"]],
    columns: { note: ["x\ny", "=1+1", "-2.5"] },
  });
  const [first = 0] = await made.label([
    {
      record: 0,
      by: { job: 0 },
      value: "pos",
      confidence: 0.75,
      metadata: { model: "m-2026", simulated: true },
      at: "2026-01-01T00:00:00.000Z",
    },
    { record: 0, by: { job: 1 }, value: "neu", confidence: 0.5, at: "2026-01-02T00:00:00.000Z" },
    { record: 0, by: { job: 0 }, name: "topics", value: ["price", "service"] },
    { record: 0, by: { gold: true }, value: "neg" },
    { record: 1, by: { gold: true }, name: "topics", value: [] },
  ]);
  const decisions = [{ label: first, verdict: "CORRECTS" as const, value: "neg" }];
  const { labels } = given(await record(engine, ann, { project: made.project, decisions }));
  return { ...made, verifiedAt: labels[0]?.verified?.at };
}

test("a record is exported with what the model said, what people said, what stands, and where it all comes from", async () => {
  const { project, jobs, verifiedAt } = await examples();
  const [one, two, three] = await exportedLines({ project });
  const origin = {
    agent: "agent",
    agentId: "a".repeat(64),
    modelName: "m",
    modelVersion: null,
    rule: null,
    schemaVersion: 1,
    simulated: false,
    confidence: null,
    confidenceMethod: null,
  };
  const measured = "label-token-probability";
  expect(one).toEqual({
    key: "r0",
    text: "one",
    metadata: {},
    source: { id: "r0", text: "one", note: "x\ny" },
    labels: {
      tone: {
        model: {
          ...origin,
          value: "neu",
          confidence: 0.5,
          confidenceMethod: measured,
          job: jobs[1],
        },
        verification: { verdict: "corrected", value: "neg", by: "ann", at: verifiedAt },
        final: {
          value: "neg",
          source: "corrected",
          by: "ann",
          schemaVersion: 1,
          // Not the newest job's label was corrected, but the one before.
          from: {
            ...origin,
            value: "pos",
            confidence: 0.75,
            confidenceMethod: measured,
            job: jobs[0],
            modelVersion: "m-2026",
            simulated: true,
          },
          verifications: [
            { verdict: "CORRECTS", judged: "pos", value: "neg", by: "ann", at: verifiedAt },
          ],
        },
        gold: "neg",
      },
      topics: {
        model: { ...origin, value: ["price", "service"], job: jobs[0] },
        verification: null,
        final: {
          value: ["price", "service"],
          source: "model",
          by: `job ${jobs[0]}`,
          schemaVersion: 1,
          from: "model",
          verifications: [],
        },
        gold: null,
      },
    },
  });
  expect(two.labels).toEqual({ tone: unlabelled, topics: { ...unlabelled, gold: [] } });
  expect(three.labels).toEqual({ tone: unlabelled, topics: unlabelled });
});

test("one job's labels can be exported as if there were no other", async () => {
  const { project, jobs } = await examples();
  const [first] = await exportedLines({ project, job: jobs[0] });
  expect(first.labels.tone).toMatchObject({
    model: { value: "pos", job: jobs[0], modelVersion: "m-2026", simulated: true },
    final: { value: "neg", source: "corrected" },
  });
  const [second] = await exportedLines({ project, job: jobs[1] });
  expect(second.labels.tone).toMatchObject({
    verification: null,
    final: { value: "neu", source: "model" },
    gold: "neg",
  });
  expect(second.labels.topics).toEqual(unlabelled);
});

test("CSV has the same facts as columns", async () => {
  const { project, jobs, verifiedAt } = await examples();
  const rows = parse<Record<string, string>>(await exported({ project, format: "csv" }), {
    columns: true,
  });
  expect(rows.map(({ key, text }) => [key, text])).toEqual([
    ["r0", "one"],
    ["r1", 'two, "quoted"'],
    ["r2", "three"],
  ]);
  expect(rows[0]).toEqual({
    key: "r0",
    text: "one",
    metadata: "{}",
    ...columnsOf("tone", {
      model: "neu",
      confidence: "0.5",
      confidence_method: "label-token-probability",
      job: String(jobs[1]),
      verification: "corrected",
      verified_by: "ann",
      verified_at: verifiedAt ?? "",
      final: "neg",
      final_source: "corrected",
      final_by: "ann",
      final_from: "pos",
      final_confidence: "0.75",
      final_confidence_method: "label-token-probability",
      final_model_version: "m-2026",
      final_simulated: "true",
      final_job: String(jobs[0]),
      final_verifications: JSON.stringify([
        { verdict: "CORRECTS", judged: "pos", value: "neg", by: "ann", at: verifiedAt },
      ]),
      gold: "neg",
    }),
    ...columnsOf("topics", {
      model: '["price","service"]',
      job: String(jobs[0]),
      final: '["price","service"]',
      final_source: "model",
      final_by: `job ${jobs[0]}`,
      final_from: '["price","service"]',
      final_job: String(jobs[0]),
    }),
    "source.id": "r0",
    "source.text": "one",
    "source.note": "x\ny",
  });
  expect(rows[1]).toMatchObject({ "topics.gold": "[]", "tone.final": "", "source.note": "'=1+1" });
  expect(rows[2]).toMatchObject({ "source.note": "-2.5" });
});

/** A label's columns, with what a job of the examples says of itself where nothing else is given. */
const columnsOf = (name: string, cells: Readonly<Record<string, string>>) => {
  const agent = { agent: "agent", agent_id: "a".repeat(64), model_name: "m", simulated: "false" };
  const empty = ["confidence", "confidence_method", "model_version", "rule"];
  const all = {
    ...Object.fromEntries(
      empty.flatMap((fact) => [
        [fact, ""],
        [`final_${fact}`, ""],
      ]),
    ),
    ...Object.fromEntries(
      Object.entries(agent).flatMap(([fact, cell]) => [
        [fact, cell],
        [`final_${fact}`, cell],
      ]),
    ),
    ...{ schema_version: "1", final_schema_version: "1", final_verifications: "", gold: "" },
    ...{ verification: "", verified_by: "", verified_at: "" },
    ...cells,
  };
  return Object.fromEntries(Object.entries(all).map(([fact, cell]) => [`${name}.${fact}`, cell]));
};

test("cells that a spreadsheet would run are made harmless unless they are to be kept", async () => {
  const dangerous = ["=1+1", "+1+1", "-1+1", "@sum(a1)", "\t=1", "\r=1", "\n=1", "＝1+1"];
  // What looks as if it had been made harmless is told apart by another apostrophe.
  const likewise = ["'=1", "'-5"];
  const harmless = ["-5", "+5.25", "-1e-9", "a=b", "'x", " =1"];
  const made = await labelledProject(engine, {
    texts: [...dangerous, ...likewise, ...harmless],
    columns: { "=cmd": [] },
  });
  const cells = async (formulas: "escape" | "keep") => {
    const project = await freshProject(engine);
    await imported(
      engine,
      project,
      await exported({ project: made.project, format: "csv", formulas }),
      {
        layout: "table",
        mapping: { key: "key", text: "text" },
      },
    );
    return (await storedRecords(engine, project)).map(({ content }) => content);
  };
  const escaped = [...dangerous, ...likewise].map((cell) => `'${cell}`);
  expect(await cells("escape")).toEqual([...escaped, ...harmless]);
  expect(await cells("keep")).toEqual([...dangerous, ...likewise, ...harmless]);
});

test("a header that a spreadsheet would run is made harmless too", async () => {
  const project = await freshProject(engine);
  const document = SchemaDocument.parse({
    labels: [{ name: "=cmd", options: [{ value: "a", text: "a" }] }],
  });
  given(await schemas.set(engine, ann, { project, document }));
  expect(await exported({ project, format: "csv" })).toMatch(/^key,text,metadata,'=cmd\.model,/);
});

test("only the records that are searched for are exported", async () => {
  const { project, records } = await examples();
  const where = { not: [{ key: ["r1"] }] };
  expect((await exportedLines({ project, where })).map(({ key }) => key)).toEqual(["r0", "r2"]);
  expect(records).toHaveLength(3);
  expect(await exported({ project, where: { key: ["none"] } })).toBe("");
});

test("what cannot be exported is said before anything is", async () => {
  const { project } = await examples();
  const bad = { regex: { pattern: "(", caseSensitive: true } };
  expect(await exporting({ project, where: bad })).toMatchObject({
    error: { type: "search-invalid" },
  });
  expect(await exporting({ project, job: 2 ** 40 })).toMatchObject({
    error: { type: "job-not-found" },
  });
  expect(await exporting({ project: "nowhere" })).toMatchObject({
    error: { type: "project-not-found" },
  });
});

test("labels of an older schema are exported after those of the newest, if anybody gave one", async () => {
  const { project } = await examples();
  const [tone, topics] = toneSchema.labels;
  const mood = { ...tone, name: "mood" };
  const replaced = SchemaDocument.parse({ labels: [mood, topics] });
  given(await schemas.set(engine, ann, { project, document: replaced, orphan: true }));
  const never = SchemaDocument.parse({ labels: [topics, { ...tone, name: "1" }] });
  given(await schemas.set(engine, ann, { project, document: never, orphan: true }));
  const header = (await exported({ project, format: "csv" })).split("\n")[0] ?? "";
  const models = header.split(",").filter((column) => column.endsWith(".model"));
  expect(models).toEqual(["topics.model", "1.model", "tone.model"]);
  const [first] = await exportedLines({ project });
  expect(Object.keys(first.labels).sort()).toEqual(["1", "tone", "topics"]);
});

const many = 3000;

async function bigProject() {
  const made = await labelledProject(engine, {
    texts: Array.from({ length: many }, (_, n) => `text ${n} ${"x".repeat(n % 400)}`),
  });
  const labels = Array.from(
    { length: many },
    (_, n): LabelFixture => ({
      record: n,
      by: { job: 0 },
      value: n % 2 === 0 ? "pos" : "neg",
      confidence: n / many,
    }),
  );
  await made.label(labels);
  return made;
}

test("a long export comes in chunks, every record once, and again the same bytes", async () => {
  const { project } = await bigProject();
  for (const format of ["jsonl", "csv"] as const) {
    const chunks = await Array.fromAsync(given(await exporting({ project, format })));
    expect(chunks.length).toBeGreaterThan(5);
    for (const chunk of chunks.slice(0, -1)) expect(chunk.length).toBeGreaterThanOrEqual(65_536);
    expect(Math.max(...chunks.map((chunk) => chunk.length))).toBeLessThan(70_000);
    expect(await exported({ project, format })).toBe(chunks.join(""));
  }
  const lines = await exportedLines({ project });
  expect(lines.map(({ key }) => key)).toEqual(Array.from({ length: many }, (_, n) => `r${n}`));
  expect(lines.every(({ labels }) => labels.tone.model !== null)).toBe(true);
});

test("an export is of one moment, whatever happens while it runs", async () => {
  const { project, id } = await bigProject();
  const before = await exported({ project });
  const stream = given(await exporting({ project }))[Symbol.asyncIterator]();
  const first = await stream.next();
  await imported(engine, project, "id,text\nlate,late\n");
  await engine.db.deleteFrom("labels").where("project_id", "=", id).execute();
  let text = String(first.value);
  for (let next = await stream.next(); !next.done; next = await stream.next()) text += next.value;
  expect(text).toBe(before);
});

test("an export reads no further than it is taken, and who stops early gives the connection back", async () => {
  const { project } = await bigProject();
  const { pool } = engine;
  for await (const chunk of given(await exporting({ project }))) {
    expect(chunk.length).toBeGreaterThan(0);
    expect(pool.totalCount - pool.idleCount).toBe(1);
    break;
  }
  expect(pool.totalCount - pool.idleCount).toBe(0);
  given(await exporting({ project }));
  expect(pool.totalCount - pool.idleCount).toBe(0);
});
