import { routes } from "@countersign/contract";
import { Validator } from "@seriousme/openapi-schema-validator";
import { afterAll, beforeAll, expect, test } from "vitest";
import { raw, startServer, type TestServer } from "./running-server.ts";

let server: TestServer;
let document: {
  readonly openapi: string;
  readonly info: { readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, { operationId: string }>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
};
beforeAll(async () => {
  server = await startServer();
  const { text } = await raw(server.port, "/api/v1/openapi.json");
  document = JSON.parse(text);
});
afterAll(() => server[Symbol.asyncDispose]());

test("the document is valid OpenAPI 3.1", async () => {
  const { valid, errors } = await new Validator().validate(structuredClone(document));
  expect(errors).toBeUndefined();
  expect(valid).toBe(true);
  expect(document.openapi).toMatch(/^3\.1\./);
  expect(document.info.version).toBe("1.2.3");
});

test("every route of the contract is in it", () => {
  const described = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId }]) => `${method} ${path} ${operationId}`),
  );
  expect(described.toSorted()).toEqual(
    routes.map(({ method, path, id }) => `${method} ${path} ${id}`).toSorted(),
  );
});

test("every reference leads to a component", () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)];
  const missing = references
    .map(([, reference = ""]) => reference.replace("#/components/schemas/", ""))
    .filter((name) => !(name in document.components.schemas));
  expect(missing).toEqual([]);
  expect(references.length).toBeGreaterThan(50);
});

test("every route of the contract is answered", async () => {
  for (const { id, method, path } of routes) {
    const filled = path
      .replace("{project}", "missing")
      .replace("{agent}", "missing")
      .replace("{label}", "missing")
      .replace("{assignment}", "missing")
      .replace(/\{(job|record|token)\}/, "1");
    const { text } = await raw(server.port, `/api/v1${filled}`, { method: method.toUpperCase() });
    expect([id, text]).toEqual([id, expect.not.stringContaining("route-not-found")]);
  }
});

test("the page names every operation and every schema and fetches nothing", async () => {
  const { status, headers, text } = await raw(server.port, "/api/v1/docs");
  expect(status).toBe(200);
  expect(headers["content-type"]).toContain("text/html");
  for (const { id } of routes) expect(text).toContain(`<section id="${id}">`);
  for (const name of Object.keys(document.components.schemas))
    expect(text).toContain(`<section id="schema-${name}">`);
  expect(text).not.toMatch(/<script|<link|<img|src=|https?:\/\//);
});
