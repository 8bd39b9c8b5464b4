import { Search } from "@countersign/core";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freshEngine } from "../../../../test/fresh-database.ts";
import { given } from "../../../../test/given.ts";
import { ann } from "../../test/importing.ts";
import { type LabelledProject, labelledProject } from "../../test/labelled-project.ts";
import { workOnNextDeletion } from "../deletions/work.ts";
import type { Engine } from "../engine.ts";
import { projects } from "../index.ts";
import { compileCondition } from "./condition.ts";
import { indexMetadata, search } from "./index.ts";

let engine: Engine;
let made: LabelledProject;
const awkward = "the 'day' \\ of \"it\"";

beforeAll(async () => {
  engine = await freshEngine();
  made = await labelledProject(engine, { texts: ["seed"] });
  await sql`insert into records (project_id, key, content, metadata, created_by)
    select ${made.id}, n::text, 'text ' || n, jsonb_build_object('n', n, ${awkward}::text, '2026-01-' || lpad((n % 28 + 1)::text, 2, '0')), 'ann'
    from generate_series(1, 5000) as n`.execute(engine.db);
});
afterAll(() => engine.close());

async function plan(where: Parameters<typeof compileCondition>[1]): Promise<string> {
  const { rows } = await sql<{ "QUERY PLAN": string }>`explain select from records
    where project_id = ${made.id} and ${compileCondition(made.id, where)}`.execute(engine.db);
  return rows.map((row) => row["QUERY PLAN"]).join("\n");
}

const indexes = async () =>
  (
    await sql<{ name: string }>`select indexname as name from pg_indexes
      where indexname like 'records\\_metadata\\_%'`.execute(engine.db)
  ).rows.length;

test("an index on a name serves its comparisons, whatever the name is, and goes with the project", async () => {
  expect(await indexMetadata(engine, made.id, "n")).toBe(true);
  expect(await indexMetadata(engine, made.id, awkward)).toBe(true);
  expect(await indexes()).toBe(2);
  expect(await plan({ metadata: { n: { ">": 4990 } } })).toContain("records_metadata_");
  expect(await plan({ metadata: { n: { "==": 7 } } })).toContain("records_metadata_");
  expect(
    await plan({ metadata: { [awkward]: { ">=": "2026-01-28", "<": "2026-01-29" } } }),
  ).toContain("records_metadata_");
  const page = given(
    await search(engine, {
      project: made.project,
      ...Search.parse({ sort: { by: "metadata", name: "n", order: "descending" }, limit: 3 }),
    }),
  );
  expect(page.records.map(({ key }) => key)).toEqual(["5000", "4999", "4998"]);
  given(await projects.remove(engine, ann, { project: made.project }));
  while (await workOnNextDeletion(engine, AbortSignal.any([])));
  expect(await indexes()).toBe(0);
});

test("a project has so many indexes and no more", async () => {
  const other = await labelledProject(engine, { texts: ["a"] });
  const made: boolean[] = [];
  for (let name = 0; name < 10; name += 1)
    made.push(await indexMetadata(engine, other.id, `name ${name}`));
  expect(made).toEqual([...Array(8).fill(true), false, false]);
});
