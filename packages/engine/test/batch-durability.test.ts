import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { type Engine, jobs, openEngine, startWorker } from "@countersign/engine";
import { sql } from "kysely";
import { pino } from "pino";
import { describe, expect, test } from "vitest";
import { freshDatabase } from "../../../test/fresh-database.ts";
import { given } from "../../../test/given.ts";
import {
  agentOf,
  environmentOf,
  expectWhole,
  type Passage,
  paid,
  providers,
  runBatches,
  simulated,
  submits,
  wayTo,
} from "./batching.ts";
import { labellingProject, texts, until, untilAtRest } from "./labelling.ts";

/** An engine whose database other processes can join, as they can its environment. */
async function sharedEngine(address: string) {
  const database = await freshDatabase();
  const environment = environmentOf(address);
  const log = pino({ level: "silent" });
  const engine = given(await openEngine({ database: { url: database.url }, environment, log }));
  const start = (): ChildProcess => {
    const script = fileURLToPath(new URL("./worker-process.ts", import.meta.url));
    return spawn(process.execPath, [script, database.url, JSON.stringify(environment)], {
      stdio: "inherit",
    });
  };
  return {
    engine,
    start,
    [Symbol.asyncDispose]: async () => {
      await engine.close();
      await database.drop();
    },
  };
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill("SIGKILL");
  await once(child, "exit");
}

const repliesIn = async (engine: Engine): Promise<number> =>
  (await sql<{ n: number }>`select count(*)::int as n from replies`.execute(engine.db)).rows[0]
    ?.n ?? 0;

describe.each(providers)("with %s's batches", (provider) => {
  test("workers killed at any moment lose no reply and pay for none twice", async () => {
    await using simulator = await simulated(200, { batch: { durationMs: 600 } });
    await using shared = await sharedEngine(simulator.url);
    const { engine, start } = shared;
    await labellingProject(engine, "p", texts(200));
    const { id } = await runBatches(engine, await agentOf(engine, provider), {
      batch: { size: 40, pollSeconds: 0.1 },
    });
    const named = { project: "p", job: id };
    for (const [submitted, stored] of [
      [1, 0],
      [5, 60],
    ] as const) {
      const child = start();
      await until(async () => {
        const { batches } = given(await jobs.get(engine, named));
        const { underWay = 0, ended = 0 } = batches ?? {};
        return underWay + ended >= submitted && (await repliesIn(engine)) >= stored;
      });
      await kill(child);
    }
    const worker = startWorker(engine);
    expect(await untilAtRest(engine, "p", id)).toMatchObject({
      state: "done",
      progress: { calls: 200, outcomes: { labelled: 200 } },
    });
    await expectWhole(engine, id, { labelled: 200 });
    expect(paid(simulator)).toEqual({ answered: 200, prompts: 200 });
    await worker.stop();
  });

  test("a batch whose submission was the last thing a killed worker did is found, and not submitted again", async () => {
    await using simulator = await simulated(20, { batch: { durationMs: 300 } });
    let submissions = 0;
    await using way = await wayTo(simulator, (passing): Passage => {
      if (!submits(passing)) return "let-through";
      submissions += 1;
      return submissions === 1 ? "swallow-reply" : "let-through";
    });
    await using shared = await sharedEngine(way.url);
    const { engine, start } = shared;
    await labellingProject(engine, "p", texts(20));
    const { id } = await runBatches(engine, await agentOf(engine, provider));
    const child = start();
    await until(() => submissions === 1);
    await until(() => simulator.calls.batched.total > 0);
    await kill(child);
    const worker = startWorker(engine);
    expect(await untilAtRest(engine, "p", id)).toMatchObject({ state: "done" });
    await expectWhole(engine, id, { labelled: 20 });
    expect(submissions).toBe(1);
    expect(paid(simulator)).toEqual({ answered: 20, prompts: 20 });
    await worker.stop();
  });

  test("a batch that a killed worker did not get to submit counts as lost, and its questions go into another", async () => {
    await using simulator = await simulated(20);
    let submissions = 0;
    await using way = await wayTo(simulator, (passing): Passage => {
      if (!submits(passing)) return "let-through";
      submissions += 1;
      return submissions === 1 ? "swallow" : "let-through";
    });
    await using shared = await sharedEngine(way.url);
    const { engine, start } = shared;
    await labellingProject(engine, "p", texts(20));
    const { id } = await runBatches(engine, await agentOf(engine, provider));
    const child = start();
    await until(() => submissions === 1);
    await kill(child);
    const worker = startWorker(engine);
    expect(await untilAtRest(engine, "p", id)).toMatchObject({ state: "done" });
    await expectWhole(engine, id, { labelled: 20 });
    const { items } = given(await jobs.batches(engine, { project: "p", job: id, limit: 5 }));
    expect(items.map(({ state }) => state)).toEqual(["ended", "lost"]);
    expect(paid(simulator)).toEqual({ answered: 20, prompts: 20 });
    await worker.stop();
  });

  test("a connection that breaks while a batch is submitted leads to one batch", async () => {
    await using simulator = await simulated(20);
    let submissions = 0;
    await using way = await wayTo(simulator, (passing): Passage => {
      if (!submits(passing)) return "let-through";
      submissions += 1;
      return submissions === 1 ? { status: 502, body: "bad gateway" } : "let-through";
    });
    await using shared = await sharedEngine(way.url);
    const { engine } = shared;
    await labellingProject(engine, "p", texts(20));
    const worker = startWorker(engine);
    const { id } = await runBatches(engine, await agentOf(engine, provider));
    expect(await untilAtRest(engine, "p", id)).toMatchObject({ state: "done" });
    await expectWhole(engine, id, { labelled: 20 });
    expect(paid(simulator)).toEqual({ answered: 20, prompts: 20 });
    await worker.stop();
  });

  test("of several workers one submits, and each question is in one batch", async () => {
    await using simulator = await simulated(100, { batch: { durationMs: 300 } });
    await using shared = await sharedEngine(simulator.url);
    const { engine } = shared;
    await labellingProject(engine, "p", texts(100));
    const workers = [startWorker(engine), startWorker(engine), startWorker(engine)];
    const { id } = await runBatches(engine, await agentOf(engine, provider), {
      batch: { size: 25, pollSeconds: 0.1 },
    });
    expect(await untilAtRest(engine, "p", id)).toMatchObject({
      state: "done",
      batches: { ended: 4, requests: 100 },
    });
    await expectWhole(engine, id, { labelled: 100 });
    expect(paid(simulator)).toEqual({ answered: 100, prompts: 100 });
    for (const worker of workers) await worker.stop();
  });
});
