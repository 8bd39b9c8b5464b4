import { afterAll, beforeAll, expect, test } from "vitest";
import { freshEngine } from "../../../../test/fresh-database.ts";
import { given } from "../../../../test/given.ts";
import type { Actor } from "../actor.ts";
import type { Engine } from "../engine.ts";
import { create, findProject, get, list } from "./index.ts";

const ann: Actor = { name: "ann", how: "local" };

let engine: Engine;
beforeAll(async () => {
  engine = await freshEngine();
});
afterAll(() => engine.close());

test("a new project is empty and carries its creator's name", async () => {
  const project = given(await create(engine, ann, { name: "fresh" }));
  expect(project).toEqual({
    name: "fresh",
    createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    createdBy: "ann",
    records: 0,
    jobs: 0,
    schemaVersion: null,
  });
  expect(given(await get(engine, { project: "fresh" }))).toEqual(project);
});

test("a name is taken once, also when two ask for it at once", async () => {
  const both = await Promise.all([
    create(engine, ann, { name: "contested" }),
    create(engine, ann, { name: "contested" }),
  ]);
  expect(both.filter((result) => result.ok)).toHaveLength(1);
  expect(both.find((result) => !result.ok)).toMatchObject({ error: { type: "project-exists" } });
});

test("a project that is not there is told with the names like it", async () => {
  await create(engine, ann, { name: "customer-mails" });
  expect(await findProject(engine.db, "customer-mail")).toMatchObject({
    ok: false,
    error: { type: "project-not-found", next: expect.stringContaining("“customer-mails”") },
  });
  expect(await get(engine, { project: "zzzz" })).toMatchObject({
    error: { next: "Create it with: countersign project create zzzz" },
  });
});

test("pages of projects follow each other by name and end", async () => {
  await using own = await freshEngine();
  for (const name of ["c", "a", "e", "b", "d"]) await create(own, ann, { name });
  const seen: string[][] = [];
  let after: string | null | undefined;
  while (after !== null) {
    const page = given(await list(own, { limit: 2, after }));
    seen.push(page.items.map((project) => project.name));
    after = page.next;
  }
  expect(seen).toEqual([["a", "b"], ["c", "d"], ["e"]]);
});
