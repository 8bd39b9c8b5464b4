import { agents, jobs, startWorker } from "@countersign/engine";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { freshEngine } from "../../../test/fresh-database.ts";
import { given } from "../../../test/given.ts";
import {
  agentOf,
  environmentOf,
  expectWhole,
  key,
  type Passage,
  paid,
  runBatches,
  simulated,
  submits,
  wayTo,
} from "./batching.ts";
import { ann, labellingProject, texts, until, untilAtRest } from "./labelling.ts";

test("a budget of tokens is not overrun by a whole batch, and with more of it the job goes on", async () => {
  await using simulator = await simulated(60);
  await using engine = await freshEngine(environmentOf(simulator.url));
  const worker = startWorker(engine);
  await labellingProject(engine, "p", texts(60));
  const agent = await agentOf(engine, "openai");
  const tokens = 2000;
  const { id } = await runBatches(engine, agent, { budget: { tokens } });
  const paused = await untilAtRest(engine, "p", id);
  expect(paused).toMatchObject({
    state: "paused",
    pause: { reason: "budget", next: expect.stringContaining("--budget-tokens 4000") },
  });
  const { inputTokens, outputTokens } = paused.progress;
  expect(inputTokens + outputTokens).toBeLessThanOrEqual(tokens);
  expect(inputTokens + outputTokens).toBeGreaterThan(tokens / 2);
  const named = { project: "p", job: id };
  given(await jobs.resume(engine, ann, { ...named, budget: { tokens: 1_000_000 } }));
  expect(await untilAtRest(engine, "p", id)).toMatchObject({ state: "done" });
  await expectWhole(engine, id, { labelled: 60 });
  expect(paid(simulator)).toEqual({ answered: 60, prompts: 60 });
  await worker.stop();
});

test("a budget of records ends the submitting at so many", async () => {
  await using simulator = await simulated(30);
  await using engine = await freshEngine(environmentOf(simulator.url));
  const worker = startWorker(engine);
  await labellingProject(engine, "p", texts(30));
  const { id } = await runBatches(engine, await agentOf(engine, "anthropic"), {
    budget: { records: 12 },
  });
  expect(await untilAtRest(engine, "p", id)).toMatchObject({
    state: "paused",
    pause: { what: expect.stringContaining("12 records") },
    progress: { outcomes: { labelled: 12 } },
  });
  expect(paid(simulator)).toEqual({ answered: 12, prompts: 12 });
  await worker.stop();
});

test("an account that has too much under way is sent smaller batches, later", async () => {
  await using simulator = await simulated(40);
  let uploaded = 0;
  const sizes: number[] = [];
  await using way = await wayTo(simulator, (passing): Passage => {
    const { path, body } = passing;
    if (path.endsWith("/files")) uploaded = body.split('"custom_id"').length - 1;
    if (submits(passing)) {
      sizes.push(uploaded);
      if (uploaded > 12) return { status: 200, body: { id: "batch_full", status: "validating" } };
    }
    if (path.endsWith("/batches/batch_full"))
      return {
        status: 200,
        body: {
          id: "batch_full",
          status: "failed",
          errors: {
            data: [{ code: "token_limit_exceeded", message: "Enqueued token limit reached." }],
          },
        },
      };
    return "let-through";
  });
  await using engine = await freshEngine(environmentOf(way.url));
  const worker = startWorker(engine);
  await labellingProject(engine, "p", texts(40));
  const { id } = await runBatches(engine, await agentOf(engine, "openai"));
  expect(await untilAtRest(engine, "p", id)).toMatchObject({ state: "done" });
  await expectWhole(engine, id, { labelled: 40 });
  expect(sizes.slice(0, 2)).toEqual([40, 20]);
  expect(sizes.filter((size) => size <= 12).reduce((sum, size) => sum + size, 0)).toBe(40);
  expect(paid(simulator)).toEqual({ answered: 40, prompts: 40 });
  const { items } = given(await jobs.batches(engine, { project: "p", job: id, limit: 20 }));
  const turnedDown = items.filter(({ state }) => state === "turned-down");
  expect(turnedDown).toHaveLength(sizes.filter((size) => size > 12).length);
  expect(turnedDown[0]?.message).toBe("Enqueued token limit reached.");
  await worker.stop();
});

