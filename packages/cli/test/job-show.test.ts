import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Job, JobReport } from "@countersign/core";
import { startSimulator } from "@countersign/simulator";
import { expect, test } from "vitest";
import { countersign, temporaryFolder } from "./countersign.ts";

test("job run and job show tell what went wrong with examples and what to do, and a sample from prompt to label", {
  timeout: 60_000,
}, async () => {
  await using folder = await temporaryFolder();
  const own = { COUNTERSIGN_DATA_DIR: join(folder.path, "data") };
  const run = (...words: string[]) => countersign(words, own);
  const texts = Array.from({ length: 12 }, (_, n) => `message ${n}.`);
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
    replies: texts.map((match, n) => ({
      match,
      reply: n % 4 === 1 ? "tone: \u001b[31mfurious" : "tone: good",
    })),
    faults: [{ fault: "500", attempts: { from: 1, to: 1 } }],
    latency: { medianMs: 20 },
  });
  await run("project", "create", "p");
  await run("schema", "set", schema);
  await run("records", "import", file, "--key", "id", "--text", "text");
  await run(
    "agent",
    "create",
    "--model",
    "simulated-small",
    "--base-url",
    model.url,
    "--name",
    "a",
  );

  const ran = await run("job", "run", "--agent", "a", "--budget-records", "100");
  expect(ran.code).toBe(0);
  expect(ran.stderr).toMatch(/job 1 done 100 % {2}12\/12 .*retries: server-error \d+/);
  const shown = await run("job", "show", "1", "--follow");
  expect(shown.code).toBe(0);
  for (const { stdout } of [ran, shown]) {
    expect(stdout).toContain(
      "stages: prepare 12 → call 12 answered → extract 9 labelled → store 12",
    );
    expect(stdout).toMatch(/24 calls, 0 replies reused, 12 retries: server-error 12/);
    expect(stdout).toContain("budget 12 of 100 records (12 %)");
    expect(stdout).toMatch(
      /The answer is no option of the schema: 3 items \(unknown-option\)\n {2}what to do: If it is a fair answer/,
    );
    expect(stdout).toMatch(
      /3 × “.*furious”\n {6}record r1: tone: .*\n {6}record r5: .*\n {6}record r9: /,
    );
    expect(stdout).toMatch(/sample: record r0, labelled after 2 attempts\n {2}system {2}\S/);
    expect(stdout).toMatch(/user {4}<text>\n {10}message 0\.\n/);
    expect(stdout).toMatch(
      /reply {3}tone: good\n {2}took {4}.*simulated\n {2}read {4}tone = good by line\/exact/,
    );
    // What a record or reply would do to a terminal is shown, not done.
    expect(stdout).not.toContain("\u001b");
  }
  const json = await run("job", "show", "1", "--json");
  const { report, ...job } = JSON.parse(json.stdout) as Job & { report: JobReport };
  expect(job.progress.stages.extract).toEqual({ done: 9, invalid: 3, refused: 0 });
  expect(report.reasons).toMatchObject([{ reason: "unknown-option", items: 3 }]);
  expect(report.samples).toHaveLength(5);

  expect(await run("job", "show", "1", "--samples", "6")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("from 0 to 5"),
  });
  expect(await run("job", "show", "2", "--follow")).toMatchObject({
    code: 1,
    stdout: "",
    stderr: expect.stringContaining("no job 2"),
  });
  await model.close();
});
