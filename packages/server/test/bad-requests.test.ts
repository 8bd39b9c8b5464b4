import { afterAll, beforeAll, expect, test } from "vitest";
import { raw, startServer, type TestServer } from "./running-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const post = (body: string, type = "application/json", path = "/api/v1/projects") =>
  raw(server.port, path, { method: "POST", headers: { "content-type": type }, body });

test("an unknown address is a problem document", async () => {
  const { status, headers, text } = await raw(server.port, "/api/v1/nothing?x=1");
  expect([status, headers["content-type"]]).toEqual([404, "application/problem+json"]);
  expect(JSON.parse(text)).toEqual({
    type: "urn:countersign:problem:route-not-found",
    title: "Route not found",
    status: 404,
    detail: "There is nothing at GET /api/v1/nothing. What there is: /api/v1/docs",
    what: "There is nothing at GET /api/v1/nothing.",
    next: "What there is: /api/v1/docs",
  });
});

test("a wrong method is a problem document", async () => {
  const { status, text } = await raw(server.port, "/api/v1/projects", { method: "DELETE" });
  expect([status, JSON.parse(text).title]).toEqual([404, "Route not found"]);
});

test("all that is wrong with a request is told, field by field", async () => {
  const path = "/api/v1/projects/NO/jobs/x/items?limit=0&outcome=great&limt=3";
  const { status, text } = await raw(server.port, path);
  expect(status).toBe(400);
  const { what } = JSON.parse(text);
  for (const field of ["project: ", "job: ", "limit: ", "outcome: ", "limt"])
    expect(what).toContain(field);
});

test("a fault deep in a body is named by its path", async () => {
  const schema = { labels: [{ name: "tone", options: [{ value: "pos" }] }], more: 1 };
  const { status, text } = await raw(server.port, "/api/v1/projects/a/schema", {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(schema),
  });
  expect(status).toBe(400);
  expect(JSON.parse(text).what).toContain("labels[0].options[0].text: ");
  expect(JSON.parse(text).what).toContain("more");
});

test("text that Postgres cannot hold is told with its field", async () => {
  const search = "/api/v1/projects/a/records/search";
  for (const bad of ["\\u0000", "\\ud800"]) {
    const { status, text } = await post(`{"where":{"key":["x${bad}"]}}`, undefined, search);
    expect([status, JSON.parse(text).what]).toEqual([
      400,
      expect.stringContaining("where.key.0: "),
    ]);
  }
  const { status } = await raw(server.port, "/api/v1/projects/a/agents/%00");
  expect(status).toBe(400);
});

test("a document nested without end is told, and the server lives on", async () => {
  const depth = 1_000_000;
  const body = `{"where":${'{"all":['.repeat(depth)}${"]}".repeat(depth)}}`;
  const { status, text } = await post(body, undefined, "/api/v1/projects/a/records/search");
  expect([status, JSON.parse(text).what]).toEqual([400, expect.stringContaining("100 deep")]);
});

test("a body that is no JSON is told", async () => {
  const { status, text } = await post('{"name": ');
  expect(status).toBe(400);
  expect(JSON.parse(text).what).toMatch(/^The body is no JSON: /);
});

test("a body that does not call itself JSON is not read, as other sites' forms could send it", async () => {
  for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]) {
    const { status, text } = await post('{"name":"form"}', type);
    expect([status, JSON.parse(text).what]).toEqual([
      400,
      expect.stringContaining("application/json"),
    ]);
  }
});

test("a body that is too large is refused before it is whole", async () => {
  const { status, text } = await post(`{"name":"${"a".repeat(11 * 1024 * 1024)}"}`);
  expect([status, JSON.parse(text).title]).toEqual([413, "Request too large"]);
});

test("an unexpected failure tells nothing but where it is logged", async () => {
  await using broken = await startServer();
  await broken.engine.pool.query("drop table projects cascade");
  const { status, text } = await raw(broken.port, "/api/v1/projects");
  expect(status).toBe(500);
  const { type, instance } = JSON.parse(text);
  expect(type).toBe("urn:countersign:problem:internal");
  expect(instance).toMatch(/^urn:uuid:[0-9a-f-]{36}$/);
  expect(text).not.toMatch(/relation|postgres|select|\.ts/i);
});

test("every response is told not to be sniffed, framed or cached", async () => {
  const { headers } = await raw(server.port, "/api/v1/projects");
  expect(headers).toMatchObject({
    "content-type": "application/json",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "content-security-policy": expect.stringContaining("frame-ancestors 'none'"),
  });
  expect(headers["strict-transport-security"]).toBeUndefined();
});
