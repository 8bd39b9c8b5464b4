import { type Condition, SchemaDocument } from "@countersign/core";
import type { Countersign } from "@countersign/sdk";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startServer, type TestServer } from "./running-server.ts";

let server: TestServer;
let client: Countersign;
const project = "labels";
const options = ["price", "bag", "delay"].map((value) => ({ value, text: value }));
const document = SchemaDocument.parse({
  labels: [
    { name: "topics", kind: "multiple", options },
    { name: "order", kind: "ranking", options },
    { name: "score", kind: "number", min: 0, max: 20 },
    { name: "why", kind: "text" },
    { name: "parts", level: "span", options },
  ],
});
const said = [
  [["price", "bag"], ["bag", "price", "delay"], 9, "The bag was late"],
  [["bag"], ["price", "bag", "delay"], 10, "Too dear, 100%"],
  [[], ["delay", "bag", "price"], 4.5, "nothing"],
] as const;

beforeAll(async () => {
  server = await startServer();
  client = server.client;
  await client.projects.create({ name: project });
  await client.schemas.set({ project, ...document });
  const rows = said.map((_, at) => JSON.stringify({ id: `k${at}`, text: "a bag" }));
  await client.records.import({
    project,
    format: "jsonl",
    mapping: { key: "id", text: "text" },
    file: rows.join("\n"),
  });
  const { records } = await client.records.search({ project });
  await client.labels.set({
    project,
    labels: records.flatMap(({ id: record }, at) => {
      const [topics = [], order = [], score = 0, why = ""] = said[at] ?? [];
      const parts = at === 1 ? [] : [{ start: 2, end: 5, value: at === 0 ? "bag" : "price" }];
      return [
        { record, name: "topics", value: [...topics] },
        { record, name: "order", value: [...order] },
        { record, name: "score", value: score },
        { record, name: "why", value: why },
        { record, name: "parts", value: parts },
      ];
    }),
  });
});
afterAll(() => server[Symbol.asyncDispose]());

type Label = Extract<Condition, { label: unknown }>["label"];

const keysOf = async (label: Label) =>
  (await client.records.search({ project, where: { label } })).records.map(({ key }) => key);

test("records are found by what their labels of every kind say", async () => {
  expect(await keysOf({ name: "topics", says: { any: ["price", "delay"] } })).toEqual(["k0"]);
  expect(await keysOf({ name: "topics", says: { all: ["bag", "price"] } })).toEqual(["k0"]);
  expect(await keysOf({ name: "topics", says: { any: ["bag"] } })).toEqual(["k0", "k1"]);
  expect(await keysOf({ name: "topics", value: [[]] })).toEqual(["k2"]);
  expect(await keysOf({ name: "order", says: { first: ["price", "delay"] } })).toEqual([
    "k1",
    "k2",
  ]);
  expect(await keysOf({ name: "score", says: { ">": 4.5, "<=": 10 } })).toEqual(["k0", "k1"]);
  expect(
    await keysOf({ name: "why", says: { keyword: { text: "BAG", caseSensitive: false } } }),
  ).toEqual(["k0"]);
  expect(
    await keysOf({ name: "why", says: { keyword: { text: "0%", caseSensitive: false } } }),
  ).toEqual(["k1"]);
  expect(await keysOf({ name: "parts", says: { any: ["bag"] } })).toEqual(["k0"]);
  expect(await keysOf({ name: "parts", value: [[]] })).toEqual(["k1"]);
});

test("numbers are sorted as numbers", async () => {
  const { actor: person } = await client.server.whoami({});
  const { records } = await client.records.search({
    project,
    sort: { by: "label", name: "score", of: { person }, fact: "value", order: "descending" },
  });
  expect(records.map(({ key }) => key)).toEqual(["k1", "k0", "k2"]);
});

test("who asks for nothing that a label could say is told what there is", async () => {
  await expect(keysOf({ says: {} })).rejects.toMatchObject({
    problem: { type: "request-invalid", what: expect.stringContaining("any, all, first, keyword") },
  });
  await expect(keysOf({ says: { any: [] } })).rejects.toMatchObject({
    problem: { type: "request-invalid" },
  });
});
