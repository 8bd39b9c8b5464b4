import { expect, test } from "vitest";
import { freshEngine } from "../../../test/fresh-database.ts";
import { serve } from "../src/index.ts";
import { startServer } from "./running-server.ts";

test("a port in use is told, with what to do", async () => {
  await using first = await startServer();
  const second = await serve({
    engine: first.engine,
    host: "127.0.0.1",
    port: first.port,
    version: "1.2.3",
  });
  expect(second).toMatchObject({
    ok: false,
    error: { type: "port-in-use", what: expect.stringContaining(String(first.port)) },
  });
});

test("an address that is not this machine's is told", async () => {
  await using engine = await freshEngine();
  const server = await serve({ engine, host: "192.0.2.1", port: 0, version: "1.2.3" });
  expect(server).toMatchObject({ ok: false, error: { type: "address-unusable" } });
});

test("a closed server frees its port and answers no more", async () => {
  await using engine = await freshEngine();
  const options = { engine, host: "127.0.0.1", version: "1.2.3" };
  const first = await serve({ ...options, port: 0 });
  if (!first.ok) throw new Error(first.error.what);
  const { url, close } = first.value;
  expect((await fetch(`${url}/api/v1/health`)).status).toBe(200);
  await close();
  await expect(fetch(`${url}/api/v1/health`)).rejects.toThrow();
  const again = await serve({ ...options, port: Number(new URL(url).port) });
  expect(again.ok).toBe(true);
  if (again.ok) await again.value.close();
});

test("an IPv6 address stands in brackets in the URL", async () => {
  await using server = await startServer({ host: "::1" });
  expect(server.url).toBe(`http://[::1]:${server.port}`);
  expect(await server.client.server.health()).toEqual({ status: "up", version: "1.2.3" });
});
