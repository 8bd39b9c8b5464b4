import { expect, test } from "vitest";
import { freshEngine } from "./fresh-database.ts";

test("each test has an empty, migrated database of its own", async () => {
  await using one = await freshEngine();
  await using other = await freshEngine();
  await one.db.insertInto("projects").values({ name: "p", created_by: "me" }).execute();
  expect(await one.db.selectFrom("projects").select("name").execute()).toEqual([{ name: "p" }]);
  expect(await other.db.selectFrom("projects").select("name").execute()).toEqual([]);
});
