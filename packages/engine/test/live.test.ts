import type { Job } from "@countersign/core";
import { type Engine, jobs, startWorker } from "@countersign/engine";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { freshEngine } from "../../../test/fresh-database.ts";
import { given } from "../../../test/given.ts";
import { agentAt, labellingProject, runJob, texts, until, untilAtRest } from "./labelling.ts";
import { type Call, completion, startProvider } from "./provider.ts";

const good = (call: Call) => call.send(200, completion("tone: good"));

/** Watches a job until it looks so. */
async function seen(engine: Engine, job: number, looks: (job: Job) => boolean): Promise<Job> {
  const stop = new AbortController();
  for await (const now of given(await jobs.watch(engine, { project: "p", job }, stop.signal)))
    if (looks(now)) {
      stop.abort();
      return now;
    }
  throw new Error(`job ${job} ended without looking so`);
}

const gauges = async (engine: Engine) =>
  (await engine.db.selectFrom("job_gauges").select("worker_id").execute()).length;

test("who watches a job sees what each worker has under way, and what holds it back; afterwards nothing is left of it", async () => {
  await using engine = await freshEngine();
  const open: Call[] = [];
  let isOpen = false;
  await using provider = await startProvider((call) => (isOpen ? good(call) : open.push(call)));
  await labellingProject(engine, "p", texts(500));
  const agent = await agentAt(engine, "p", provider.address);
  const workers = [startWorker(engine), startWorker(engine)];
  const { id } = await runJob(engine, "p", agent, { concurrency: 3 });
  const { progress } = await seen(engine, id, ({ progress: { live } }) => live?.underWay === 6);
  expect(progress.live).toMatchObject({ allowed: 6, unstored: 0 });
  const each = { underWay: 3, allowed: 3, heldBy: "concurrency", until: null };
  expect(progress.live?.workers).toMatchObject([each, each]);
  expect(progress.stages.call.underWay).toBe(6);

  isOpen = true;
  for (const call of open) good(call);
  expect((await untilAtRest(engine, "p", id)).progress.live).toBeNull();
  await until(async () => (await gauges(engine)) === 0);
  for (const worker of workers) await worker.stop();
});

test("a rest that the provider asked for is told with its end, and each retry with its cause", async () => {
  await using engine = await freshEngine();
  await using provider = await startProvider((call) => {
    if (call.text.includes("text 0.") && call.before === 0)
      return call.send(429, { error: { message: "Slow down." } }, { "retry-after": "3" });
    if (call.text.includes("text 1.") && call.before < 2)
      return call.send(500, { error: { message: "Oh." } });
    return good(call);
  });
  await labellingProject(engine, "p", texts(30));
  const agent = await agentAt(engine, "p", provider.address);
  const worker = startWorker(engine);
  const { id } = await runJob(engine, "p", agent, { concurrency: 2 });
  const { progress } = await seen(
    engine,
    id,
    ({ progress: { live } }) => live?.workers[0]?.heldBy === "retry-after",
  );
  const left = Date.parse(progress.live?.workers[0]?.until ?? "") - Date.now();
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThan(3000);
  expect((await untilAtRest(engine, "p", id)).progress).toMatchObject({
    calls: 33,
    retries: 3,
    retriesBy: { "rate-limited": 1, "server-error": 2 },
  });
  await worker.stop();
});

test("a worker that tells nothing any more is not shown, and what a dead one told goes with it", async () => {
  await using engine = await freshEngine();
  await labellingProject(engine, "p", texts(1));
  const agent = await agentAt(engine, "p", "http://127.0.0.1:1/v1");
  const { id } = await runJob(engine, "p", agent);
  await sql`
    with dead as (insert into workers (host, pid) values ('gone', 1) returning id)
    insert into job_gauges (job_id, worker_id, under_way, allowed, unstored, at)
    select ${id}, id, 4, 4, 0, now() - interval '6 seconds' from dead`.execute(engine.db);
  const input = { project: "p", job: id };
  expect(given(await jobs.get(engine, input)).progress.live).toBeNull();
  await sql`update job_gauges set at = now()`.execute(engine.db);
  expect(given(await jobs.get(engine, input)).progress.live?.workers).toMatchObject([
    { host: "gone", underWay: 4 },
  ]);
  const worker = startWorker(engine);
  await untilAtRest(engine, "p", id);
  await worker.stop();
  expect(await gauges(engine)).toBe(0);
});
