import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startServer } from "../../server/test/running-server.ts";
import { countersign, temporaryFolder } from "./countersign.ts";

test("a file is looked at, its codes are said, it is imported, and its bad rows are written down", async () => {
  await using server = await startServer();
  await using folder = await temporaryFolder();
  const { client } = server;
  await client.projects.create({ name: "p" });
  const options = ["biased", "fair"].map((value) => ({ value, text: value }));
  await client.schemas.set({ project: "p", labels: [{ name: "bias", options }] });
  const file = join(folder.path, "a.csv");
  const rejected = join(folder.path, "rejected.csv");
  await writeFile(file, "no;text;y;gpt\n1;one;1;0\n2;two;0;?\n3;;1;1\n");
  const run = (...words: string[]) =>
    countersign(["records", ...words, "--server", server.url, "--project", "p"]);

  const preview = await run("import", file, "--preview");
  expect(preview.stdout).toMatch(/read as CSV, semicolons, utf-8, first row is the header/);
  expect(preview.stdout).toMatch(/--text text/);
  const unsaid = await run("import", file);
  expect([unsaid.code, unsaid.stderr]).toEqual([
    2,
    expect.stringMatching(/Add --text COLUMN; the columns are “no”/),
  ]);

  const asked = [
    "import",
    file,
    "--key",
    "no",
    "--text",
    "text",
    "--gold",
    "y",
    "--model",
    "bias=gpt=gpt-4",
  ];
  const codes = ["--codes", "bias:1=biased,0=fair,?=", "--rejections", rejected];
  const refused = await run(...asked, ...codes);
  expect([refused.code, refused.stderr]).toEqual([
    1,
    expect.stringMatching(/Line 4, column “text”, is empty/),
  ]);
  expect(await readFile(rejected, "utf8")).toMatch(/^row,column,reason\r\n4,"text",/);

  const taken = await run(...asked, ...codes, "--leave-out-bad-rows");
  expect(taken.stdout).toMatch(
    /Imported 2 records[\s\S]*2 gold labels stored[\s\S]*1 label of other annotators stored[\s\S]*1 row cannot be taken/,
  );
  expect((await run("imports")).stdout).toMatch(
    /a\.csv +imported +2 records added, 1 row not taken/,
  );
  expect((await client.projects.get({ project: "p" })).records).toBe(2);
});
