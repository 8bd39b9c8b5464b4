import { SchemaDocument } from "@countersign/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freshEngine } from "../../../../test/fresh-database.ts";
import { given } from "../../../../test/given.ts";
import type { Actor } from "../actor.ts";
import type { Engine } from "../engine.ts";
import * as projects from "../projects/index.ts";
import { get, history, set } from "./index.ts";

const ann: Actor = { name: "ann", how: "local" };

const asking = (...options: string[]): SchemaDocument =>
  SchemaDocument.parse({
    labels: [{ name: "tone", options: options.map((option) => ({ value: option, text: option })) }],
  });

let engine: Engine;
beforeAll(async () => {
  engine = await freshEngine();
});
afterAll(() => engine.close());

test("versions are numbered from one and all stay in the history", async () => {
  await projects.create(engine, ann, { name: "p" });
  const first = await set(engine, ann, { project: "p", document: asking("good", "bad") });
  const second = await set(engine, ann, { project: "p", document: asking("good", "bad", "none") });
  expect(first).toMatchObject({ ok: true, value: { version: 1, changed: true, createdBy: "ann" } });
  expect(second).toMatchObject({ ok: true, value: { version: 2, changed: true } });
  expect(await get(engine, { project: "p" })).toMatchObject({
    value: { version: 2, document: asking("good", "bad", "none") },
  });
  expect(await history(engine, { project: "p" })).toMatchObject({
    value: { items: [{ version: 2 }, { version: 1, document: asking("good", "bad") }] },
  });
});

test("a document that is the newest version's already stores nothing", async () => {
  await projects.create(engine, ann, { name: "same" });
  await set(engine, ann, { project: "same", document: asking("yes", "no") });
  const again = await set(engine, ann, { project: "same", document: asking("yes", "no") });
  expect(again).toMatchObject({ value: { version: 1, changed: false } });
  const reordered = await set(engine, ann, { project: "same", document: asking("no", "yes") });
  expect(reordered).toMatchObject({ value: { version: 2, changed: true } });
});

test("schemas set at once are all stored, without a gap in their numbers", async () => {
  await projects.create(engine, ann, { name: "busy" });
  const documents = ["a", "b", "c", "d", "e"].map((option) => asking(option));
  await Promise.all(documents.map((document) => set(engine, ann, { project: "busy", document })));
  const stored = given(await history(engine, { project: "busy" }));
  expect(stored.items.map((item) => item.version)).toEqual([5, 4, 3, 2, 1]);
});

test("a project without a schema, and one that is not there, are told apart", async () => {
  await projects.create(engine, ann, { name: "bare" });
  expect(await get(engine, { project: "bare" })).toMatchObject({
    error: { type: "schema-missing" },
  });
  expect(await history(engine, { project: "bare" })).toEqual({ ok: true, value: { items: [] } });
  const nowhere = { project: "nowhere" };
  expect(await get(engine, nowhere)).toMatchObject({ error: { type: "project-not-found" } });
  expect(await set(engine, ann, { ...nowhere, document: asking("a") })).toMatchObject({
    error: { type: "project-not-found" },
  });
});
