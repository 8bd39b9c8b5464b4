import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { raw, startServer, type TestServer } from "./running-server.ts";

let directory: string;
let server: TestServer;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "web app ü "));
  const webRoot = join(directory, "dist");
  await mkdir(join(webRoot, "assets"), { recursive: true });
  await writeFile(join(directory, "secret.txt"), "secret");
  await writeFile(join(webRoot, "index.html"), "<title>the app</title>");
  await writeFile(join(webRoot, "favicon.svg"), "<svg/>");
  await writeFile(join(webRoot, "assets/app-1a2b.js"), "run()");
  server = await startServer({ webRoot, host: "0.0.0.0" });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await rm(directory, { recursive: true });
});

const get = (path: string) => raw(server.port, path);

test("the app's page is there without a token, and is asked for anew each time", async () => {
  const { status, headers, text } = await get("/");
  expect([status, text]).toEqual([200, "<title>the app</title>"]);
  expect(headers["content-type"]).toMatch(/^text\/html/);
  expect(headers["cache-control"]).toBe("no-cache");
  expect(headers["content-security-policy"]).toContain("default-src 'self'");
});

test("a file named by its content is kept for good", async () => {
  const { headers, text } = await get("/assets/app-1a2b.js");
  expect(text).toBe("run()");
  expect(headers["content-type"]).toMatch(/^text\/javascript/);
  expect(headers["cache-control"]).toBe("public, max-age=31536000, immutable");
});

test("other files have their types", async () => {
  expect((await get("/favicon.svg")).headers["content-type"]).toMatch(/^image\/svg\+xml/);
});

test("the app's own addresses get its page", async () => {
  for (const path of ["/p/airline/review?job=1", "/p/a%2Fb/records", "/deep/er/still"])
    expect((await get(path)).text).toBe("<title>the app</title>");
});

test("a missing asset and a missing API route do not get the page", async () => {
  const asset = await get("/assets/gone.js");
  expect([asset.status, asset.headers["cache-control"]]).toEqual([404, undefined]);
  expect((await get("/api/v1/nothing")).status).toBe(401);
  expect((await get("/api/nothing")).status).toBe(401);
});

test("nothing outside the app's directory is reached", async () => {
  for (const path of [
    "/../secret.txt",
    "/%2e%2e/secret.txt",
    "/..%2fsecret.txt",
    "/assets/..%5c..%5csecret.txt",
    "/assets/%2e%2e/%2e%2e/secret.txt",
    "//secret.txt",
    "/%00secret.txt",
  ])
    expect((await get(path)).text).not.toBe("secret");
});
