import type { Countersign } from "@countersign/sdk";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startServer, type TestServer } from "./running-server.ts";

let server: TestServer;
let client: Countersign;
const project = "brought";
const by = { model: "gpt-3" };

beforeAll(async () => {
  server = await startServer();
  client = server.client;
  await client.projects.create({ name: project });
  const options = ["pos", "neg"].map((value) => ({ value, text: value }));
  await client.schemas.set({ project, labels: [{ name: "tone", kind: "single", options }] });
  await client.records.import({
    project,
    format: "csv",
    mapping: {
      key: "id",
      text: "text",
      labels: [{ label: "tone", column: "llm", by: { name: "gpt-3" } }],
    },
    file: "id,text,llm\nk0,good,pos\nk1,bad,pos\nk2,fine,neg\n",
  });
});
afterAll(() => server[Symbol.asyncDispose]());

const keysOf = async (status: "confirmed" | "corrected" | "unverified") => {
  const where = { label: { name: "tone", by, status: [status] } };
  return (await client.records.search({ project, where })).records.map(({ key }) => key);
};

const exported = async (key: string) => {
  const file = await client.records.export({ project, format: "jsonl", where: { key: [key] } });
  return JSON.parse(await new Response(file).text()).labels.tone;
};

test("labels that a model brought are confirmed, corrected and left as they were, like a job's", async () => {
  const { records } = await client.records.search({ project });
  const label = (at: number) => records[at]?.labels[0]?.id ?? 0;
  expect((await exported("k0")).final).toBeNull();
  await client.verifications.record({
    project,
    decisions: [
      { label: label(0), verdict: "CONFIRMS" },
      { label: label(1), verdict: "CORRECTS", value: "neg" },
      { label: label(2), verdict: "CONFIRMS" },
    ],
  });
  await client.verifications.record({
    project,
    decisions: [{ label: label(2), verdict: "RETRACTS" }],
  });
  expect(await keysOf("confirmed")).toEqual(["k0"]);
  expect(await keysOf("corrected")).toEqual(["k1"]);
  expect(await keysOf("unverified")).toEqual(["k2"]);

  expect(await exported("k1")).toMatchObject({
    model: null,
    verification: { verdict: "corrected", value: "neg" },
    final: {
      value: "neg",
      source: "corrected",
      from: { value: "pos", modelName: "gpt-3", job: null, agent: null, agentId: null },
      verifications: [{ verdict: "CORRECTS", judged: "pos", value: "neg" }],
    },
  });
  expect((await exported("k2")).final).toBeNull();
  const detail = await client.records.get({ project, record: records[2]?.id ?? 0 });
  expect(detail.verifications.map(({ verdict }) => verdict)).toEqual(["CONFIRMS", "RETRACTS"]);
});

test("the models whose labels came with files are listed, and their labels counted", async () => {
  expect(await client.labels.models({ project })).toEqual({
    models: [{ name: "gpt-3", labels: [{ name: "tone", n: 3, schemaVersion: 1 }] }],
  });
  const summary = { project, model: "gpt-3", label: "tone" };
  expect(await client.labels.modelSummary(summary)).toMatchObject({
    statuses: { unverified: 1, confirmed: 1, corrected: 1 },
    values: [
      { value: "pos", n: 2 },
      { value: "neg", n: 1 },
    ],
    unmeasured: 3,
  });
  expect(await client.labels.modelSummary({ ...summary, model: "nobody" })).toMatchObject({
    statuses: { unverified: 0, confirmed: 0, corrected: 0 },
    values: [],
  });
});

test("a file that comes again changes no label that a person has verified", async () => {
  await client.records.import({
    project,
    format: "csv",
    mapping: {
      key: "id",
      text: "text",
      labels: [{ label: "tone", column: "llm", by: { name: "gpt-3" } }],
    },
    duplicates: "update",
    file: "id,text,llm\nk0,good,neg\nk2,fine,pos\n",
  });
  const { records } = await client.records.search({ project });
  expect(records.map(({ labels }) => labels[0]?.value)).toEqual(["pos", "pos", "pos"]);
});
