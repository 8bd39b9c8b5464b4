import type { Label } from "@countersign/core";
import { startWorker } from "@countersign/engine";
import type { Countersign } from "@countersign/sdk";
import { type Reply, type Simulator, startSimulator } from "@countersign/simulator";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startServer, type TestServer } from "./running-server.ts";

const project = "tones";
const label = "tone";
const texts = Array.from({ length: 6 }, (_, n) => `message number ${n}`);

/** What each model says: the first tells even from odd, the second is always glad, the third will not say of the last. */
const models = {
  "simulated-exact": (n: number) => (n % 2 === 0 ? "positive" : "negative"),
  "simulated-glad": () => "positive",
  "simulated-shy": (n: number) => (n === 5 ? "who knows" : n < 2 ? "negative" : "positive"),
} as const;
type Model = keyof typeof models;

let simulator: Simulator;
let server: TestServer;
let client: Countersign;
let worker: ReturnType<typeof startWorker>;
beforeAll(async () => {
  const replies = (Object.keys(models) as Model[]).flatMap((model) =>
    texts.map((match, n): Reply => ({ match, model, reply: `tone: ${models[model](n)}` })),
  );
  simulator = await startSimulator({ replies, port: 0 });
  server = await startServer();
  client = server.client;
  worker = startWorker(server.engine);
  await client.projects.create({ name: project });
  const options = ["positive", "negative"].map((text) => ({ value: text.slice(0, 3), text }));
  await client.schemas.set({ project, labels: [{ name: label, options }] });
  const file = texts.map((text, id) => JSON.stringify({ id: String(id), text })).join("\n");
  const mapping = { key: "id", text: "text" };
  await client.records.import({ project, format: "jsonl", mapping, file });
});
afterAll(async () => {
  await worker.stop();
  await server[Symbol.asyncDispose]();
  await simulator.close();
});

/** Runs a model over all records, or the first so many, and answers the job's number. */
async function finished(model: Model, limit?: number, settings = {}): Promise<number> {
  const agent = await client.agents.create({
    project,
    model: { provider: "openai-compatible", model, baseUrl: simulator.url },
    parameters: { topLogprobs: 0 },
  });
  const { id } = await client.jobs.run({
    project,
    agent: agent.id,
    settings,
    ...(limit !== undefined && { limit }),
  });
  for await (const { state } of client.jobs.watch({ project, job: id }))
    if (state === "done") return id;
  throw new Error("the job ended otherwise");
}

/** The job's labels, in order of the records' keys. */
async function labelsOf(job: number): Promise<Label[]> {
  const { records } = await client.records.search({ project, sort: { by: "key" } });
  return records.flatMap(({ labels }) => labels.filter(({ annotator }) => annotator.job === job));
}

const confidencesOf = async (job: number) =>
  (await labelsOf(job)).map(({ confidence }) => confidence);

test("agreement is the share of jobs that say the same, of those that were asked about the record", async () => {
  const job = await finished("simulated-exact");
  const others = [await finished("simulated-glad", 3), await finished("simulated-shy")];
  expect(await client.confidences.agree({ project, job, label, with: others })).toEqual({
    method: "agreement",
    set: 6,
    without: 0,
    next: null,
  });
  expect(await confidencesOf(job)).toEqual([2 / 3, 2 / 3, 1, 1 / 2, 1, 1 / 2]);

  const [glad = 0] = others;
  expect(await client.confidences.agree({ project, job, label, with: [glad] })).toMatchObject({
    set: 3,
    without: 3,
  });
  expect(await confidencesOf(job)).toEqual([1, 1 / 2, 1, null, null, null]);
});

test("a confidence of one's own is put in force, the one before is kept, and can be put in force again", async () => {
  const job = await finished("simulated-exact", 4, { reuse: false });
  await client.confidences.agree({ project, job, label, with: [await finished("simulated-glad")] });
  const agreed = await confidencesOf(job);
  const seen: string[] = [];
  const done = await client.confidences.compute(
    { project, job, label, method: "user:by-length" },
    (one, { record, replies }) => {
      seen.push(`${record.key} ${one.value} ${replies.join()}`);
      return record.key === "2" ? null : Number(record.key) / 10;
    },
  );
  expect(done).toEqual({ set: 3, without: 1 });
  expect(seen.toSorted()).toEqual([
    "0 pos tone: positive",
    "1 neg tone: negative",
    "2 pos tone: positive",
    "3 neg tone: negative",
  ]);
  expect(await confidencesOf(job)).toEqual([0, 0.1, null, 0.3]);
  const [first] = await labelsOf(job);
  expect(first).toMatchObject({
    confidenceMethod: "user:by-length",
    metadata: { confidences: { agreement: 1, "user:by-length": 0 } },
  });
  expect(await client.confidences.list({ project, job, label })).toEqual({
    label,
    labels: 4,
    inForce: [{ method: "user:by-length", labels: 3 }],
    kept: [
      { method: "agreement", labels: 4 },
      { method: "user:by-length", labels: 3 },
    ],
  });

  const choose = { project, job, label, method: "agreement" as const };
  expect(await client.confidences.choose(choose)).toMatchObject({ set: 4, without: 0 });
  expect(await confidencesOf(job)).toEqual(agreed);
  expect(await client.confidences.choose(choose)).toMatchObject({ set: 4, without: 0 });
  expect(await confidencesOf(job)).toEqual(agreed);
});

test("what would be no confidence is refused, and nothing is changed", async () => {
  const job = await finished("simulated-exact");
  const shy = await finished("simulated-shy");
  const before = await client.confidences.list({ project, job, label });
  const twin = await finished("simulated-exact");
  const [foreign] = await labelsOf(shy);
  const stray = [{ label: foreign?.id ?? 0, confidence: 1 }];
  const these = { project, job, label };
  const refused: (() => Promise<unknown>)[] = [
    () => client.confidences.agree({ ...these, with: [job] }),
    () => client.confidences.agree({ ...these, with: [twin] }),
    () => client.confidences.choose({ ...these, method: "verbalised" }),
    () => client.confidences.give({ ...these, method: "user:x", values: stray }),
  ];
  for (const act of refused)
    await expect(act()).rejects.toMatchObject({
      problem: { type: "confidence-not-possible", next: expect.any(String) },
    });
  const values = [{ label: (await labelsOf(job))[0]?.id ?? 0, confidence: 1.5 }];
  await expect(
    client.confidences.give({ project, job, label, method: "user:x", values }),
  ).rejects.toMatchObject({ problem: { type: "request-invalid" } });
  await expect(
    client.confidences.compute({ project, job, label, method: "user:x" }, () => Number.NaN),
  ).rejects.toThrow(RangeError);
  await expect(client.confidences.list({ project, job, label: "mood" })).rejects.toMatchObject({
    problem: { type: "label-not-in-schema" },
  });
  expect(await client.confidences.list({ project, job, label })).toEqual(before);
});
