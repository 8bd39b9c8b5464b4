import { Countersign } from "@countersign/sdk";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freshEngine } from "../../../test/fresh-database.ts";
import { createApp, serve } from "../src/index.ts";
import { raw, startServer, type TestServer } from "./running-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server[Symbol.asyncDispose]());

/** A project with records, an agent and a job that no worker takes up. */
async function waitingJob(
  client: Countersign,
  project: string,
): Promise<{ project: string; job: number }> {
  await client.projects.create({ name: project });
  const options = [{ value: "a", text: "A" }];
  await client.schemas.set({ project, labels: [{ name: "l", options }] });
  await client.records.import({ project, format: "csv", mapping: { text: "t" }, file: "t\nx\n" });
  const model = {
    provider: "openai-compatible",
    model: "m",
    baseUrl: "http://127.0.0.1:1",
  } as const;
  const { id: agent } = await client.agents.create({ project, model });
  return { project, job: (await client.jobs.run({ project, agent })).id };
}

test("a watched job is told at once and at each change, and the stream ends with it", async () => {
  const { client } = server;
  const job = await waitingJob(client, "watched");
  const states: string[] = [];
  for await (const { state } of client.jobs.watch(job)) {
    if (states.push(state) === 1) await client.jobs.cancel(job);
  }
  expect([states.length > 1, states.at(-1)]).toEqual([true, "cancelled"]);
});

test("a client that leaves is not watched for any longer", async () => {
  const job = await waitingJob(server.client, "left");
  for await (const _ of server.client.jobs.watch(job)) break;
  const listening = () => server.engine.pool.totalCount - server.engine.pool.idleCount;
  await expect.poll(listening).toBe(0);
});

test("a server that closes ends what is watched at once", async () => {
  await using engine = await freshEngine();
  const running = await serve({ engine, host: "127.0.0.1", port: 0, version: "1.2.3" });
  if (!running.ok) throw new Error(running.error.what);
  const { url, close } = running.value;
  const { project, job } = await waitingJob(new Countersign({ url }), "closing");
  const response = await fetch(`${url}/api/v1/projects/${project}/jobs/${job}/events`);
  const reader = response.body?.getReader();
  await reader?.read();
  const started = performance.now();
  await close();
  expect(performance.now() - started).toBeLessThan(2_000);
  for (;;) if ((await reader?.read())?.done) break;
});

const megabyte = 1024 * 1024;

/** About 20 MB of CSV, made as it is read. */
function largeFile(header: string) {
  const file = { pulled: 0, rows: 0 };
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(header)),
    pull(controller) {
      if (file.pulled > 20 * megabyte) {
        controller.close();
        return;
      }
      let chunk = "";
      for (let n = 0; n < 100; n += 1) {
        file.rows += 1;
        chunk += `${file.rows},${`text number ${file.rows} `.repeat(60)}\n`;
      }
      const bytes = encoder.encode(chunk);
      file.pulled += bytes.length;
      controller.enqueue(bytes);
    },
  });
  return { file, body };
}

test("a file of 20 MB is imported as it comes", async () => {
  await server.client.projects.create({ name: "large" });
  const { file, body } = largeFile("id,text\n");
  const report = await server.client.records.import({
    project: "large",
    format: "csv",
    mapping: { key: "id", text: "text" },
    file: body,
  });
  expect(file.pulled).toBeGreaterThan(20 * megabyte);
  expect(report).toMatchObject({ rows: file.rows, added: file.rows });
});

test("no more of a file is taken than is needed to refuse it", async () => {
  const app = createApp({ engine: server.engine, version: "1.2.3" });
  const client = new Countersign({
    url: "http://in.process",
    fetch: (request) => app.fetch(request, { remote: "in-process" }),
  });
  await client.projects.create({ name: "refused" });
  const { file, body } = largeFile("id,something\n");
  const refused = client.records.import({
    project: "refused",
    format: "csv",
    mapping: { text: "text" },
    file: body,
  });
  await expect(refused).rejects.toMatchObject({ problem: { type: "import-rejected" } });
  expect(file.pulled).toBeLessThan(2 * megabyte);
});

test("a client that is still sending when it is refused gets the problem, not a broken connection", async () => {
  for (const project of ["nowhere", "NOT-A-NAME"]) {
    const refused = server.client.records.import({
      project,
      format: "csv",
      mapping: { text: "text" },
      file: largeFile("id,text\n").body,
    });
    await expect(refused).rejects.toMatchObject({
      problem: { type: project === "nowhere" ? "project-not-found" : "request-invalid" },
    });
  }
});

test("a file whose sender leaves on the way is not imported", async () => {
  const { client, engine } = server;
  await client.projects.create({ name: "abandoned" });
  const leave = new AbortController();
  const { file, body } = largeFile("id,text\n");
  const imported = client.records.import(
    { project: "abandoned", format: "csv", mapping: { text: "text" }, file: body },
    { signal: leave.signal },
  );
  await expect.poll(() => file.pulled).toBeGreaterThan(2 * megabyte);
  leave.abort(new Error("left"));
  await expect(imported).rejects.toThrow("left");
  await expect.poll(() => engine.pool.totalCount - engine.pool.idleCount).toBe(0);
  expect((await client.projects.get({ project: "abandoned" })).records).toBe(0);
});

test("an export starts before it is whole and can be left early", async () => {
  const stream = await server.client.records.export({ project: "large", format: "jsonl" });
  const reader = stream.getReader();
  expect((await reader.read()).value?.length).toBeLessThan(2 * megabyte);
  await reader.cancel();
  const listening = () => server.engine.pool.totalCount - server.engine.pool.idleCount;
  await expect.poll(listening).toBe(0);
});

test("an export that fails on the way breaks the connection, so that it is not taken for whole", async () => {
  const { engine, port } = server;
  const stream = await server.client.records.export({ project: "large" });
  const reader = stream.getReader();
  await reader.read();
  await engine.pool.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
  );
  const rest = async () => {
    for (;;) if ((await reader.read()).done) return;
  };
  await expect(rest()).rejects.toThrow();
  expect((await raw(port, "/api/v1/projects")).status).toBe(200);
});
