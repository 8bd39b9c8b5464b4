import { SchemaDocument } from "@countersign/core";
import { agents, type Engine, jobs, projects, startWorker } from "@countersign/engine";
import { sql } from "kysely";
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
  until,
  untilAtRest,
} from "./labelling.ts";
import { type Call, completion, startProvider } from "./provider.ts";

const good = (call: Call) => call.send(200, completion("tone: good"));

const outcomesOf = async (engine: Engine, job: number) =>
  (
    await sql<{ outcome: string | null; n: number }>`
      select outcome, count(*) as n from job_items where job_id = ${job}
      group by outcome order by outcome`.execute(engine.db)
  ).rows;

test("a cancelled job stops within a second: calls are given up, labels stay, the rest is cancelled", async () => {
  await using engine = await freshEngine();
  let hanging = 0;
  let givenUp = 0;
  await using provider = await startProvider((call) => {
    if (Number(call.text.match(/\d+/)?.[0]) < 20) return good(call);
    hanging += 1;
    call.response.on("close", () => {
      givenUp += 1;
    });
  });
  await labellingProject(engine, "p", texts(1000));
  const agent = await agentAt(engine, "p", provider.address);
  const worker = startWorker(engine);
  const { id } = await runJob(engine, "p", agent);
  await until(async () => {
    const job = given(await jobs.get(engine, { project: "p", job: id }));
    return hanging === 16 && job.progress.outcomes.labelled === 20;
  });

  const begun = performance.now();
  const cancelled = given(await jobs.cancel(engine, ann, { project: "p", job: id }));
  await until(() => givenUp === hanging);
  expect(performance.now() - begun).toBeLessThan(1000);
  expect(cancelled).toMatchObject({
    state: "cancelled",
    progress: { total: 1000, remaining: 0, outcomes: { labelled: 20, cancelled: 980 } },
  });
  // The request marks what it can; what the worker is marking just then is marked a moment later.
  await until(async () => !(await outcomesOf(engine, id)).some(({ outcome }) => outcome === null));
  expect(await outcomesOf(engine, id)).toEqual([
    { outcome: "cancelled", n: 980 },
    { outcome: "labelled", n: 20 },
  ]);
  expect(provider.calls).toHaveLength(36);
  await worker.stop();
});

test("a cancelled job does not go on, a done one cannot be cancelled, and both are left as they are", async () => {
  await using engine = await freshEngine();
  await using provider = await startProvider(good);
  await labellingProject(engine, "p", texts(5));
  const agent = await agentAt(engine, "p", provider.address);
  const waiting = await runJob(engine, "p", agent);
  const named = { project: "p", job: waiting.id };
  expect(given(await jobs.cancel(engine, ann, named)).state).toBe("cancelled");
  expect(given(await jobs.cancel(engine, ann, named)).state).toBe("cancelled");
  expect(await jobs.resume(engine, ann, named)).toMatchObject({
    error: { type: "job-not-possible", next: expect.stringContaining("job run") },
  });

  const worker = startWorker(engine);
  const { id } = await runJob(engine, "p", agent);
  const done = await untilAtRest(engine, "p", id);
  expect(await jobs.cancel(engine, ann, { project: "p", job: id })).toMatchObject({
    error: { type: "job-not-possible" },
  });
  expect(given(await jobs.resume(engine, ann, { project: "p", job: id }))).toEqual(done);
  await worker.stop();
});

test("asking the same again costs nothing; asking otherwise does", async () => {
  await using engine = await freshEngine();
  await using provider = await startProvider(good);
  await labellingProject(engine, "p", ["same", "same", "other", "same"]);
  const agent = await agentAt(engine, "p", provider.address);
  const worker = startWorker(engine);
  const first = await untilAtRest(engine, "p", (await runJob(engine, "p", agent)).id);
  expect(first.progress).toMatchObject({ calls: 2, reused: 2, outcomes: { labelled: 4 } });
  const again = await untilAtRest(engine, "p", (await runJob(engine, "p", agent)).id);
  expect(again.progress).toMatchObject({
    calls: 0,
    reused: 4,
    inputTokens: 0,
    cost: 0,
    outcomes: { labelled: 4 },
  });
  const warmer = given(
    await agents.create(engine, ann, {
      project: "p",
      model: agent.content.model,
      parameters: { temperature: 1, topLogprobs: 5 },
      prompt: {},
    }),
  );
  const other = await untilAtRest(engine, "p", (await runJob(engine, "p", warmer)).id);
  expect(other.progress).toMatchObject({ calls: 2, reused: 2 });
  expect(provider.calls).toHaveLength(4);
  await worker.stop();
});