test("what is under way when a job is paused is stored all the same; resumed it pays for the rest alone", async () => {
  await using simulator = await simulated(20, { batch: { durationMs: 600 } });
  await using engine = await freshEngine(environmentOf(simulator.url));
  const worker = startWorker(engine);
  await labellingProject(engine, "p", texts(20));
  const { id } = await runBatches(engine, await agentOf(engine, "openai"));
  const named = { project: "p", job: id };
  const batches = async () => given(await jobs.get(engine, named)).batches;
  await until(async () => (await batches())?.underWay === 1);
  await sql`update jobs set state = 'paused' where id = ${id}`.execute(engine.db);
  await until(async () => (await batches())?.ended === 1);
  const { state, progress } = given(await jobs.get(engine, named));
  expect(state).toBe("paused");
  expect(progress.calls).toBe(20);
  const { rows } = await sql`select from replies`.execute(engine.db);
  expect(rows).toHaveLength(20);
  given(await jobs.resume(engine, ann, named));
  expect(await untilAtRest(engine, "p", id)).toMatchObject({ state: "done" });
  await expectWhole(engine, id, { labelled: 20 });
  expect(paid(simulator)).toEqual({ answered: 20, prompts: 20 });
  await worker.stop();
});

test("a second call goes into a second batch, and all samples of an item into one", async () => {
  await using simulator = await simulated(5, {
    replies: [
      ...texts(5).map((match, i) => ({
        match,
        reply: i === 2 ? "The tone is fine." : "tone: good",
      })),
      { match: "The tone is fine.", reply: "tone: good" },
    ],
  });
  await using engine = await freshEngine(environmentOf(simulator.url));
  const worker = startWorker(engine);
  await labellingProject(engine, "p", texts(5));
  const agent = given(
    await agents.create(engine, ann, {
      project: "p",
      model: { provider: "openai", model: "simulated-small" },
      parameters: { temperature: 1, topLogprobs: 0 },
      prompt: {},
      confidence: { by: "self-consistency", samples: 3 },
      refine: { system: "Map the answer onto an option.", user: "{{text}}" },
    }),
  );
  const { id } = await runBatches(engine, agent);
  const job = await untilAtRest(engine, "p", id);
  expect(job).toMatchObject({
    state: "done",
    progress: { outcomes: { labelled: 5 }, calls: 16 },
    batches: { ended: 2, requests: 16 },
  });
  const { items } = given(await jobs.batches(engine, { project: "p", job: id, limit: 5 }));
  expect(items.map(({ requests }) => requests)).toEqual([1, 15]);
  const { rows } = await sql`select confidence from labels`.execute(engine.db);
  expect(rows).toEqual(Array.from({ length: 5 }, () => ({ confidence: 1 })));
  await worker.stop();
});

test("items that failed by single requests are asked again, too, and no more than they", async () => {
  await using simulator = await simulated(10, {
    faults: [{ fault: "500", share: 0.5, attempts: { from: 1, to: 1 } }],
  });
  await using engine = await freshEngine(environmentOf(simulator.url));
  const worker = startWorker(engine);
  await labellingProject(engine, "p", texts(10));
  const { id } = await runBatches(engine, await agentOf(engine, "openai"), {
    batch: undefined,
    maxAttempts: 1,
    concurrency: 1,
  });
  const { progress, state } = await untilAtRest(engine, "p", id);
  const { failed } = progress.outcomes;
  expect(state).toBe("done");
  expect(failed).toBeGreaterThan(0);
  given(await jobs.retry(engine, ann, { project: "p", job: id }));
  expect(await untilAtRest(engine, "p", id)).toMatchObject({
    state: "done",
    progress: { calls: 10 + failed, reasons: {} },
  });
  await expectWhole(engine, id, { labelled: 10 });
  await worker.stop();
});

test("a job that is deleted has its batch cancelled and removed at the provider, and leaves nothing here", async () => {
  await using simulator = await simulated(10, { batch: { durationMs: 5000 } });
  await using engine = await freshEngine(environmentOf(simulator.url));
  const worker = startWorker(engine);
  await labellingProject(engine, "p", texts(10));
  const { id } = await runBatches(engine, await agentOf(engine, "anthropic"));
  const named = { project: "p", job: id };
  await until(async () => given(await jobs.get(engine, named)).batches?.underWay === 1);
  await until(() => simulator.calls.batched.total > 1);
  given(await jobs.remove(engine, ann, named));
  await until(async () => (await sql`select from jobs`.execute(engine.db)).rows.length === 0);
  const { rows } = await sql`select from replies`.execute(engine.db);
  expect(rows).toEqual([]);
  expect(paid(simulator).answered).toBeLessThan(10);
  const headers = { "x-api-key": key, "anthropic-version": "2023-06-01" };
  const left = await fetch(`${simulator.url}/messages/batches`, { headers });
  expect(await left.json()).toMatchObject({ data: [] });
  await worker.stop();
});
