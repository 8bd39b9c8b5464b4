import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import {
  type Condition,
  type Embedding,
  type EmbeddingModel,
  isSettled,
  Search,
} from "@countersign/core";
import { type Call, itemOf, type SimulatorOptions, startSimulator } from "@countersign/simulator";
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import { freshDatabase } from "../../../test/fresh-database.ts";
import { given } from "../../../test/given.ts";
import { type Engine, embeddings, openEngine, records, startWorker } from "../src/index.ts";
import { ann, freshProject, imported } from "./importing.ts";
import { until } from "./labelling.ts";

/** A simulator, and an engine whose database's address is known, so that other processes can join. */
async function opened(options: Partial<SimulatorOptions> = {}) {
  const calls: Call[] = [];
  const simulator = await startSimulator({
    replies: [{ match: "x", reply: "y" }],
    ...options,
    port: 0,
    log: (call) => calls.push(call),
  });
  const database = await freshDatabase();
  const log = pino({ level: "silent" });
  const engine = given(await openEngine({ database: { url: database.url }, environment: {}, log }));
  onTestFinished(async () => {
    await engine.close();
    await database.drop();
    await simulator.close();
  });
  const model: EmbeddingModel = {
    provider: "openai-compatible",
    model: "simulated-embedding",
    baseUrl: simulator.url,
  };
  return { engine, url: database.url, calls, model };
}

function working(engine: Engine): void {
  const worker = startWorker(engine);
  onTestFinished(() => worker.stop());
}

async function settled(engine: Engine, project: string, name = "e"): Promise<Embedding> {
  let now = given(await embeddings.get(engine, { project, name }));
  await until(async () => {
    now = given(await embeddings.get(engine, { project, name }));
    return isSettled(now);
  });
  return now;
}

const file = (texts: readonly string[]) =>
  `id,text\n${texts.map((text, at) => `r${at},${text}`).join("\n")}\n`;

async function projectOf(engine: Engine, texts: readonly string[]): Promise<string> {
  const project = await freshProject(engine);
  await imported(engine, project, file(texts));
  return project;
}

const similar = (engine: Engine, project: string, to: object, name = "e") =>
  records.search(engine, {
    project,
    ...Search.parse({
      where: { similar: { to, by: { vector: name } } } as Condition,
      sort: { by: "similarity" },
    }),
  });

const texts = ["the bag was lost", "the bags were lost", "what a lovely crew", "the bag was lost"];

test("vectors are computed in the background, equal texts once, and searched by records and by texts", async () => {
  const { engine, model, calls } = await opened();
  const project = await projectOf(engine, texts);
  const begun = given(await embeddings.create(engine, ann, { project, name: "e", model }));
  expect(begun).toMatchObject({ state: "waiting", createdBy: "ann", records: { done: 0 } });
  working(engine);
  expect(await settled(engine, project)).toMatchObject({
    state: "done",
    records: { done: 4, total: 4, refused: 0 },
    tokens: 14,
    usd: 0,
    simulated: true,
  });
  expect(calls).toMatchObject([{ inputTokens: 14 }]);
  const byRecord = given(await similar(engine, project, { keys: ["r0"] }));
  expect(byRecord.records.map(({ key }) => key)).toEqual(["r3", "r1", "r2"]);
  expect(byRecord.records[0]?.score).toBeCloseTo(1);
  const byText = given(await similar(engine, project, { text: "lost bags" }));
  expect(byText.records[0]?.key).toBe("r1");
  expect(byText.records).toHaveLength(4);
  const nested = {
    where: { all: [{ similar: { to: { text: "crew" }, by: { vector: "e" }, top: 1 } }] },
  };
  const found = given(await records.search(engine, { project, ...Search.parse(nested) }));
  expect(found.records.map(({ key }) => key)).toEqual(["r2"]);
});

test("what came later or was changed is missing until it is resumed; nothing that is there is paid for again", async () => {
  const { engine, model, calls } = await opened();
  const project = await projectOf(engine, texts);
  working(engine);
  given(await embeddings.create(engine, ann, { project, name: "e", model }));
  await settled(engine, project);
  await imported(engine, project, file(["a new text", ...texts.slice(1), "the bags were lost"]), {
    rules: { duplicates: "update" },
  });
  const { records: counts } = given(await embeddings.get(engine, { project, name: "e" }));
  expect(counts).toMatchObject({ done: 3, total: 4 });
  expect(await similar(engine, project, { keys: ["r0"] })).toMatchObject({
    error: { what: expect.stringContaining("have no vector “e”") },
  });
  given(await embeddings.resume(engine, ann, { project, name: "e" }));
  expect(await settled(engine, project)).toMatchObject({ records: { done: 5, total: 5 } });
  expect(calls.slice(1).map(({ item }) => item)).toEqual([itemOf("a new text")]);
});

