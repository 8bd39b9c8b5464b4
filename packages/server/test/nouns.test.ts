import type { Countersign } from "@countersign/sdk";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { raw, startServer, type TestServer } from "./running-server.ts";

let server: TestServer;
let client: Countersign;
beforeAll(async () => {
  server = await startServer();
  client = server.client;
});
afterAll(() => server[Symbol.asyncDispose]());

const problem = (type: string, status: number) => ({ problem: { type, status } });

const tone = {
  labels: [
    {
      name: "tone",
      options: [
        { value: "pos", text: "positive" },
        { value: "neg", text: "negative" },
      ],
    },
  ],
};

describe("projects", () => {
  test("are made, found, listed page by page, and removed", async () => {
    for (const name of ["list-a", "list-b", "list-c"]) await client.projects.create({ name });
    expect(await client.projects.get({ project: "list-b" })).toMatchObject({
      name: "list-b",
      records: 0,
      schemaVersion: null,
    });
    const first = await client.projects.list({ limit: 1 });
    expect([first.items.length, typeof first.next]).toEqual([1, "string"]);
    const names: string[] = [];
    for await (const { name } of client.projects.all({ limit: 2 })) names.push(name);
    expect(names.filter((name) => name.startsWith("list-"))).toEqual([
      "list-a",
      "list-b",
      "list-c",
    ]);
    expect(await client.projects.remove({ project: "list-b" })).toMatchObject({
      what: "project",
      name: "list-b",
      lost: { records: 0, jobs: 0, labels: 0, verifications: 0 },
    });
    await expect(client.projects.get({ project: "list-b" })).rejects.toMatchObject(
      problem("project-not-found", 404),
    );
  });

  test("have names of their own, in their own alphabet", async () => {
    await client.projects.create({ name: "own" });
    await expect(client.projects.create({ name: "own" })).rejects.toMatchObject(
      problem("project-exists", 409),
    );
    await expect(client.projects.create({ name: "No Spaces" })).rejects.toMatchObject(
      problem("request-invalid", 400),
    );
  });
});

describe("schemas", () => {
  test("are set, kept in versions, and left alone where nothing changed", async () => {
    await client.projects.create({ name: "versions" });
    const project = "versions";
    await expect(client.schemas.get({ project })).rejects.toMatchObject(
      problem("schema-missing", 409),
    );
    expect(await client.schemas.set({ project, ...tone })).toMatchObject({
      version: 1,
      changed: true,
      document: { labels: [{ name: "tone", kind: "single", level: "record" }] },
    });
    expect(await client.schemas.set({ project, ...tone })).toMatchObject({
      version: 1,
      changed: false,
    });
    const topic = {
      name: "topic",
      kind: "multiple" as const,
      options: [{ value: "a", text: "A" }],
    };
    await client.schemas.set({ project, labels: [...tone.labels, topic] });
    const { items } = await client.schemas.history({ project });
    expect(items.map(({ version }) => version)).toEqual([2, 1]);
    expect(items[0]).toMatchObject(await client.schemas.get({ project }));
  });

  test("that contradict themselves are refused with the place", async () => {
    await client.projects.create({ name: "contradiction" });
    const labels = [...tone.labels, ...tone.labels];
    await expect(client.schemas.set({ project: "contradiction", labels })).rejects.toMatchObject({
      problem: { type: "request-invalid", what: expect.stringContaining("two labels are named") },
    });
  });
});

describe("records", () => {
  const csv = "id,text,channel\n1,good one,mail\n2,=1+1,mail\n3,<script>alert(1)</script>,chat\n";
  const project = "records";
  beforeAll(async () => {
    await client.projects.create({ name: project });
    const mapping = { key: "id", text: "text", metadata: ["channel"] };
    const report = await client.records.import({ project, format: "csv", mapping, file: csv });
    expect(report).toMatchObject({ rows: 3, added: 3, unchanged: 0 });
  });

  test("are found by what they say, page by page", async () => {
    const found = await client.records.search({
      project,
      where: { keyword: { text: "GOOD" } },
      count: true,
    });
    expect([found.records.map((record) => record.key), found.count]).toEqual([
      ["1"],
      { n: 1, exact: true },
    ]);
    const keys: string[] = [];
    for await (const page of client.records.pages({ project, limit: 2 }))
      keys.push(page.records.map((record) => record.key).join());
    expect(keys).toEqual(["1,2", "3"]);
  });

  test("come whole when asked for one by one", async () => {
    const { records } = await client.records.search({ project, where: { key: ["2"] } });
    const record = await client.records.get({ project, record: records[0]?.id ?? 0 });
    expect(record).toMatchObject({ key: "2", content: "=1+1", source: { channel: "mail" } });
    await expect(client.records.get({ project, record: 999_999 })).rejects.toMatchObject(
      problem("record-not-found", 404),
    );
  });

  test("with HTML in them come back as JSON text that no browser runs", async () => {
    const { headers, text } = await raw(server.port, `/api/v1/projects/${project}/records/search`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: '{"where":{"key":["3"]}}',
    });
    expect(headers["content-type"]).toBe("application/json");
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(JSON.parse(text).records[0].content).toBe("<script>alert(1)</script>");
  });

  test("that cannot be read are refused with their rows, and none is stored", async () => {
    const before = await client.projects.get({ project });
    const file = "id,text,channel\n9,fine,mail\n9,again,mail\n";
    const mapping = { key: "id", text: "text" };
    const refused = client.records.import({ project, format: "csv", mapping, file });
    await expect(refused).rejects.toMatchObject({
      problem: { type: "import-rejected", status: 422, rows: [{ row: 3 }] },
    });
    expect(await client.projects.get({ project })).toEqual(before);
  });

  test("are not searched by a pattern that is none", async () => {
    await expect(
      client.records.search({ project, where: { regex: { pattern: "(" } } }),
    ).rejects.toMatchObject(problem("search-invalid", 422));
  });

  test("are exported in their formats", async () => {
    const jsonl = await new Response(await client.records.export({ project })).text();
    const lines = jsonl
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines.map(({ key, text }) => [key, text])).toEqual([
      ["1", "good one"],
      ["2", "=1+1"],
      ["3", "<script>alert(1)</script>"],
    ]);
    const table = await raw(server.port, `/api/v1/projects/${project}/records/export?format=csv`);
    expect(table.headers["content-type"]).toBe("text/csv; charset=utf-8");
    expect(table.headers["content-disposition"]).toBe('attachment; filename="records.csv"');
    expect(table.text).toContain("'=1+1");
    await expect(client.records.export({ project: "nowhere" })).rejects.toMatchObject(
      problem("project-not-found", 404),
    );
  });
});

describe("tokens", () => {
  test("are made, listed without their secrets, and revoked", async () => {
    const { secret, ...token } = await client.tokens.create({ name: "notebook" });
    const { items } = await client.tokens.list();
    expect(items).toContainEqual(token);
    expect(JSON.stringify(items)).not.toContain(secret);
    expect(await client.tokens.revoke({ token: token.id })).toEqual(token);
    await expect(client.tokens.revoke({ token: token.id })).rejects.toMatchObject(
      problem("token-not-found", 404),
    );
  });
});