test("of several labels those that can be read are stored, and the item says what is missing", async () => {
  await using engine = await freshEngine();
  await using provider = await startProvider((call) =>
    call.send(
      200,
      completion(call.text.includes(" 0.") ? "tone: good" : "tone: bad\ntopic: sport"),
    ),
  );
  const option = (value: string) => ({ value, text: value });
  const schema = SchemaDocument.parse({
    labels: [
      { name: "tone", options: ["good", "bad"].map(option) },
      { name: "topic", options: ["sport", "art"].map(option) },
    ],
  });
  await labellingProject(engine, "p", texts(2), schema);
  const agent = await agentAt(engine, "p", provider.address);
  const worker = startWorker(engine);
  const { id } = await runJob(engine, "p", agent);
  expect(await untilAtRest(engine, "p", id)).toMatchObject({
    labels: ["tone", "topic"],
    progress: {
      outcomes: { labelled: 1, "invalid-reply": 1 },
      distribution: { tone: { good: 1, bad: 1 }, topic: { sport: 1 } },
    },
  });
  const topic = { project: "p", job: id, label: "topic" };
  expect(given(await jobs.labels(engine, topic))).toMatchObject({
    label: "topic",
    statuses: { unverified: 1, confirmed: 0, corrected: 0 },
    values: [{ value: "sport", n: 1 }],
  });
  expect(await jobs.labels(engine, { ...topic, label: "mood" })).toMatchObject({
    error: { type: "label-not-in-schema" },
  });
  await worker.stop();
});

test("a job labels the records its search finds, at most as many as it may", async () => {
  await using engine = await freshEngine();
  await using provider = await startProvider(good);
  await labellingProject(engine, "p", ["a cat", "a dog", "two cats", "three cats", "a bird"]);
  const agent = await agentAt(engine, "p", provider.address);
  const worker = startWorker(engine);
  const where = { keyword: { text: "cat", caseSensitive: false } };
  const run = async (limit?: number) => {
    const job = given(
      await jobs.run(engine, ann, { project: "p", agent: agent.id, where, limit, settings }),
    );
    return await untilAtRest(engine, "p", job.id);
  };
  expect((await run()).progress.total).toBe(3);
  expect((await run(2)).progress.total).toBe(2);
  const asked = provider.calls.map((call) => call.text.match(/a cat|two cats|three cats/)?.[0]);
  expect(asked.toSorted()).toEqual(["a cat", "three cats", "two cats"]);
  await worker.stop();
});

test("a job over no records is done at once", async () => {
  await using engine = await freshEngine();
  await labellingProject(engine, "p", []);
  const agent = await agentAt(engine, "p", "http://localhost:9/v1");
  const worker = startWorker(engine);
  const { id } = await runJob(engine, "p", agent);
  expect(await untilAtRest(engine, "p", id)).toMatchObject({
    state: "done",
    progress: { total: 0, remaining: 0, cost: 0 },
  });
  await worker.stop();
});

test("an agent whose label has left the schema is not run", async () => {
  await using engine = await freshEngine();
  await labellingProject(engine, "p", texts(1));
  const agent = await agentAt(engine, "p", "http://localhost:9/v1");
  const document = SchemaDocument.parse({
    labels: [{ name: "mood", options: [{ value: "a", text: "a" }] }],
  });
  await engine.db
    .insertInto("schema_versions")
    .values({
      project_id: 1,
      version: 2,
      document: JSON.stringify(document),
      created_by: "ann",
    })
    .execute();
  expect(await jobs.run(engine, ann, { project: "p", agent: agent.id, settings })).toMatchObject({
    error: { type: "job-not-possible", what: expect.stringContaining("“tone”") },
  });
});

test("two workers share a job; nothing is asked twice", async () => {
  await using engine = await freshEngine();
  await using provider = await startProvider((call) => setTimeout(() => good(call), 5));
  await labellingProject(engine, "p", texts(2000));
  const agent = await agentAt(engine, "p", provider.address);
  const { id } = await runJob(engine, "p", agent);
  const workers = [startWorker(engine), startWorker(engine)];
  const job = await untilAtRest(engine, "p", id);
  expect(job.progress).toMatchObject({ outcomes: { labelled: 2000 }, calls: 2000, retries: 0 });
  expect(provider.calls).toHaveLength(2000);
  expect(provider.crowd()).toBeGreaterThan(16);
  await Promise.all(workers.map((worker) => worker.stop()));
});