test("a text that the model refuses is counted with the reason, and the others have their vectors", async () => {
  const { engine, model } = await opened();
  const project = await projectOf(engine, ["good", "bad", "fine"]);
  // No import makes an empty text, which the simulator refuses as providers do.
  await engine.pool.query("update records set content = '' where key = 'r1'");
  working(engine);
  given(await embeddings.create(engine, ann, { project, name: "e", model }));
  expect(await settled(engine, project)).toMatchObject({
    state: "done",
    records: { done: 2, total: 3, refused: 1 },
    refusals: [{ key: "r1", reason: "invalid-request" }],
  });
});

test("a fault that every call would meet ends it in the provider's words; trouble that passes does not", async () => {
  const { engine, model } = await opened({ apiKey: "secret" });
  const project = await projectOf(engine, texts);
  working(engine);
  given(await embeddings.create(engine, ann, { project, name: "e", model }));
  expect(await settled(engine, project)).toMatchObject({
    state: "failed",
    records: { done: 0, total: 4 },
    problem: {
      what: expect.stringContaining("Incorrect API key"),
      next: expect.stringContaining("resume"),
    },
  });

  const troubled = await opened({ faults: [{ fault: "500", attempts: { from: 1, to: 1 } }] });
  const other = await projectOf(troubled.engine, texts);
  working(troubled.engine);
  given(
    await embeddings.create(troubled.engine, ann, {
      project: other,
      name: "e",
      model: troubled.model,
    }),
  );
  expect(await settled(troubled.engine, other)).toMatchObject({
    state: "done",
    records: { done: 4 },
  });
  expect(troubled.calls.map(({ outcome }) => outcome)).toEqual(["500", "answered"]);
});

test("a worker that is killed leaves what it stored; the next pays for what is missing alone", async () => {
  const { engine, url, model, calls } = await opened({ latency: { medianMs: 150 } });
  const many = Array.from({ length: 1500 }, (_, n) => `text number ${n} of many`);
  const project = await projectOf(engine, many);
  given(await embeddings.create(engine, ann, { project, name: "e", model }));
  const script = fileURLToPath(new URL("./worker-process.ts", import.meta.url));
  const child: ChildProcess = spawn(process.execPath, [script, url], { stdio: "inherit" });
  await until(
    async () => given(await embeddings.get(engine, { project, name: "e" })).records.done >= 100,
  );
  child.kill("SIGKILL");
  await once(child, "exit");
  const { records: kept, state } = given(await embeddings.get(engine, { project, name: "e" }));
  expect(state).toBe("running");
  expect(kept.done).toBeLessThan(1500);
  const before = calls.length;
  working(engine);
  expect(await settled(engine, project)).toMatchObject({ state: "done", records: { done: 1500 } });
  const after = calls.slice(before).filter(({ outcome }) => outcome === "answered");
  expect(after.length).toBeLessThanOrEqual(Math.ceil((1500 - kept.done) / 32) + 1);
});

test("cancelling stops it, what is there is searched, and deleting takes it away", async () => {
  const { engine, model } = await opened({ latency: { medianMs: 100 } });
  const many = Array.from({ length: 2500 }, (_, n) => `text number ${n} of many`);
  const project = await projectOf(engine, many);
  working(engine);
  given(await embeddings.create(engine, ann, { project, name: "e", model, dimensions: 16 }));
  await until(
    async () => given(await embeddings.get(engine, { project, name: "e" })).records.done >= 32,
  );
  expect(given(await embeddings.cancel(engine, ann, { project, name: "e" })).state).toBe(
    "cancelled",
  );
  const { records: now } = await settled(engine, project);
  expect(now.done).toBeLessThan(2500);
  expect(
    given(await similar(engine, project, { text: "text number 3" })).records.length,
  ).toBeGreaterThan(0);
  given(await embeddings.remove(engine, ann, { project, name: "e" }));
  expect(given(await embeddings.list(engine, { project })).items).toEqual([]);
  expect((await engine.pool.query("select from vectors")).rowCount).toBe(0);
});

test("an address is refused to those with a token unless it is allowed, and a name is taken once", async () => {
  const { engine, model } = await opened();
  const project = await projectOf(engine, texts);
  const eve = { name: "eve", how: "token" } as const;
  const input = { project, name: "e", model };
  expect(await embeddings.create(engine, eve, input)).toMatchObject({
    error: { type: "agent-invalid", what: expect.stringContaining("does not ask models at") },
  });
  given(await embeddings.create(engine, ann, input));
  expect(await embeddings.create(engine, ann, input)).toMatchObject({
    error: { type: "embedding-exists" },
  });
  expect(await records.vectorsFromMetadata(engine, ann, { project, metadata: "e" })).toMatchObject({
    error: { type: "vectors-invalid" },
  });
});

test("what it will take is told before: records, tokens, and money where the price is known", async () => {
  const { engine, model } = await opened();
  const project = await projectOf(engine, texts);
  expect(given(await embeddings.estimate(engine, { project, model }))).toMatchObject({
    records: 4,
    usd: null,
  });
  const known = { provider: "openai", model: "text-embedding-3-small" } as const;
  const { tokens, usd } = given(await embeddings.estimate(engine, { project, model: known }));
  expect(tokens).toBe(16);
  expect(usd).toBeCloseTo((16 * 0.02) / 1e6, 12);
});
