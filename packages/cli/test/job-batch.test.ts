import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Job, JobBatch } from "@countersign/core";
import { startSimulator } from "@countersign/simulator";
import { expect, test } from "vitest";
import { countersign, temporaryFolder } from "./countersign.ts";

test("job run --batch labels in batches; job batches tells of them, and job retry asks singly for what expired", {
  timeout: 180_000,
}, async () => {
  await using folder = await temporaryFolder();
  const own = { COUNTERSIGN_DATA_DIR: join(folder.path, "data") };
  const run = (...words: string[]) => countersign(words, own);
  const texts = Array.from({ length: 10 }, (_, n) => `message ${n}.`);
  const schema = join(folder.path, "schema.json");
  const options = [
    { value: "good", text: "good" },
    { value: "bad", text: "bad" },
  ];
  await writeFile(schema, JSON.stringify({ labels: [{ name: "tone", options }] }));
  const file = join(folder.path, "texts.csv");
  await writeFile(file, ["id,text", ...texts.map((text, n) => `r${n},${text}`)].join("\n"));
  const model = await startSimulator({
    port: 0,
    replies: texts.map((match) => ({ match, reply: "tone: good" })),
    batch: { durationMs: 1000, expiresAfterMs: 500 },
  });
  await run("project", "create", "p");
  await run("schema", "set", schema);
  await run("records", "import", file, "--key", "id", "--text", "text");
  const agent = ["--model", "simulated-small", "--base-url", model.url, "--name", "a"];
  await run("agent", "create", ...agent);

  expect((await run("job", "estimate", "--agent", "a", "--batch")).stdout).toContain(
    "half the price",
  );
  const ran = await run("job", "run", "--agent", "a", "--batch-size", "5", "--poll-seconds", "0.2");
  expect(ran.code).toBe(0);
  expect(ran.stdout).toMatch(/batches: 2 ended: \d of 10 requests answered, \d failed/);
  expect(ran.stdout).toMatch(/The batch expired before the request was answered: \d items/);
  expect(ran.stdout).toContain("countersign job retry");

  const listed = await run("job", "batches", "1");
  expect(listed.stdout).toMatch(/batch_\S+ +ended \(expired\) +5 /);
  const batches = JSON.parse((await run("job", "batches", "1", "--json")).stdout) as JobBatch[];
  expect(batches.map(({ state, requests }) => [state, requests])).toEqual([
    ["ended", 5],
    ["ended", 5],
  ]);

  const retried = await run("job", "retry", "1", "--json");
  expect(retried.code).toBe(0);
  const job = JSON.parse(retried.stdout) as Job;
  expect(job).toMatchObject({ state: "done", progress: { outcomes: { labelled: 10, failed: 0 } } });
  expect((await run("job", "retry", "1")).stderr).toContain("no item that failed");
  await model.close();
});
