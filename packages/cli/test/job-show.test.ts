import { join } from "node:path";
import type { Job, JobReport } from "@countersign/core";
import { Countersign } from "@countersign/sdk";
import { startSimulator } from "@countersign/simulator";
import { expect, test } from "vitest";
import { countersign, printed, start, temporaryFolder } from "./countersign.ts";

test("job run and job show tell what went wrong with examples and what to do, and a sample from prompt to label", {
  timeout: 120_000,
}, async () => {
  await using folder = await temporaryFolder();
  const own = { COUNTERSIGN_DATA_DIR: join(folder.path, "data") };
  const run = (...words: string[]) => countersign(words, own);
  const server = start(["serve", "--port", "0"], own);
  const [, url = ""] = await printed(server.child, /(http:\S+:\d+)/);
  const client = new Countersign({ url });
  const texts = Array.from({ length: 12 }, (_, n) => `message ${n}.`);
  await client.projects.create({ name: "p" });
  const options = [
    { value: "good", text: "good" },
    { value: "bad", text: "bad" },
  ];
  await client.schemas.set({ project: "p", labels: [{ name: "tone", options }] });
  await client.records.import({
    project: "p",
    format: "jsonl",
    mapping: { key: "id", text: "text" },
    file: texts.map((text, n) => JSON.stringify({ id: `r${n}`, text })).join("\n"),
  });
  const model = await startSimulator({
    port: 0,
    replies: texts.map((match, n) => ({
      match,
      reply: n % 4 === 1 ? "tone: \u001b[31mfurious" : "tone: good",
    })),
    faults: [{ fault: "500", attempts: { from: 1, to: 1 } }],
    latency: { medianMs: 20 },
  });
  await client.agents.create({
    project: "p",
    name: "a",
    model: { provider: "openai-compatible", model: "simulated-small", baseUrl: model.url },
  });

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

  const odd = await run("job", "items", "1", "--reason", "unknown-option", "--limit", "2");
  expect(odd.stdout).toMatch(
    /^r1 +invalid-reply +unknown-option +2 +\S*furious +tone: .*furious\nr5 +/m,
  );
  expect(odd.stdout).not.toContain("r9");
  expect(odd.stderr).toMatch(/^More: --after \d+$/m);
  expect(await run("job", "items", "1", "--reason", "mood")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("unknown-option"),
  });

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
  server.child.kill("SIGTERM");
  await server.finished;
});
