import { startWorker } from "@countersign/engine";
import type { Countersign } from "@countersign/sdk";
import { type Reply, startSimulator } from "@countersign/simulator";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startServer } from "./running-server.ts";

const project = "tones";
const gold = ["positive", "negative", "positive", "negative"];

const stack = new AsyncDisposableStack();
let client: Countersign;
let model: { provider: "openai-compatible"; model: string; baseUrl: string };
beforeAll(async () => {
  const server = stack.use(await startServer());
  // Right about the first three texts, wrong about the last.
  const replies = gold.map(
    (_, n): Reply => ({
      match: `message ${n}.`,
      reply: `tone: ${n === 1 ? "negative" : "positive"}`,
    }),
  );
  const simulator = stack.adopt(await startSimulator({ replies, port: 0 }), (one) => one.close());
  stack.adopt(startWorker(server.engine), (one) => one.stop());
  client = server.client;
  model = { provider: "openai-compatible", model: "simulated-small", baseUrl: simulator.url };
  await client.projects.create({ name: project });
  const options = [
    { value: "pos", text: "positive" },
    { value: "neg", text: "negative" },
  ];
  await client.schemas.set({ project, labels: [{ name: "tone", options }] });
  const rows = gold.map((word, n) => ({ id: `r${n}`, text: `message ${n}.`, gold: word }));
  await client.records.import({
    project,
    format: "jsonl",
    mapping: { key: "id", text: "text", gold: { tone: "gold" } },
    file: [...rows, { id: "r4", text: "message 4.", gold: "" }]
      .map((row) => JSON.stringify(row))
      .join("\n"),
  });
});
afterAll(() => stack.disposeAsync());

test("examples are shown in the prompt as they are, and make another agent; none makes the same as ever", async () => {
  const agent = {
    model,
    examples: [
      { text: "What is {{text}}?", values: { tone: "neg" } },
      { record: "r0" },
      { record: "r1", values: { tone: "pos" } },
    ],
  };
  const { prompt, prompts } = await client.agents.preview({ project, agent, records: 1 });
  expect(prompt.examples).toEqual([
    { text: "What is {{text}}?", reply: "tone: negative" },
    { text: "message 0.", reply: "tone: positive" },
    { text: "message 1.", reply: "tone: positive" },
  ]);
  expect(prompts[0]?.system).toMatch(
    /\n\nExamples:\n\n<text>\nWhat is \{\{text\}\}\?\n<\/text>\ntone: negative\n\n<text>\nmessage 0\./,
  );
  const shown = await client.agents.create({ project, ...agent });
  const again = await client.agents.create({ project, model, prompt });
  expect(again).toMatchObject({ id: shown.id, created: false });
  const plain = await client.agents.create({ project, model });
  expect(plain.id).not.toBe(shown.id);
  expect(plain.content.prompt).not.toHaveProperty("examples");
});

test("a record that is an example is labelled, but never counted in an evaluation", async () => {
  const examples = [{ text: "message 3.", values: { tone: "neg" } }];
  const agent = await client.agents.create({ project, model, examples });
  let job = await client.jobs.run({
    project,
    agent: agent.id,
    where: { key: ["r0", "r1", "r2", "r3"] },
  });
  for await (job of client.jobs.watch({ project, job: job.id }));
  expect(job.progress.outcomes.labelled).toBe(4);
  for (const column of [{}, { gold: "gold" }])
    expect(await client.evaluations.compare({ project, job: job.id, ...column })).toMatchObject({
      examples: 1,
      accuracy: { n: 3 },
    });
});

test.each([
  ["a label left open", { text: "x", values: {} }, /no value for the label “tone”/],
  ["a record without gold", { record: "r4" }, /no value for the label “tone”/],
  ["a record that is not there", { record: "r9" }, /no record has that key/],
  [
    "a value that is no option",
    { text: "x", values: { tone: "meh" } },
    /“?"meh", which is no value/,
  ],
  ["another label", { text: "x", values: { tone: "pos", mood: "pos" } }, /not asked for/],
  ["neither text nor record", { values: { tone: "pos" } }, /a text or a record's key/],
])("an example with %s is refused", async (_, example, what) => {
  await expect(client.agents.create({ project, model, examples: [example] })).rejects.toMatchObject(
    {
      problem: { type: "agent-invalid", what: expect.stringMatching(what) },
    },
  );
});
