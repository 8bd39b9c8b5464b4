import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { type Engine, jobs, openEngine, startWorker } from "@countersign/engine";
import { sql } from "kysely";
import { pino } from "pino";
import { expect, test } from "vitest";
import { freshDatabase } from "../../../test/fresh-database.ts";
import { given } from "../../../test/given.ts";
import { agentAt, ann, labellingProject, runJob, texts, until, untilAtRest } from "./labelling.ts";
import { type Call, completion, type Provider, startProvider } from "./provider.ts";

const good = (call: Call) => call.send(200, completion("tone: good"));

/** An engine whose database's address is known, so that other processes can join. */
async function sharedEngine(): Promise<{ engine: Engine; url: string } & AsyncDisposable> {
  const database = await freshDatabase();
  const log = pino({ level: "silent" });
  const engine = given(await openEngine({ database: { url: database.url }, environment: {}, log }));
  return {
    engine,
    url: database.url,
    [Symbol.asyncDispose]: async () => {
      await engine.close();
      await database.drop();
    },
  };
}

function startProcess(url: string): ChildProcess {
  const script = fileURLToPath(new URL("./worker-process.ts", import.meta.url));
  return spawn(process.execPath, [script, url], { stdio: "inherit" });
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill("SIGKILL");
  await once(child, "exit");
}

/** Every item has one outcome and, where it is labelled, one label and the reply it was read from. */
async function expectWhole(engine: Engine, job: number, n: number): Promise<void> {
  const { rows } = await sql<Record<string, number>>`
    select (select count(*) from job_items where job_id = ${job}) as items,
      (select count(*) from job_items where job_id = ${job} and outcome = 'labelled') as labelled,
      (select count(*) from job_items join replies on replies.key = any(reply_keys)
        where job_id = ${job}) as replied,
      (select count(*) from labels join annotators on annotators.id = annotator_id
        where annotators.job_id = ${job}) as labels,
      (select sum(n)::int from job_counters where job_id = ${job} and counter = 'outcome') as counted
  `.execute(engine.db);
  expect(rows).toEqual([{ items: n, labelled: n, replied: n, labels: n, counted: n }]);
}

const storedReplies = async (engine: Engine): Promise<number> =>
  (await sql<{ n: number }>`select count(*) as n from replies`.execute(engine.db)).rows[0]?.n ?? 0;

/** How often a text was asked beyond once. */
const repeats = (provider: Provider): number =>
  provider.calls.length - new Set(provider.calls.map((call) => call.text)).size;

test("workers killed at random moments lose no stored reply, and at most what was in flight is paid again", async () => {
  await using shared = await sharedEngine();
  const { engine, url } = shared;
  await using provider = await startProvider((call) => setTimeout(() => good(call), 10));
  const n = 1500;
  await labellingProject(engine, "p", texts(n));
  const { id } = await runJob(engine, "p", await agentAt(engine, "p", provider.address));

  const kills = [0.15, 0.4, 0.7];
  for (const share of kills) {
    const child = startProcess(url);
    await until(async () => (await storedReplies(engine)) > share * n);
    await kill(child);
  }
  const paidTwice = repeats(provider);
  const before = await storedReplies(engine);

  const worker = startWorker(engine);
  given(await jobs.resume(engine, ann, { project: "p", job: id }));
  const job = await untilAtRest(engine, "p", id);
  expect(job).toMatchObject({ state: "done", progress: { outcomes: { labelled: n } } });
  await expectWhole(engine, id, n);
  expect(await storedReplies(engine)).toBe(n);
  // In flight at a kill: the calls under way, and the replies of the last moment before they were stored.
  const inFlight = kills.length * 16 * (1 + 100 / 10);
  expect(paidTwice).toBeLessThanOrEqual(inFlight);
  expect(provider.calls.length).toBeLessThanOrEqual(n + inFlight);
  expect(before).toBeGreaterThan(0.7 * n);
  await worker.stop();
});

test("a killed worker's items are taken over by another at once, without waiting for a lease to run out", async () => {
  await using shared = await sharedEngine();
  const { engine, url } = shared;
  let hanging = 0;
  await using provider = await startProvider((call) => {
    if (call.before > 0) return good(call);
    hanging += 1;
  });
  await labellingProject(engine, "p", texts(12));
  const { id } = await runJob(engine, "p", await agentAt(engine, "p", provider.address));
  const child = startProcess(url);
  await until(() => hanging === 4);
  const worker = startWorker(engine);
  await kill(child);
  const killed = performance.now();
  await until(() => provider.calls.length > 4);
  expect(performance.now() - killed).toBeLessThan(5000);
  await worker.stop();
  expect(given(await jobs.get(engine, { project: "p", job: id })).state).toBe("running");
});

test("a worker outlives the loss of all its database connections, and stores what it was paid for", async () => {
  await using shared = await sharedEngine();
  const { engine } = shared;
  await using provider = await startProvider((call) => setTimeout(() => good(call), 10));
  const n = 1000;
  await labellingProject(engine, "p", texts(n));
  const { id } = await runJob(engine, "p", await agentAt(engine, "p", provider.address));
  const worker = startWorker(engine);
  for (const share of [0.2, 0.6]) {
    await until(() => provider.calls.length > share * n);
    await engine.pool.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
    );
  }
  await until(
    async () => given(await jobs.get(engine, { project: "p", job: id })).state === "done",
  );
  await expectWhole(engine, id, n);
  expect(repeats(provider)).toBe(0);
  await worker.stop();
});

test("a worker that is stopped ends soon, and another goes on where it was", async () => {
  await using shared = await sharedEngine();
  const { engine } = shared;
  let slow = true;
  await using provider = await startProvider((call) => {
    if (!slow || call.text.includes("0.")) good(call);
  });
  const n = 100;
  await labellingProject(engine, "p", texts(n));
  const { id } = await runJob(engine, "p", await agentAt(engine, "p", provider.address));
  const first = startWorker(engine);
  await until(() => provider.calls.length >= 5);
  const begun = performance.now();
  await first.stop();
  expect(performance.now() - begun).toBeLessThan(5000);
  const left = given(await jobs.get(engine, { project: "p", job: id }));
  expect(left.state).toBe("running");
  const { seconds } = left.progress;

  slow = false;
  const second = startWorker(engine);
  expect(given(await jobs.resume(engine, ann, { project: "p", job: id })).state).toBe("running");
  const done = await untilAtRest(engine, "p", id);
  await expectWhole(engine, id, n);
  expect(done.progress.seconds).toBeGreaterThanOrEqual(seconds);
  await second.stop();
});
