import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Countersign } from "@countersign/sdk";
import { expect, test } from "vitest";
import { countersign, printed, start, temporaryFolder } from "./countersign.ts";

test("schema set maps renamed options, refuses orphans until they are meant, and history tells the changes", {
  timeout: 120_000,
}, async () => {
  await using folder = await temporaryFolder();
  const own = { COUNTERSIGN_DATA_DIR: join(folder.path, "data"), COUNTERSIGN_PROJECT: "p" };
  const server = start(["serve", "--port", "0"], own);
  const [, url = ""] = await printed(server.child, /(http:\S+:\d+)/);
  const client = new Countersign({ url });
  await client.projects.create({ name: "p" });
  const set = async (options: string[], ...words: string[]) => {
    const file = join(folder.path, "schema.json");
    const labels = [
      { name: "tone", options: options.map((value) => ({ value, text: value })) },
      { name: "note", kind: "text" },
    ];
    await writeFile(file, JSON.stringify({ labels }));
    return countersign(["schema", "set", file, "--project", "p", "--server", url, ...words], own);
  };
  expect((await set(["good", "bad"])).stdout).toContain("Stored schema version 1 of p.");
  expect((await set(["good", "bad"])).stdout).toContain("Nothing changed");
  await client.records.import({
    project: "p",
    format: "jsonl",
    mapping: { text: "text", gold: { tone: "tone" } },
    file: '{"text": "a", "tone": "good"}\n{"text": "b", "tone": "bad"}',
  });

  const renamed = await set(["fine", "bad"], "--rename", '{"tone": {"good": "fine"}}');
  expect(renamed.stdout).toContain("1 label says the new values now");
  const refused = await set(["fine"]);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain("would orphan 1 label");
  expect((await set(["fine"], "--orphan")).stdout).toContain("1 label is left behind");
  expect((await set(["fine"], "--rename", "[]")).code).toBe(2);

  const at = ["--project", "p", "--server", url];
  const history = await countersign(["schema", "history", ...at], own);
  expect(history.stdout).toContain("“tone”: option “good” is “fine” now");
  expect(history.stdout).toContain("“tone”: option “bad” removed");
  const codebook = await countersign(["schema", "write", "--form", "codebook", ...at], own);
  expect(JSON.parse(codebook.stdout)).toMatchObject({
    dataset: "p",
    codes: [
      { attribute: "tone", type: "categorical", categories: [{ category: "fine" }] },
      { attribute: "note", type: "freetext" },
    ],
  });
  server.child.kill("SIGTERM");
  await server.finished;
});
