import { agents, jobs, startWorker } from "@countersign/engine";
import { expect, test } from "vitest";
import { freshEngine } from "../../../test/fresh-database.ts";
import { given } from "../../../test/given.ts";
import {
  agentAt,
  ann,
  labellingProject,
  runJob,
  settings,
  texts,
  untilAtRest,
} from "./labelling.ts";
import { completion, startProvider } from "./provider.ts";

/** Each of its answers takes 12 tokens. */
const goodProvider = () => startProvider((call) => call.send(200, completion("tone: good")));

test("a job pauses when its tokens are used up, at most what was under way above, and goes on with more", async () => {
  await using engine = await freshEngine();
  await using provider = await goodProvider();
  await labellingProject(engine, "p", texts(300));
  const agent = await agentAt(engine, "p", provider.address);
  const worker = startWorker(engine);
  const { id } = await runJob(engine, "p", agent, { concurrency: 4, budget: { tokens: 1200 } });
  const paused = await untilAtRest(engine, "p", id);
  expect(paused).toMatchObject({
    state: "paused",
    pause: {
      reason: "budget",
      what: expect.stringContaining("1200 tokens"),
      next: expect.stringContaining(`job resume ${id} --budget-tokens 2400`),
    },
  });
  expect(provider.calls.length).toBeGreaterThanOrEqual(100);
  expect(provider.calls.length).toBeLessThanOrEqual(104);

  const named = { project: "p", job: id };
  expect(await jobs.resume(engine, ann, named)).toMatchObject({
    error: { type: "job-not-possible", what: expect.stringContaining("1200 tokens") },
  });
  const resumed = given(await jobs.resume(engine, ann, { ...named, budget: { tokens: 100_000 } }));
  expect(resumed.settings.budget).toEqual({ tokens: 100_000 });
  expect(await untilAtRest(engine, "p", id)).toMatchObject({
    state: "done",
    progress: { outcomes: { labelled: 300 }, calls: 300 },
  });
  await worker.stop();
});

test("several workers keep to one budget of records; what was paid for is stored", async () => {
  await using engine = await freshEngine();
  await using provider = await startProvider((call) => {
    setTimeout(() => call.send(200, completion("tone: good")), 100);
  });
  await labellingProject(engine, "p", texts(1000));
  const agent = await agentAt(engine, "p", provider.address);
  const workers = [startWorker(engine), startWorker(engine)];
  const { id } = await runJob(engine, "p", agent, { concurrency: 4, budget: { records: 200 } });
  await untilAtRest(engine, "p", id);
  for (const worker of workers) await worker.stop();
  const job = given(await jobs.get(engine, { project: "p", job: id }));
  expect(job.pause?.reason).toBe("budget");
  expect(job.progress.outcomes.labelled).toBeGreaterThanOrEqual(200);
  expect(job.progress.outcomes.labelled).toBeLessThanOrEqual(216);
  expect(job.progress.calls).toBe(job.progress.outcomes.labelled);
  expect(provider.calls).toHaveLength(job.progress.calls);
});

test("a budget in dollars needs a known price", async () => {
  await using engine = await freshEngine();
  await labellingProject(engine, "p", texts(1));
  const agent = await agentAt(engine, "p", "http://127.0.0.1:1/v1");
  const asked = { project: "p", agent: agent.id, settings: { ...settings, budget: { usd: 1 } } };
  expect(await jobs.run(engine, ann, asked)).toMatchObject({
    error: { type: "job-not-possible", next: expect.stringContaining("tokens or records") },
  });
  const priced = given(
    await agents.create(engine, ann, {
      project: "p",
      model: { provider: "openai", model: "gpt-4.1-mini" },
      parameters: { topLogprobs: 5 },
      prompt: {},
    }),
  );
  expect(await jobs.run(engine, ann, { ...asked, agent: priced.id })).toMatchObject({ ok: true });
});
