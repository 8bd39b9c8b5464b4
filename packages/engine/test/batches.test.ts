import { agents, jobs, startWorker } from "@countersign/engine";
import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { freshEngine } from "../../../test/fresh-database.ts";
import { given } from "../../../test/given.ts";
import {
  agentOf,
  environmentOf,
  expectWhole,
  key,
  paid,
  providers,
  runBatches,
  simulated,
} from "./batching.ts";
import { ann, labellingProject, settings, texts, until, untilAtRest } from "./labelling.ts";

describe.each(providers)("a job in %s's batches", (provider) => {
  test("labels what a job by single requests would, with one call to the model a question", async () => {
    await using simulator = await simulated(30);
    await using engine = await freshEngine(environmentOf(simulator.url));
    const worker = startWorker(engine);
    await labellingProject(engine, "p", [...texts(30), "text 3.", "text 3."]);
    const { id } = await runBatches(engine, await agentOf(engine, provider), {
      batch: { size: 12, pollSeconds: 0.1 },
    });
    const job = await untilAtRest(engine, "p", id);
    expect(job).toMatchObject({
      state: "done",
      simulated: true,
      progress: { outcomes: { labelled: 32 }, calls: 30, reused: 2, retries: 0 },
      batches: { submitting: 0, underWay: 0, ended: 3, requests: 30, answered: 30, failed: 0 },
    });
    expect(job.progress.inputTokens).toBeGreaterThan(0);
    await expectWhole(engine, id, { labelled: 32 });
    expect(paid(simulator)).toEqual({ answered: 30, prompts: 30 });
    expect(simulator.calls.total).toBe(0);
    const { items } = given(await jobs.batches(engine, { project: "p", job: id, limit: 10 }));
    expect(items.map(({ requests }) => requests)).toEqual([6, 12, 12]);
    expect(items[0]).toMatchObject({ state: "ended", answered: 6, providerId: expect.any(String) });
    await worker.stop();
  });

  test("stores what an expired batch finished, fails the rest, and asks for that singly when it is told to", async () => {
    await using simulator = await simulated(20, {
      batch: { durationMs: 1000, expiresAfterMs: 500 },
    });
    await using engine = await freshEngine(environmentOf(simulator.url));
    const worker = startWorker(engine);
    await labellingProject(engine, "p", texts(20));
    const { id } = await runBatches(engine, await agentOf(engine, provider));
    const job = await untilAtRest(engine, "p", id);
    const { labelled, failed } = job.progress.outcomes;
    expect(job).toMatchObject({
      state: "done",
      progress: { reasons: { "batch-expired": failed } },
    });
    expect(labelled).toBeGreaterThan(0);
    expect(failed).toBeGreaterThan(0);
    await expectWhole(engine, id, { labelled, failed });
    const { items } = given(
      await jobs.items(engine, { project: "p", job: id, outcome: "failed", limit: 1 }),
    );
    expect(items[0]?.message).toMatch(/expired/);

    const named = { project: "p", job: id };
    expect(given(await jobs.retry(engine, ann, named))).toMatchObject({ state: "running" });
    const again = await untilAtRest(engine, "p", id);
    expect(again).toMatchObject({ state: "done", progress: { remaining: 0, reasons: {} } });
    await expectWhole(engine, id, { labelled: 20 });
    expect(simulator.calls.total).toBe(failed);
    expect(paid(simulator)).toEqual({ answered: 20, prompts: 20 });
    expect(await jobs.retry(engine, ann, named)).toMatchObject({
      error: { type: "job-not-possible", what: expect.stringContaining("no item that failed") },
    });
    await worker.stop();
  });

  test("ends items whose lines failed as the provider says, and leaves the others alone", async () => {
    await using simulator = await simulated(20, {
      faults: [
        { fault: "context-length", share: 0.3 },
        { fault: "500", share: 0.3 },
      ],
    });
    await using engine = await freshEngine(environmentOf(simulator.url));
    const worker = startWorker(engine);
    await labellingProject(engine, "p", texts(20));
    const { id } = await runBatches(engine, await agentOf(engine, provider));
    const { progress, batches } = await untilAtRest(engine, "p", id);
    const { labelled, failed, "prompt-too-long": long } = progress.outcomes;
    expect([labelled > 0, failed > 0, long > 0]).toEqual([true, true, true]);
    expect(labelled + failed + long).toBe(20);
    expect(progress.reasons).toEqual({ "server-error": failed, "prompt-too-long": long });
    expect(batches).toMatchObject({ answered: labelled, failed: failed + long });
    await expectWhole(engine, id, { labelled, failed, "prompt-too-long": long });
    await worker.stop();
  });

  test("is cancelled within a second, its batch at the provider too, and what that finished is stored", async () => {
    await using simulator = await simulated(20, { batch: { durationMs: 3000 } });
    await using engine = await freshEngine(environmentOf(simulator.url));
    const worker = startWorker(engine);
    await labellingProject(engine, "p", texts(20));
    const { id } = await runBatches(engine, await agentOf(engine, provider));
    const named = { project: "p", job: id };
    await until(async () => given(await jobs.get(engine, named)).batches?.underWay === 1);
    await until(() => simulator.calls.batched.total > 3);
    const begun = performance.now();
    given(await jobs.cancel(engine, ann, named));
    expect(performance.now() - begun).toBeLessThan(1000);
    await expectWhole(engine, id, { cancelled: 20 });
    await until(async () => given(await jobs.get(engine, named)).batches?.ended === 1);
    const { answered, prompts } = paid(simulator);
    expect(answered).toBeLessThan(20);
    const { rows } = await sql`select key from replies`.execute(engine.db);
    expect(rows).toHaveLength(prompts);
    const { progress, state } = given(await jobs.get(engine, named));
    expect(state).toBe("cancelled");
    expect(progress.calls).toBe(answered);
    await worker.stop();
  });

  test("leaves no text at the provider", async () => {
    await using simulator = await simulated(5);
    await using engine = await freshEngine(environmentOf(simulator.url));
    const worker = startWorker(engine);
    await labellingProject(engine, "p", texts(5));
    const { id } = await runBatches(engine, await agentOf(engine, provider));
    await untilAtRest(engine, "p", id);
    await worker.stop();
    const { items } = given(await jobs.batches(engine, { project: "p", job: id, limit: 1 }));
    const headers = { authorization: `Bearer ${key}`, "x-api-key": key, "anthropic-version": "1" };
    const get = async (path: string): Promise<unknown> =>
      (await fetch(`${simulator.url}${path}`, { headers })).json();
    if (provider === "anthropic")
      expect(await get("/messages/batches")).toMatchObject({ data: [] });
    else {
      const batch = (await get(`/batches/${items[0]?.providerId}`)) as Record<string, string>;
      for (const file of ["input_file_id", "output_file_id"])
        expect(await get(`/files/${batch[file]}`)).toMatchObject({ error: expect.anything() });
    }
  });
});

