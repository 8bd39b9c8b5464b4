import { startWorker } from "@countersign/engine";
import { type Reply, startSimulator } from "@countersign/simulator";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { startServer } from "./running-server.ts";

const project = "tones";
const label = "tone";
const said = ["positive", "positive", "positive", "positive", "no idea", "negative"];

/** A project with a finished job, one record a reply. */
async function finishedJob() {
  const stack = new AsyncDisposableStack();
  const server = stack.use(await startServer());
  const replies = said.map(
    (word, n): Reply => ({ match: `message ${n}.`, reply: `tone: ${word}` }),
  );
  const simulator = stack.adopt(await startSimulator({ replies, port: 0 }), (one) => one.close());
  const worker = stack.adopt(startWorker(server.engine), (one) => one.stop());
  const { client, engine } = server;
  await client.projects.create({ name: project });
  await client.schemas.set({
    project,
    labels: [
      {
        name: label,
        options: [
          { value: "pos", text: "positive" },
          { value: "neg", text: "negative" },
        ],
      },
    ],
  });
  const file = said
    .map((_, n) => JSON.stringify({ id: `r${n}`, text: `message ${n}.` }))
    .join("\n");
  await client.records.import({
    project,
    format: "jsonl",
    mapping: { key: "id", text: "text" },
    file,
  });
  const agent = await client.agents.create({
    project,
    model: { provider: "openai-compatible", model: "simulated-small", baseUrl: simulator.url },
  });
  let job = await client.jobs.run({ project, agent: agent.id });
  for await (job of client.jobs.watch({ project, job: job.id }));
  const labelOf = async (n: number) => {
    const { items } = await client.records
      .search({ project, where: { key: [`r${n}`] } })
      .then(({ records }) => ({ items: records }));
    return items[0]?.labels[0];
  };
  /** What a reply says, in a version whose rules read it otherwise, stands in for other rules here. */
  const otherwise = (n: number, text: string) =>
    sql`update replies set text = ${text} from job_items, records
      where replies.key = any(job_items.reply_keys) and records.id = job_items.record_id
        and records.key = ${`r${n}`}`.execute(engine.db);
  return { stack, client, worker, simulator, job, labelOf, otherwise };
}

test("stored replies are read again: what a person judged stays, all else follows, nothing is called", async () => {
  const { stack, client, simulator, job, labelOf, otherwise } = await finishedJob();
  await using _ = stack;
  expect(job.progress).toMatchObject({
    outcomes: { labelled: 5, "invalid-reply": 1 },
    distribution: { tone: { pos: 4, neg: 1 } },
    reasons: { "unknown-option": 1 },
  });
  const ids = await Promise.all([0, 1, 2].map(async (n) => (await labelOf(n))?.id ?? 0));
  const record = (verdict: "CONFIRMS" | "RETRACTS", ...labels: number[]) =>
    client.verifications.record({
      project,
      decisions: labels.map((one) => ({ label: one, verdict })),
    });
  await record("CONFIRMS", ...ids.slice(0, 2));
  await record("RETRACTS", ...ids.slice(1, 2));
  // Confirmed, retracted, unverified, unverified, without a label, the same.
  await otherwise(0, "tone: negative");
  await otherwise(1, "hm");
  await otherwise(2, "tone: negative");
  await otherwise(3, "hm");
  await otherwise(4, "tone: positive");
  const calls = simulator.calls.total;

  const again = await client.jobs.reextract({ project, job: job.id });
  expect(again).toEqual({
    replies: 6,
    gained: 1,
    changed: 1,
    lost: 1,
    kept: 2,
    outcomes: 2,
    next: null,
  });
  expect(await Promise.all([0, 1, 2, 3, 4, 5].map(async (n) => (await labelOf(n))?.value))).toEqual(
    ["pos", "pos", "neg", undefined, "pos", "neg"],
  );
  expect(await labelOf(0)).toMatchObject({ status: "confirmed", verified: { value: "pos" } });
  const { progress, state } = await client.jobs.get({ project, job: job.id });
  expect(state).toBe("done");
  expect(progress).toMatchObject({
    outcomes: { labelled: 5, "invalid-reply": 1 },
    distribution: { tone: { pos: 3, neg: 2 } },
    calls: job.progress.calls,
    cost: job.progress.cost,
  });
  expect(Object.keys(progress.reasons)).toHaveLength(1);
  expect(simulator.calls.total).toBe(calls);

  expect(await client.jobs.reextract({ project, job: job.id })).toEqual({
    replies: 6,
    gained: 0,
    changed: 0,
    lost: 0,
    kept: 2,
    outcomes: 0,
    next: null,
  });
  expect((await client.jobs.get({ project, job: job.id })).progress).toEqual(progress);
});

test("a label knows the prompt and the reply it came from; one that no job made has none", async () => {
  const { stack, client, job, labelOf } = await finishedJob();
  await using _ = stack;
  const made = await labelOf(5);
  const label = made?.id ?? 0;
  expect(await client.labels.reply({ project, label })).toEqual({
    label,
    job: job.id,
    calls: [
      {
        prompt: {
          system: expect.stringContaining("Label: tone"),
          user: "<text>\nmessage 5.\n</text>",
        },
        reply: "tone: negative",
        at: expect.any(String),
        finish: "stop",
        inputTokens: expect.any(Number),
        outputTokens: expect.any(Number),
        cost: 0,
        latency: expect.any(Number),
        model: "simulated-small",
        simulated: true,
        refines: false,
      },
    ],
    metadata: made?.metadata,
  });
  expect(made?.metadata).toMatchObject({
    rule: "line/exact",
    attempts: 1,
    finishReason: "stop",
    model: expect.any(String),
    latency: expect.any(Number),
    inputTokens: expect.any(Number),
    outputTokens: expect.any(Number),
    cost: 0,
  });
  await expect(client.labels.reply({ project, label: 999_999 })).rejects.toMatchObject({
    problem: { type: "label-not-found" },
  });
});

test("reading again goes on after the item it was told of", async () => {
  const { stack, client, job } = await finishedJob();
  await using _ = stack;
  const rest = await client.jobs.reextract({ project, job: job.id, after: "3" });
  expect(rest).toMatchObject({ replies: 2, changed: 0, next: null });
});

test("the replies of a job that is not at rest are left alone", async () => {
  const { stack, client, worker, job } = await finishedJob();
  await using _ = stack;
  await worker.stop();
  const next = await client.jobs.run({ project, agent: job.agent.id });
  await expect(client.jobs.reextract({ project, job: next.id })).rejects.toMatchObject({
    problem: { type: "job-not-possible" },
  });
});
