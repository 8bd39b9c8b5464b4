import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { AssignmentDetail, SearchPage, Turn } from "@countersign/core";
import { expect, test } from "vitest";
import { freshDatabase } from "../../../test/fresh-database.ts";
import { countersign, temporaryFolder } from "./countersign.ts";

async function desk() {
  const folder = await temporaryFolder();
  const database = await freshDatabase();
  const environment = { COUNTERSIGN_DATABASE_URL: database.url };
  const run = (...words: string[]) => countersign(words, environment);
  const json = async <Value>(...words: string[]): Promise<Value> => {
    const finished = await run(...words, "--json");
    expect(finished, words.join(" ")).toMatchObject({ code: 0 });
    return JSON.parse(finished.stdout) as Value;
  };
  const file = async (name: string, content: string): Promise<string> => {
    const path = join(folder.path, name);
    await writeFile(path, content);
    return path;
  };
  const options = ["pos", "neg"].map((value) => ({ value, text: value }));
  await json("project", "create", "reviews");
  const schema = JSON.stringify({ labels: [{ name: "tone", options }] });
  await json("schema", "set", await file("schema.json", schema));
  const records = await file("records.csv", "id,text\n1,good\n2,bad\n3,so so\n");
  await json("records", "import", records, "--key", "id", "--text", "text");
  return {
    run,
    json,
    file,
    async [Symbol.asyncDispose]() {
      await folder[Symbol.asyncDispose]();
      await database.drop();
    },
  };
}

test("an assignment is made, worked through, looked at, closed and deleted from the command line", {
  timeout: 120_000,
}, async () => {
  await using own = await desk();
  const made = await own.run("assignment", "create", "first", "--own-labels", "--overlap", "2");
  expect(made.stdout).toBe("Assigned 3 records as first, each to 2 people.\n");
  const turn = await own.json<Turn>("assignment", "next", "first", "--count", "2");
  expect(turn.items.map(({ record }) => record.content)).toEqual(["good", "bad"]);
  const again = await own.run("assignment", "next", "first");
  expect(again.stdout).toMatch(/^1 \(record \d+, yours until \d\d:\d\d UTC\)\n {2}good\n/);
  const shown = await own.run("assignment", "show", "first");
  expect(shown.stdout).toContain(
    "first: label tone · open\n3 records, 2 people each, for anyone\n",
  );
  expect(await own.json("assignment", "release", "first", "--everybody")).toEqual({ released: 2 });
  const detail = await own.json<AssignmentDetail>("assignment", "show", "first");
  expect(detail).toMatchObject({ progress: { held: 0 }, holds: [] });
  const limited = await own.run("assignment", "extend", "first", "--keyword", "x");
  expect([limited.code, limited.stderr]).toEqual([
    2,
    "error: A filter or limit goes with --add.\n",
  ]);
  expect(await own.json("assignment", "extend", "first", "--overlap", "3")).toMatchObject({
    overlap: 3,
  });
  expect((await own.run("assignment", "close", "first")).stdout).toBe(
    "Closed first: 0 of 9 (0 %) done.\n",
  );
  const closed = await own.run("assignment", "next", "first");
  expect([closed.code, closed.stderr]).toEqual([
    1,
    expect.stringContaining("error: The assignment “first” is closed.\n"),
  ]);
  expect(await own.json("assignment", "reopen", "first")).toMatchObject({ state: "open" });
  const unsure = await own.run("assignment", "delete", "first");
  expect([unsure.code, unsure.stderr]).toEqual([2, expect.stringContaining("add --yes")]);
  await own.json("assignment", "delete", "first", "--yes");
  expect((await own.run("assignment", "list")).stdout).toMatch(/^No assignment yet/);
});

test("metadata is set from a file with its types, and removed", { timeout: 60_000 }, async () => {
  await using own = await desk();
  const csv = await own.file(
    "facts.csv",
    'id,words,seen,vector,zip,note\n1,3,true,"[0.5, -1]",007,\n2,1.5,no,,08,"a, b"\n',
  );
  const set = await own.run("records", "metadata", "set", "--from", csv, "--key", "id");
  expect(set).toMatchObject({ code: 0, stdout: "Set metadata of 2 records.\n" });
  const lines = await own.file("facts.jsonl", '{"key": "3", "topic": {"a": 1}, "none": null}\n');
  await own.json("records", "metadata", "set", "--from", lines);
  const page = await own.json<SearchPage>("records", "search");
  expect(page.records.map(({ metadata }) => metadata)).toEqual([
    { words: 3, seen: true, vector: [0.5, -1], zip: "007" },
    { words: 1.5, seen: "no", zip: "08", note: "a, b" },
    { topic: { a: 1 } },
  ]);
  const unsure = await own.run("records", "metadata", "remove", "zip");
  expect([unsure.code, unsure.stderr]).toEqual([2, expect.stringContaining("add --yes")]);
  expect(await own.json("records", "metadata", "remove", "zip", "--yes")).toEqual({ changed: 2 });
  const wrong = await own.file("wrong.csv", "key,a\nnobody,1\n");
  const refused = await own.run("records", "metadata", "set", "--from", wrong);
  expect([refused.code, refused.stderr]).toEqual([
    1,
    expect.stringContaining("no record with the key “nobody”"),
  ]);
  const keyless = await own.run("records", "metadata", "set", "--from", csv);
  expect([keyless.code, keyless.stderr]).toEqual([2, expect.stringContaining("no column “key”")]);
});
