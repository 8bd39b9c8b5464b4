import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { SchemaDocument } from "@countersign/core";
import { startWorker } from "@countersign/engine";
import { type Call, Fault, itemOf, startSimulator } from "@countersign/simulator";
import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { hasSharedData, sharedData } from "../../../test/shared-data.ts";
import { startServer } from "./running-server.ts";

interface Row {
  readonly text: string;
  readonly Y: string;
  readonly "Yhat (GPT4o)": string;
}

const project = "stance";
const faults = (names: readonly Fault[], share: number) =>
  names.map((fault) => ({ fault, share: share / names.length }));
const passing = Fault.extract([
  "429",
  "500",
  "503",
  "timeout",
  "reset",
  "malformed",
  "truncated",
  "empty",
]).options;

/** The stance data labelled by the real model's recorded answers while calls go wrong. */
async function labelled(rules: ReturnType<typeof faults>) {
  const rows = parse<Row>(await readFile(join(sharedData, "stance/stance.csv")), {
    columns: true,
    bom: true,
  });
  const calls: Call[] = [];
  const answers = new Map(rows.map((row) => [row.text, row["Yhat (GPT4o)"]]));
  const stack = new AsyncDisposableStack();
  const simulator = await startSimulator({
    replies: [...answers].map(([match, said]) => ({ match, reply: `stance: ${said}` })),
    port: 0,
    faults: rules,
    log: (call) => calls.push(call),
  });
  stack.defer(simulator.close);
  const { client, engine } = stack.use(await startServer());
  const worker = startWorker(engine);
  stack.defer(worker.stop);

  await client.projects.create({ name: project });
  const schema = await readFile(
    join(import.meta.dirname, "../../../examples/stance/schema.json"),
    "utf8",
  );
  await client.schemas.set({ project, ...SchemaDocument.parse(JSON.parse(schema)) });
  await client.records.import({
    project,
    format: "jsonl",
    mapping: { key: "id", text: "text", gold: { stance: "gold" } },
    file: rows
      .map(({ text, Y }, id) => JSON.stringify({ id: String(id), text, gold: Y }))
      .join("\n"),
  });
  const agent = await client.agents.create({
    project,
    model: { provider: "openai-compatible", model: "simulated-small", baseUrl: simulator.url },
    parameters: { topLogprobs: 0 },
  });
  // Twenty attempts, so that one item's bad luck does not end it: 0.2 to the twentieth is never.
  const settings = { concurrency: 64, maxAttempts: 20, timeoutSeconds: 3 };
  let job = await client.jobs.run({ project, agent: agent.id, settings });
  for await (job of client.jobs.watch({ project, job: job.id }));
  return { rows, calls, client, job, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

describe.skipIf(!hasSharedData)("2,299 real sentences (needs ../shared/data)", () => {
  test("come to the same 1,729 right labels while one call in five fails in every passing way", {
    timeout: 180_000,
  }, async () => {
    await using run = await labelled(faults(passing, 0.2));
    const { client, job, calls } = run;
    expect(job).toMatchObject({ state: "done", progress: { outcomes: { labelled: 2299 } } });
    const { accuracy } = await client.evaluations.compare({ project, job: job.id });
    expect(accuracy).toMatchObject({ hits: 1729, n: 2299 });
    const failed = calls.filter(({ outcome }) => outcome !== "answered");
    expect(new Set(failed.map(({ outcome }) => outcome))).toEqual(new Set(passing));
    expect(failed.length / calls.length).toBeGreaterThan(0.15);
    // Whatever was answered was kept: no text got two answers.
    const answered = calls.flatMap(({ outcome, item }) => (outcome === "answered" ? item : []));
    expect(new Set(answered).size).toBe(answered.length);
  });

  test("end as their replies say where the model refuses or errs, counted to the item", {
    timeout: 180_000,
  }, async () => {
    await using run = await labelled([
      ...faults(["500", "reset", "malformed"], 0.1),
      ...faults(["refusal", "wrong-label"], 0.1),
    ]);
    const { client, job, calls, rows } = run;
    const fates = new Map(
      calls.flatMap(({ item, outcome }) =>
        item !== null && ["answered", "refusal", "wrong-label"].includes(outcome)
          ? [[item, outcome] as const]
          : [],
      ),
    );
    const fateOf = ({ text }: Row) => fates.get(itemOf(text));
    const refused = rows.filter((row) => fateOf(row) === "refusal").length;
    expect(refused).toBeGreaterThan(50);
    expect(job).toMatchObject({
      state: "done",
      progress: {
        outcomes: { labelled: 2299 - refused, refused, "invalid-reply": 0, failed: 0 },
        reasons: { refusal: refused },
      },
    });

    let checked = 0;
    for await (const { records } of client.records.pages({ project, limit: 1000 }))
      for (const { key, labels } of records) {
        const row = rows[Number(key)];
        const value = labels.find(({ annotator }) => annotator.job === job.id)?.value;
        const said = row?.["Yhat (GPT4o)"];
        const fate = row && fateOf(row);
        if (fate === "answered") expect(value).toBe(said);
        else if (fate === "refusal") expect(value).toBeUndefined();
        else expect([value === undefined, value === said]).toEqual([false, false]);
        checked += 1;
      }
    expect(checked).toBe(2299);
  });
});
