import { Countersign } from "@countersign/sdk";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startServer, type TestServer } from "./running-server.ts";

let server: TestServer;
let client: Countersign;
beforeAll(async () => {
  server = await startServer();
  client = server.client;
});
afterAll(() => server[Symbol.asyncDispose]());

const problem = (type: string, status: number) => ({ problem: { type, status } });

/** A client that works in somebody's name. */
async function as(name: string): Promise<Countersign> {
  const { secret } = await client.tokens.create({ name });
  return new Countersign({ url: server.url, token: secret });
}

async function project(name: string, texts: readonly string[]): Promise<string> {
  await client.projects.create({ name });
  const options = ["pos", "neg"].map((value) => ({ value, text: value }));
  await client.schemas.set({ project: name, labels: [{ name: "tone", options }] });
  await client.records.import({
    project: name,
    format: "jsonl",
    mapping: { key: "id", text: "text" },
    file: texts.map((text, at) => JSON.stringify({ id: `r${at}`, text })).join("\n"),
  });
  return name;
}

test("two people with their tokens work through an assignment, each in their own name", async () => {
  const name = await project("two", ["a", "b", "c"]);
  const people = { ann: await as("ann"), ben: await as("ben") };
  const made = await client.assignments.create({
    project: name,
    name: "first round",
    mode: "label",
    people: ["ann", "ben"],
    overlap: 2,
  });
  expect(made).toMatchObject({ records: 3, progress: { done: 0 } });
  const input = { project: name, assignment: "first round" };
  for (const [person, own] of Object.entries(people))
    for (;;) {
      const { items } = await own.assignments.next(input);
      const [item] = items;
      if (!item) break;
      const label = {
        record: item.record.id,
        name: "tone",
        value: person === "ann" ? "pos" : "neg",
      };
      await own.labels.set({ project: name, assignment: "first round", labels: [label] });
    }
  expect(await client.assignments.get(input)).toMatchObject({
    progress: { complete: 3, done: 6, held: 0 },
    shares: [
      { person: "ann", done: 3 },
      { person: "ben", done: 3 },
    ],
    holds: [],
  });
  const { records } = await client.records.search({ project: name });
  for (const { labels } of records)
    expect(labels.map(({ annotator, value }) => [annotator.name, value])).toEqual([
      ["ann", "pos"],
      ["ben", "neg"],
    ]);
  await expect(client.assignments.next(input)).rejects.toMatchObject(
    problem("assignment-not-possible", 409),
  );
  expect(await client.assignments.close(input)).toMatchObject({ state: "closed" });
  expect(await client.assignments.reopen(input)).toMatchObject({ state: "open" });
  expect(await client.assignments.extend({ ...input, people: null, overlap: 3 })).toMatchObject({
    people: null,
    overlap: 3,
    added: 0,
  });
  expect((await people.ann.assignments.next({ ...input, count: 3 })).items).toEqual([]);
  const turn = await client.assignments.next({ ...input, count: 3 });
  expect(turn.items).toHaveLength(3);
  expect(await people.ben.assignments.release({ ...input, person: null })).toEqual({ released: 3 });
  expect((await client.assignments.list({ project: name })).items).toHaveLength(1);
  expect(await client.assignments.remove(input)).toEqual({ name: "first round", records: 3 });
  await expect(client.assignments.get(input)).rejects.toMatchObject(
    problem("assignment-not-found", 404),
  );
});

test("a function over all records stores a value each, batch by batch", async () => {
  const texts = Array.from({ length: 25 }, (_, n) => "x".repeat(n + 1));
  const name = await project("function", texts);
  const sizes: number[] = [];
  const told: unknown[] = [];
  const done = await client.records.annotate(
    { project: name, name: "length", batch: 10, onProgress: (progress) => told.push(progress) },
    async (records) => {
      sizes.push(records.length);
      return records.map(({ content }) => content.length);
    },
  );
  expect(sizes).toEqual([10, 10, 5]);
  expect(done).toEqual({ seen: 25, set: 25, skipped: 0, records: 25 });
  expect(told).toHaveLength(3);
  const { records } = await client.records.search({ project: name });
  expect(records.map(({ metadata }) => metadata.length)).toEqual(texts.map((text) => text.length));
});

