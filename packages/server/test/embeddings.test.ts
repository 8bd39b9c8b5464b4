import { startWorker } from "@countersign/engine";
import { type Countersign, CountersignError } from "@countersign/sdk";
import { type Simulator, startSimulator } from "@countersign/simulator";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startServer, type TestServer } from "./running-server.ts";

let server: TestServer;
let client: Countersign;
let simulator: Simulator;
let worker: ReturnType<typeof startWorker>;
const project = "meaning";
const texts = [
  "the bag was lost",
  "the bags were lost",
  "what a lovely crew",
  "the seat was broken",
];

beforeAll(async () => {
  simulator = await startSimulator({ replies: [{ match: "x", reply: "y" }], port: 0 });
  server = await startServer();
  worker = startWorker(server.engine);
  client = server.client;
  await client.projects.create({ name: project });
  await client.records.import({
    project,
    format: "jsonl",
    mapping: { key: "id", text: "text", metadata: ["given"] },
    file: texts
      .map((text, at) => JSON.stringify({ id: `r${at}`, text, given: [at, 1] }))
      .join("\n"),
  });
});
afterAll(async () => {
  await worker.stop();
  await server[Symbol.asyncDispose]();
  await simulator.close();
});

const model = () => ({
  provider: "openai-compatible" as const,
  model: "simulated-embedding",
  baseUrl: simulator.url,
});

async function computed(name: string) {
  await client.embeddings.create({ project, name, model: model() });
  let last: Awaited<ReturnType<typeof client.embeddings.get>> | undefined;
  for await (last of client.embeddings.watch({ project, name }));
  return last;
}

const similar = async (to: object, vector: string) =>
  (
    await client.records.search({
      project,
      where: { similar: { to, by: { vector } } } as never,
      sort: { by: "similarity" },
    })
  ).records;

const problemOf = async (act: Promise<unknown>) => {
  const error = await act.catch((thrown: unknown) => thrown);
  if (error instanceof CountersignError) return error.problem;
  throw new Error("it was not refused");
};

const vectorsLeft = async (on: TestServer): Promise<number> =>
  (await on.engine.pool.query<{ n: number }>("select count(*)::int as n from vectors")).rows[0]
    ?.n ?? Number.NaN;

test("vectors are told of before, computed, watched, listed, searched by texts and records, and deleted", async () => {
  expect(await client.embeddings.estimate({ project, model: model() })).toMatchObject({
    records: 4,
    usd: null,
  });
  expect(await computed("computed")).toMatchObject({
    state: "done",
    records: { done: 4, total: 4, refused: 0 },
  });
  const byText = await similar({ text: "lost bags" }, "computed");
  expect(byText.map(({ key }) => key)[0]).toBe("r1");
  expect(byText[0]?.score).toBeGreaterThan(byText.at(-1)?.score ?? 1);
  const byRecord = await similar({ keys: ["r0"] }, "computed");
  expect(byRecord.map(({ key }) => key)).not.toContain("r0");
  expect(byRecord[0]?.key).toBe("r1");

  await client.records.vectors({ project, metadata: "given" });
  const { items } = await client.embeddings.list({ project });
  expect(items.map(({ name, model: by }) => [name, by?.model ?? null])).toEqual([
    ["computed", "simulated-embedding"],
    ["given", null],
  ]);
  expect(await client.embeddings.remove({ project, name: "given" })).toEqual({ removed: 4 });
  expect(await problemOf(client.embeddings.get({ project, name: "given" }))).toMatchObject({
    type: "embedding-not-found",
    next: expect.stringContaining("embeddings list"),
  });
  await client.embeddings.remove({ project, name: "computed" });
});

test("what cannot be done is told with what to do", async () => {
  await client.records.vectors({ project, metadata: "given" });
  expect(await problemOf(similar({ text: "lost" }, "given"))).toMatchObject({
    type: "search-invalid",
  });
  expect(await problemOf(similar({ text: "lost" }, "nothing"))).toMatchObject({
    type: "search-invalid",
    what: expect.stringContaining("nothing"),
  });
  expect(await problemOf(client.embeddings.resume({ project, name: "given" }))).toMatchObject({
    type: "embedding-not-possible",
  });
  expect(
    await problemOf(client.embeddings.create({ project, name: "given", model: model() })),
  ).toMatchObject({ type: "embedding-exists" });
  await client.embeddings.remove({ project, name: "given" });
});

test("a backup brings vectors back; a record's go with it, and a project's with the project", async () => {
  await computed("kept");
  const archive = await new Response(await client.backups.download()).blob();
  await using restored = await startServer();
  await restored.client.backups.restore({ file: archive });
  expect(await restored.client.embeddings.get({ project, name: "kept" })).toMatchObject({
    state: "done",
    records: { done: 4, total: 4 },
  });
  expect(await vectorsLeft(restored)).toBe(4);

  const itsWorker = startWorker(restored.engine);
  await using _stopping = { [Symbol.asyncDispose]: () => itsWorker.stop() };
  await restored.client.records.remove({ project, where: { key: ["r0", "r1"] } });
  await expect.poll(() => vectorsLeft(restored), { timeout: 20_000 }).toBe(2);
  await restored.client.projects.remove({ project });
  await expect.poll(() => vectorsLeft(restored), { timeout: 20_000 }).toBe(0);
  await client.embeddings.remove({ project, name: "kept" });
});
