import { startWorker } from "@countersign/engine";
import type { Countersign } from "@countersign/sdk";
import { type Reply, type Simulator, startSimulator } from "@countersign/simulator";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startServer, type TestServer } from "./running-server.ts";

/** Twenty texts, five of which the model gets wrong. */
const texts = Array.from({ length: 20 }, (_, n) => ({
  id: `r${n}`,
  text: `message number ${n}`,
  gold: n % 2 === 0 ? "positive" : "negative",
  said: n % 4 === 3 ? "positive" : n % 2 === 0 ? "positive" : "negative",
}));

const project = "tones";
const label = "tone";

let simulator: Simulator;
let server: TestServer;
let client: Countersign;
let worker: ReturnType<typeof startWorker>;
beforeAll(async () => {
  const replies = texts.map(({ text, said }): Reply => ({ match: text, reply: `tone: ${said}` }));
  simulator = await startSimulator({ replies, port: 0 });
  server = await startServer();
  client = server.client;
  worker = startWorker(server.engine);
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
  const mapping = { key: "id", text: "text", gold: { [label]: "gold" } };
  const file = texts.map(({ id, text, gold }) => JSON.stringify({ id, text, gold })).join("\n");
  await client.records.import({ project, format: "jsonl", mapping, file });
});
afterAll(async () => {
  await worker.stop();
  await server[Symbol.asyncDispose]();
  await simulator.close();
});

const model = () => ({
  provider: "openai-compatible" as const,
  model: "simulated-small",
  baseUrl: simulator.url,
});

test("records are labelled, watched, verified, measured and exported", async () => {
  const preview = await client.agents.preview({ project, agent: { model: model() }, records: 1 });
  expect(preview.prompts[0]?.user).toContain("message number 0");

  const agent = await client.agents.create({ project, model: model() });
  expect(agent.created).toBe(true);
  expect((await client.agents.create({ project, model: model() })).created).toBe(false);

  const started = await client.jobs.run({ project, agent: agent.id.slice(0, 12) });
  const states: string[] = [];
  let job = started;
  for await (job of client.jobs.watch({ project, job: started.id })) states.push(job.state);
  expect(states.at(-1)).toBe("done");
  expect(job).toMatchObject({
    simulated: true,
    progress: { total: 20, remaining: 0, outcomes: { labelled: 20, failed: 0 } },
  });
  expect((await client.jobs.list({ project })).items).toEqual([job]);
  expect((await client.agents.get({ project, agent: agent.name })).jobs).toEqual([job.id]);

  const items = await client.jobs.items({ project, job: job.id, outcome: "labelled", limit: 3 });
  expect(items.items.map((item) => item.record.key)).toEqual(["r0", "r1", "r2"]);
  let all = 0;
  for await (const _ of client.jobs.allItems({ project, job: job.id, limit: 7 })) all += 1;
  expect(all).toBe(20);

  const wrong = await client.records.search({ project, where: { key: ["r3", "r7"] } });
  const decisions = wrong.records.flatMap((record) =>
    record.labels
      .filter((one) => one.annotator.job === job.id)
      .map((one) => ({ label: one.id, verdict: "CORRECTS" as const, value: "neg" })),
  );
  const { labels } = await client.verifications.record({ project, decisions });
  expect(labels.map((one) => [one.status, one.value, one.verified?.value])).toEqual([
    ["corrected", "pos", "neg"],
    ["corrected", "pos", "neg"],
  ]);
  expect(await client.jobs.labels({ project, job: job.id, label })).toMatchObject({
    statuses: { corrected: 2, unverified: 18 },
  });

  const evaluation = await client.evaluations.compare({ project, job: job.id });
  expect(evaluation.accuracy).toMatchObject({ hits: 15, n: 20 });

  const exported = await new Response(await client.records.export({ project, job: job.id })).text();
  const lines = exported
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines[3].labels[label]).toMatchObject({
    model: { value: "pos", simulated: true },
    verification: { verdict: "corrected", value: "neg" },
    final: { value: "neg", source: "corrected" },
    gold: "neg",
  });
});

test("what names nothing is told so", async () => {
  const nothing = 999_999;
  const calls: Readonly<Record<string, () => Promise<unknown>>> = {
    "agent-not-found": () => client.agents.get({ project, agent: "gpt-none" }),
    "job-not-found": () => client.evaluations.compare({ project, job: nothing }),
    "label-not-in-schema": () =>
      client.agents.create({ project, model: model(), labels: ["mood"] }),
    "label-not-found": () =>
      client.verifications.record({
        project,
        decisions: [{ label: nothing, verdict: "CONFIRMS" }],
      }),
  };
  for (const [type, call] of Object.entries(calls))
    await expect(call()).rejects.toMatchObject({ problem: { type } });
});

test("watching a job that is not there is a problem and no stream", async () => {
  const watched = client.jobs.watch({ project, job: 999_999 });
  await expect(watched.next()).rejects.toMatchObject({ problem: { type: "job-not-found" } });
});