test("only providers with batches can be asked for them", async () => {
  await using engine = await freshEngine({ MISTRAL_API_KEY: key });
  await labellingProject(engine, "p", texts(1));
  const agent = given(
    await agents.create(engine, ann, {
      project: "p",
      model: { provider: "mistral", model: "mistral-small-latest" },
      parameters: { topLogprobs: 0 },
      prompt: {},
    }),
  );
  const asked = { project: "p", agent: agent.id };
  const batch = { size: 10 };
  expect(await jobs.run(engine, ann, { ...asked, settings: { ...settings, batch } })).toMatchObject(
    {
      error: { type: "job-not-possible", what: expect.stringContaining("mistral") },
    },
  );
});

test("a wrong key pauses the job in the provider's words; resumed with the right one it goes on", async () => {
  await using simulator = await simulated(5);
  await using engine = await freshEngine({
    ...environmentOf(simulator.url),
    OPENAI_API_KEY: "sk-wrong-9876543210",
  });
  const worker = startWorker(engine);
  await labellingProject(engine, "p", texts(5));
  const { id } = await runBatches(engine, await agentOf(engine, "openai"));
  const paused = await untilAtRest(engine, "p", id);
  expect(paused).toMatchObject({
    state: "paused",
    pause: { reason: "provider", next: expect.stringContaining("OPENAI_API_KEY") },
  });
  expect(JSON.stringify(paused)).not.toContain("sk-wrong");
  await worker.stop();
  const right = { ...engine, environment: environmentOf(simulator.url) };
  const other = startWorker(right);
  given(await jobs.resume(right, ann, { project: "p", job: id }));
  expect(await untilAtRest(right, "p", id)).toMatchObject({ state: "done" });
  await expectWhole(right, id, { labelled: 5 });
  expect(paid(simulator)).toEqual({ answered: 5, prompts: 5 });
  await other.stop();
});

test("a batch that the provider turns down pauses the job in the provider's words", async () => {
  await using simulator = await simulated(5);
  await using engine = await freshEngine(environmentOf(simulator.url));
  const worker = startWorker(engine);
  await labellingProject(engine, "p", texts(5));
  const agent = await agentOf(engine, "openai", { model: "nobody" });
  const { id } = await runBatches(engine, agent);
  expect(await untilAtRest(engine, "p", id)).toMatchObject({
    state: "paused",
    pause: {
      what: expect.stringContaining("'nobody' is not supported"),
      next: expect.stringContaining("without --batch"),
    },
  });
  await worker.stop();
});