test("broken off, a function goes on where it was, and does nothing twice unless told to", async () => {
  const name = await project(
    "resumed",
    Array.from({ length: 25 }, (_, n) => `text ${n}`),
  );
  const input = { project: name, name: "seen", batch: 10 };
  let calls = 0;
  const failing = client.records.annotate(input, (records) => {
    calls += 1;
    if (calls === 2) throw new Error("no more memory");
    return records.map(() => true);
  });
  await expect(failing).rejects.toThrow("no more memory");
  const asked: string[] = [];
  const rest = await client.records.annotate(input, (records) => {
    asked.push(...records.map(({ key }) => key));
    return records.map(({ key }) => (key === "r24" ? undefined : true));
  });
  expect(rest).toEqual({ seen: 25, set: 14, skipped: 10, records: 25 });
  expect(asked).toEqual(Array.from({ length: 15 }, (_, n) => `r${n + 10}`));
  const again = await client.records.annotate({ ...input, redo: true }, (records) =>
    records.map(() => [0.5, n()]),
  );
  expect(again).toMatchObject({ set: 25, skipped: 0 });
  await expect(client.records.annotate({ ...input, redo: true }, () => [])).rejects.toThrow(
    "given 10 and returned 0 values",
  );
  const stopped = new AbortController();
  const stopping = client.records.annotate(
    { ...input, redo: true },
    (records) => {
      stopped.abort(new Error("enough"));
      return records.map(() => 1);
    },
    { signal: stopped.signal },
  );
  await expect(stopping).rejects.toThrow("enough");
  const { records } = await client.records.search({ project: name });
  expect(records.every(({ metadata }) => Array.isArray(metadata.seen))).toBe(true);
});

const n = () => 1;

test("vectors too long for one request come in several", async () => {
  const name = await project(
    "vectors",
    Array.from({ length: 6 }, (_, n) => `text ${n}`),
  );
  const vector = Array.from({ length: 9000 }, (_, n) => 1 / (n + 3));
  const done = await client.records.annotate({ project: name, name: "v" }, (records) =>
    records.map(() => vector),
  );
  expect(done.set).toBe(6);
});

test("a function over labels keeps its values apart from the engine's", async () => {
  const name = await project("labels", ["a", "b"]);
  await client.labels.set({
    project: name,
    labels: [
      { record: "r0", name: "tone", value: "pos" },
      { record: "r1", name: "tone", value: "neg" },
    ],
  });
  const input = { project: name, name: "odd", label: "tone" };
  const done = await client.labels.annotate(input, (labels) =>
    labels.map(({ label, record }) => `${record.key} ${String(label.value)}`),
  );
  expect(done).toMatchObject({ seen: 2, set: 2 });
  const { records } = await client.records.search({ project: name });
  expect(records.map(({ labels }) => labels[0]?.metadata)).toEqual([
    { user: { odd: "r0 pos" } },
    { user: { odd: "r1 neg" } },
  ]);
  expect(await client.labels.annotate(input, () => [])).toMatchObject({ skipped: 2, set: 0 });
});

test("metadata is removed from all records", async () => {
  const name = await project("removed", ["a", "b"]);
  await client.records.setMetadata({
    project: name,
    entries: [{ record: "r0", set: { a: 1, b: 2 } }],
  });
  expect(await client.records.removeMetadata({ project: name, names: ["a"] })).toEqual({
    changed: 1,
  });
  await expect(
    client.records.setMetadata({
      project: name,
      // A caller without types gets as far as the server.
      entries: [{ record: "r0", set: JSON.parse('{"a": null}') }],
    }),
  ).rejects.toMatchObject(problem("request-invalid", 400));
});
