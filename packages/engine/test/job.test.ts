import { jobs, startWorker } from "@countersign/engine";
import { expect, test } from "vitest";
import { freshEngine } from "../../../test/fresh-database.ts";
import { given } from "../../../test/given.ts";
import { agentAt, labellingProject, runJob, texts, untilAtRest } from "./labelling.ts";
import { completion, startProvider } from "./provider.ts";

test("a job labels every record once and tells how it went", async () => {
  await using engine = await freshEngine();
  await using provider = await startProvider((call) => call.send(200, completion("tone: good")));
  await labellingProject(engine, "p", texts(301));
  const agent = await agentAt(engine, "p", provider.address);
  const worker = startWorker(engine);
  const started = performance.now();
  const { id } = await runJob(engine, "p", agent);
  const job = await untilAtRest(engine, "p", id);
  process.stderr.write(`${performance.now() - started} ms ${JSON.stringify(job, null, 1)}\n`);
  expect(job.state).toBe("done");
  expect(provider.calls).toHaveLength(301);
  const page = given(await jobs.items(engine, { project: "p", job: id, limit: 2 }));
  process.stderr.write(JSON.stringify(page, null, 1));
  await worker.stop();
});