test("two jobs in one worker go on side by side", async () => {
  await using engine = await freshEngine();
  await using provider = await startProvider((call) => setTimeout(() => good(call), 5));
  await labellingProject(engine, "big", texts(1500));
  await labellingProject(engine, "small", texts(50));
  const worker = startWorker(engine);
  const big = await runJob(engine, "big", await agentAt(engine, "big", provider.address));
  await until(() => provider.calls.length > 50);
  const small = await runJob(engine, "small", await agentAt(engine, "small", provider.address));
  await untilAtRest(engine, "small", small.id);
  const then = given(await jobs.get(engine, { project: "big", job: big.id }));
  expect(then).toMatchObject({ state: "running" });
  expect((await untilAtRest(engine, "big", big.id)).progress.outcomes.labelled).toBe(1500);
  await worker.stop();
});

test("a watched job is seen to advance, and its watching ends with it", async () => {
  await using engine = await freshEngine();
  await using provider = await startProvider((call) => setTimeout(() => good(call), 20));
  await labellingProject(engine, "p", texts(600));
  const agent = await agentAt(engine, "p", provider.address);
  const worker = startWorker(engine);
  const { id } = await runJob(engine, "p", agent);
  const watched = given(
    await jobs.watch(engine, { project: "p", job: id }, new AbortController().signal),
  );
  const seen: number[] = [];
  const begun = performance.now();
  for await (const job of watched) {
    seen.push(job.progress.remaining);
    if (job.state === "running" && job.progress.remaining < 500) {
      expect(job.progress.itemsPerSecond).toBeGreaterThan(50);
      expect(job.progress.secondsLeft).toBeLessThan(20);
    }
  }
  expect(seen.at(-1)).toBe(0);
  expect(seen.length).toBeGreaterThan(2);
  expect(seen.length).toBeLessThan((performance.now() - begun) / 250 + 3);
  await worker.stop();
});

test("watching ends when it is no longer wanted, and a job that is not there is not watched", async () => {
  await using engine = await freshEngine();
  await labellingProject(engine, "p", texts(1));
  const agent = await agentAt(engine, "p", "http://localhost:9/v1");
  const { id } = await runJob(engine, "p", agent);
  const stop = new AbortController();
  let seen = 0;
  for await (const job of given(await jobs.watch(engine, { project: "p", job: id }, stop.signal))) {
    expect(job.state).toBe("preparing");
    seen += 1;
    stop.abort();
  }
  expect(seen).toBe(1);
  expect(await jobs.watch(engine, { project: "p", job: id + 1 }, stop.signal)).toMatchObject({
    error: { type: "job-not-found" },
  });
});

test("a project that is deleted takes its running job with it, and the worker goes on", async () => {
  await using engine = await freshEngine();
  await using provider = await startProvider((call) => setTimeout(() => good(call), 20));
  await labellingProject(engine, "gone", texts(3000));
  await labellingProject(engine, "kept", texts(30));
  const worker = startWorker(engine);
  await runJob(engine, "gone", await agentAt(engine, "gone", provider.address));
  await until(() => provider.calls.length > 50);
  given(await projects.remove(engine, ann, { project: "gone" }));
  const kept = await runJob(engine, "kept", await agentAt(engine, "kept", provider.address));
  expect((await untilAtRest(engine, "kept", kept.id)).state).toBe("done");
  expect(provider.calls.length).toBeLessThan(2000);
  await worker.stop();
});

test("pages of jobs and items follow each other and end", async () => {
  await using engine = await freshEngine();
  await using provider = await startProvider(good);
  await labellingProject(engine, "p", texts(5));
  const agent = await agentAt(engine, "p", provider.address);
  const worker = startWorker(engine);
  for (let n = 0; n < 3; n += 1)
    await untilAtRest(engine, "p", (await runJob(engine, "p", agent)).id);
  const first = given(await jobs.list(engine, { project: "p", limit: 2 }));
  const second = given(
    await jobs.list(engine, { project: "p", limit: 2, after: first.next ?? undefined }),
  );
  expect([...first.items, ...second.items].map((job) => job.id)).toEqual([3, 2, 1]);
  expect(second.next).toBeNull();
  expect(given(await agents.get(engine, { project: "p", agent: agent.id })).jobs).toEqual([
    3, 2, 1,
  ]);

  const seen: string[] = [];
  let after: string | undefined;
  do {
    const page = given(await jobs.items(engine, { project: "p", job: 1, limit: 2, after }));
    seen.push(...page.items.map((item) => item.record.key));
    after = page.next ?? undefined;
  } while (after !== undefined);
  expect(seen).toEqual(["k0", "k1", "k2", "k3", "k4"]);
  const none = { project: "p", job: 1, limit: 2, outcome: "failed" as const };
  expect(given(await jobs.items(engine, none))).toEqual({ items: [], next: null });
  await worker.stop();
});
