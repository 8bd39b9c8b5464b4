import type { Countersign } from "@countersign/sdk";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startServer, type TestServer } from "./running-server.ts";

let server: TestServer;
let client: Countersign;
const project = "subsets";

beforeAll(async () => {
  server = await startServer();
  client = server.client;
  await client.projects.create({ name: project });
  const rows = Array.from({ length: 12 }, (_, at) =>
    JSON.stringify({
      id: `k${at}`,
      text: `message number ${at}`,
      stars: at,
      language: at % 3 === 0 ? "de" : "en",
      embedding: [at, 1],
    }),
  );
  await client.records.import({
    project,
    format: "jsonl",
    mapping: { key: "id", text: "text", metadata: ["stars", "language", "embedding"] },
    file: rows.join("\n"),
  });
});
afterAll(() => server[Symbol.asyncDispose]());

const keysOf = async (search: Omit<Parameters<typeof client.records.search>[0], "project">) =>
  (await client.records.search({ project, ...search })).records.map(({ key }) => key);

test("metadata is compared by type and sorted by", async () => {
  expect(
    await keysOf({
      where: { metadata: { stars: { ">=": 4, "<": 8 }, language: { "==": "en" } } },
      sort: { by: "metadata", name: "stars", order: "descending" },
    }),
  ).toEqual(["k7", "k5", "k4"]);
});

test("subsets are saved, combined, sampled, listed, exported from, and deleted", async () => {
  const frozen = await client.subsets.create({
    project,
    name: "few stars",
    where: { metadata: { stars: { "<": 3 } } },
    sort: { by: "metadata", name: "stars", order: "descending" },
  });
  expect(frozen).toMatchObject({ kind: "frozen", size: 3 });
  const german = { metadata: { language: { "==": "de" } } };
  await client.subsets.create({ project, name: "german", kind: "search", where: german });
  expect(
    await keysOf({
      where: { all: [{ subset: "few stars" }, { not: [{ subset: "german" }] }] },
      sort: { by: "subset", subset: "few stars" },
    }),
  ).toEqual(["k2", "k1"]);
  const sample = await client.subsets.sample({
    project,
    name: "sample",
    size: 6,
    seed: 3,
    strata: { metadata: "language" },
    allocation: "equal",
  });
  expect(sample.drawing?.drawn).toEqual([
    { value: "de", records: 4, drawn: 3 },
    { value: "en", records: 8, drawn: 3 },
  ]);
  const names = (await Array.fromAsync(client.subsets.all({ project, limit: 1 }))).map(
    ({ name }) => name,
  );
  expect(names).toEqual(["few stars", "german", "sample"]);
  const file = await client.records.export({
    project,
    format: "jsonl",
    where: { subset: "few stars" },
  });
  const lines = (await new Response(file).text()).trim().split("\n");
  expect(lines.map((line) => JSON.parse(line).key)).toEqual(["k0", "k1", "k2"]);
  await client.subsets.remove({ project, subset: "few stars" });
  await expect(client.subsets.get({ project, subset: "few stars" })).rejects.toMatchObject({
    problem: { type: "subset-not-found", status: 404 },
  });
  await expect(keysOf({ where: { subset: "few stars" } })).rejects.toMatchObject({
    problem: { type: "search-invalid", what: expect.stringContaining("“few stars”") },
  });
});

test("a name that is taken, and a saved search with a limit, are refused", async () => {
  await client.subsets.create({ project, name: "taken" });
  await expect(client.subsets.create({ project, name: "taken" })).rejects.toMatchObject({
    problem: { type: "subset-exists", status: 409 },
  });
  await expect(
    client.subsets.create({ project, name: "new", kind: "search", limit: 3 }),
  ).rejects.toMatchObject({ problem: { type: "request-invalid" } });
});

test("similar records are found by text and by vector, with scores", async () => {
  expect(await client.records.vectors({ project, metadata: "embedding" })).toEqual({
    name: "embedding",
    records: 12,
    length: 2,
  });
  const by = { vector: "embedding" };
  const { records } = await client.records.search({
    project,
    where: { similar: { to: { keys: ["k11"] }, by, top: 2 } },
    sort: { by: "similarity" },
  });
  expect(records.map(({ key }) => key)).toEqual(["k10", "k9"]);
  expect(records[0]?.score).toBeCloseTo((110 + 1) / Math.sqrt(122 * 101), 5);
  const likeText = await keysOf({
    where: { similar: { to: { text: "message number 7" }, top: 1 } },
  });
  expect(likeText).toEqual(["k7"]);
});

test("a comparison that says nothing, or compares what has no order, is refused", async () => {
  for (const comparison of [{}, { "<": true }, { ">": "x".repeat(501) }])
    await expect(
      client.records.search({
        project,
        where: { metadata: { stars: comparison } },
      } as Parameters<typeof client.records.search>[0]),
    ).rejects.toMatchObject({ problem: { type: "request-invalid" } });
});
