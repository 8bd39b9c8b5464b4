import { userInfo } from "node:os";
import { routes } from "@countersign/contract";
import { tokens } from "@countersign/engine";
import { Countersign } from "@countersign/sdk";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freshEngine } from "../../../test/fresh-database.ts";
import { given } from "../../../test/given.ts";
import { createApp } from "../src/index.ts";
import { raw, startServer, type TestServer } from "./running-server.ts";

const whoami = "/api/v1/whoami";

const slugOf = (text: string) => JSON.parse(text).type.replace("urn:countersign:problem:", "");

/** The status and, where it is a problem, its type. */
async function answer(port: number, headers: Record<string, string>) {
  const { status, text } = await raw(port, whoami, { headers });
  return status === 200 ? "200" : `${status} ${slugOf(text)}`;
}

describe("a server on loopback", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server[Symbol.asyncDispose]());

  test("answers this machine's programs as the local user", async () => {
    const me = { actor: userInfo().username, how: "local" };
    expect(await server.client.server.whoami()).toEqual(me);
  });

  test("answers a token's holder as its owner", async () => {
    const { secret } = await server.client.tokens.create({ name: "ann" });
    const ann = new Countersign({ url: server.url, token: secret });
    expect(await ann.server.whoami()).toEqual({ actor: "ann", how: "token" });
    const project = await ann.projects.create({ name: "of-ann" });
    expect(project.createdBy).toBe("ann");
  });

  test("answers whatever name of this machine it is called by", async () => {
    for (const name of ["localhost", "127.0.0.1", "[::1]", "LOCALHOST"])
      expect(await answer(server.port, { host: `${name}:${server.port}` })).toBe("200");
  });

  test("refuses a page whose name was rebound to this machine", async () => {
    for (const host of ["evil.example", `evil.example:${server.port}`, "localhost.evil.example"])
      expect(await answer(server.port, { host })).toBe("403 origin-refused");
  });

  test("refuses other sites' pages, other ports of this machine included", async () => {
    const host = `localhost:${server.port}`;
    for (const origin of ["https://evil.example", "http://localhost:1", "null", "http://localhost"])
      expect(await answer(server.port, { host, origin })).toBe("403 origin-refused");
    for (const site of ["cross-site", "same-site"])
      expect(await answer(server.port, { host, "sec-fetch-site": site })).toBe(
        "403 origin-refused",
      );
  });

  test("answers its own page", async () => {
    const host = `localhost:${server.port}`;
    const origin = `http://${host}`;
    expect(await answer(server.port, { host, origin, "sec-fetch-site": "same-origin" })).toBe(
      "200",
    );
    expect(await answer(server.port, { host, "sec-fetch-site": "none" })).toBe("200");
  });

  test("takes what a proxy passed on for remote", async () => {
    for (const name of ["x-forwarded-for", "forwarded", "x-real-ip"])
      expect(await answer(server.port, { [name]: "127.0.0.1" })).toBe("401 token-required");
  });

  test("does not take a wrong token for no token", async () => {
    for (const authorization of ["Bearer cs_wrong", "Bearer", "Basic YTpi"])
      expect(await answer(server.port, { authorization })).toBe("401 token-invalid");
  });

  test("changes nothing for a request it refuses", async () => {
    const refused = await raw(server.port, "/api/v1/projects", {
      method: "POST",
      headers: { origin: "https://evil.example", "content-type": "application/json" },
      body: '{"name":"evil"}',
    });
    expect(refused.status).toBe(403);
    await expect(server.client.projects.get({ project: "evil" })).rejects.toMatchObject({
      problem: { type: "project-not-found" },
    });
  });
});

describe("a server that others can reach", () => {
  let server: TestServer;
  let token: string;
  let id: number;
  beforeAll(async () => {
    server = await startServer({ host: "0.0.0.0" });
    const made = given(
      await tokens.create(server.engine, { name: "root", how: "local" }, { name: "ann" }),
    );
    token = made.secret;
    id = made.id;
  });
  afterAll(() => server[Symbol.asyncDispose]());

  test("answers nothing under /api but health without a token, to this machine neither", async () => {
    for (const { path } of [
      ...routes,
      { path: "/openapi.json" },
      { path: "/docs" },
      { path: "/nowhere" },
    ]) {
      const { status } = await raw(server.port, `/api/v1${path.replace("{project}", "a")}`);
      expect([path, status]).toEqual([path, path === "/health" ? 200 : 401]);
    }
  });

  test("says how to be answered", async () => {
    const { status, headers, text } = await raw(server.port, whoami);
    expect(status).toBe(401);
    expect(headers["www-authenticate"]).toBe("Bearer");
    expect(headers["content-type"]).toBe("application/problem+json");
    expect(JSON.parse(text).next).toContain("countersign token create");
  });

  test("answers a token from any page and under any name", async () => {
    const headers = { authorization: `Bearer ${token}` };
    expect(await answer(server.port, headers)).toBe("200");
    expect(await answer(server.port, { ...headers, host: "labels.example" })).toBe("200");
    expect(await answer(server.port, { ...headers, origin: "https://labels.example" })).toBe("200");
  });

  test("refuses a wrong token and one in the address", async () => {
    expect(await answer(server.port, { authorization: `Bearer ${token}x` })).toBe(
      "401 token-invalid",
    );
    const { status } = await raw(server.port, `${whoami}?token=${token}`);
    expect(status).toBe(401);
  });

  test("makes an address wait that sends wrong token after wrong token, but not a known one", async () => {
    const headers = { authorization: `Bearer ${token}` };
    expect(await answer(server.port, headers)).toBe("200");
    const answers: string[] = [];
    for (let n = 0; n < 25; n += 1)
      answers.push(await answer(server.port, { authorization: `Bearer guess-${n}` }));
    expect(answers.at(-1)).toBe("429 too-many-attempts");
    expect(await answer(server.port, headers)).toBe("200");
  });

  test("refuses a token from the moment it is revoked", async () => {
    given(await tokens.revoke(server.engine, { name: "root", how: "local" }, { token: id }));
    const headers = { authorization: `Bearer ${token}` };
    expect(await answer(server.port, headers)).toBe("401 token-invalid");
  });
});

describe("an app inside the process", () => {
  test("answers the program that holds it as the local user", async () => {
    await using engine = await freshEngine();
    const app = createApp({ engine, version: "1.2.3" });
    const client = new Countersign({
      url: "http://in.process",
      fetch: (request) => app.fetch(request, { remote: "in-process" }),
    });
    expect(await client.server.whoami()).toEqual({ actor: userInfo().username, how: "local" });
  });
});
