import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Job } from "@countersign/core";
import { Countersign } from "@countersign/sdk";
import { startSimulator } from "@countersign/simulator";
import { expect, it } from "vitest";
import { countersign, printed, start, temporaryFolder } from "./countersign.ts";

const records = 400;
const concurrency = 8;

it("a server killed in the middle of a job loses nothing: after a restart, resume ends every item with one outcome", {
  timeout: 180_000,
}, async () => {
  await using folder = await temporaryFolder();
  const own = { COUNTERSIGN_DATA_DIR: join(folder.path, "data") };
  const texts = Array.from(
    { length: records },
    (_, n) => `message number ${n} of the interrupted job`,
  );
  const simulator = await startSimulator({
    replies: texts.map((match, n) => ({ match, reply: `mood: ${n % 3 === 0 ? "good" : "bad"}` })),
    port: 0,
    latency: { medianMs: 150 },
  });
  try {
    await writeFile(
      join(folder.path, "messages.csv"),
      `id,text\n${texts.map((text, n) => `${n},${text}`).join("\n")}\n`,
    );
    await writeFile(
      join(folder.path, "schema.json"),
      JSON.stringify({
        labels: [
          {
            name: "mood",
            options: [
              { value: "good", text: "good" },
              { value: "bad", text: "bad" },
            ],
          },
        ],
      }),
    );
    const serve = () => start(["serve", "--port", "0"], own);
    const first = serve();
    const [, url = ""] = await printed(first.child, /at (http:\S+)/);
    for (const words of [
      ["project", "create", "interrupted"],
      ["schema", "set", join(folder.path, "schema.json")],
      ["records", "import", join(folder.path, "messages.csv"), "--key", "id", "--text", "text"],
      [
        "agent",
        "create",
        "--model",
        "simulated-small",
        "--base-url",
        simulator.url,
        "--name",
        "small",
      ],
      ["job", "run", "--agent", "small", "--concurrency", String(concurrency), "--no-wait"],
    ])
      expect(await countersign(words, own), words.join(" ")).toMatchObject({ code: 0 });

    const client = new Countersign({ url });
    const stop = new AbortController();
    for await (const job of client.jobs.watch(
      { project: "interrupted", job: 1 },
      { signal: stop.signal },
    ))
      if (job.progress.outcomes.labelled >= 40) break;
    stop.abort();
    first.child.kill("SIGKILL");
    await first.finished;

    const second = serve();
    await printed(second.child, /at (http:\S+)/);
    const resumed = await countersign(["job", "resume", "1", "--json"], own);
    expect(resumed).toMatchObject({ code: 0 });
    const job = JSON.parse(resumed.stdout) as Job;
    expect(job.state).toBe("done");
    expect(job.progress).toMatchObject({ total: records, remaining: 0 });
    expect(job.progress.outcomes.labelled).toBe(records);
    // Never paid twice but for what was under way when the server died: called, and not yet stored. Replies are stored in
    // batches, so that on a busy machine a few rounds of calls may have been answered and still wait.
    expect(simulator.calls.total).toBeLessThanOrEqual(records + 4 * concurrency);
    second.child.kill("SIGINT");
    expect((await second.finished).code).toBe(0);
  } finally {
    await simulator.close();
  }
});
