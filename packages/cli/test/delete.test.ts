import { stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { countersign, printed, start, temporaryFolder } from "./countersign.ts";

const folder = await temporaryFolder();
const at = (name: string) => join(folder.path, name);
const environment = { COUNTERSIGN_DATA_DIR: at("data") };
const run = (...words: string[]) => countersign(words, environment);

let stop: (() => Promise<void>) | undefined;
afterAll(() => stop?.());

beforeAll(async () => {
  const server = start(["serve", "--port", "0"], environment);
  await printed(server.child, /Countersign is at/);
  stop = async () => {
    server.child.kill("SIGTERM");
    await server.finished;
    await folder[Symbol.asyncDispose]();
  };
  await writeFile(at("in.csv"), "id,text\n1,good\n2,bad\n3,ugly\n");
  await run("project", "create", "p");
  await run("records", "import", at("in.csv"), "--key", "id", "--text", "text");
});

it("records are deleted when it is said which, and really", async () => {
  expect(await run("records", "delete", "--yes")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("Which records?"),
  });
  const asked = await run("records", "delete", "--key", "1", "2");
  expect(asked).toMatchObject({ code: 2, stdout: "" });
  expect(asked.stderr).toMatch(/2 records, 0 labels and 0 verdicts of p would go\..* add --yes/);
  const done = await run("records", "delete", "--key", "1", "2", "--yes");
  expect(done).toMatchObject({
    code: 0,
    stdout: "Deleted 2 records with 0 labels and 0 verdicts.\n",
  });
});

it("a file is written in the background, and taken when it is done", async () => {
  const begun = await run("records", "export", "--background", "--json");
  const { id } = JSON.parse(begun.stdout);
  let state = "";
  while (state !== "done")
    ({ state } = JSON.parse((await run("export", "show", String(id), "--json")).stdout));
  const taken = await run("export", "download", String(id), "--out", "-");
  expect(taken.stdout).toMatch(/^\{"key":"3","text":"ugly"/);
});

it("a backup is taken while the server runs, comes back into an empty database, and into no other", async () => {
  expect(await run("backup", at("backup.zip"))).toMatchObject({ code: 0 });
  expect((await stat(at("backup.zip"))).mode & 0o777).toBe(0o600);
  const refused = await run("restore", at("backup.zip"));
  expect(refused).toMatchObject({ code: 1, stdout: "" });
  expect(refused.stderr).toMatch(/has projects already: p\./);
  const words = ["restore", at("backup.zip"), "--data-dir", at("other"), "--json"];
  const restored = await countersign(words);
  expect(JSON.parse(restored.stdout)).toMatchObject({ projects: 1, records: 1 });
});

it("a project goes with all it has", async () => {
  const asked = await run("project", "delete", "p");
  expect(asked).toMatchObject({ code: 2 });
  expect(asked.stderr).toMatch(/Project p has 1 record, 0 labels and 0 verdicts/);
  const done = await run("project", "delete", "p", "--yes", "--json");
  expect(JSON.parse(done.stdout)).toMatchObject({ what: "project", state: "done", name: null });
});
