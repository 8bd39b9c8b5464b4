/**
 * Peak memory of a process that works on a job, by the job's size. Each job has a worker process of its own, which does
 * nothing else; what is read is its peak resident set (VmHWM, so Linux only) when the job is done.
 *
 *     npm run bench:memory -- [items…]
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { agentAt, done, projectOf, startJob, temporaryEngine } from "../labelling.ts";
import { startSimulatorProcess } from "../simulator/start.ts";
import { judge, machine, print } from "../summary.ts";

const goal = 1.5;
const given = process.argv.slice(2).map(Number);
const sizes = given.length > 0 ? given : [10_000, 100_000, 1_000_000];
const settings = { concurrency: 64, maxAttempts: 6, timeoutSeconds: 60 };

await using engine = await temporaryEngine();
await using simulator = await startSimulatorProcess({ texts: Math.max(...sizes), logprobs: true });
print(machine());
const peaks: number[] = [];
for (const items of sizes) peaks.push(await measure(items));
const ratio = (peaks.at(-1) ?? 0) / (peaks[0] ?? 0);
judge(
  `${sizes.at(-1)} items take ≤ ${goal} × the peak of ${sizes[0]}: ${ratio.toFixed(2)}`,
  ratio <= goal,
);

/** Runs a job of so many items in a worker process; answers that process's peak, in bytes. */
async function measure(items: number): Promise<number> {
  const project = `${items} items`;
  await projectOf(engine, project, items);
  const agent = await agentAt(engine, project, simulator.url, 5);
  const worker = fork(join(import.meta.dirname, "worker.ts"), [engine.dataDir]);
  await once(worker, "message");
  const { id } = await startJob(engine, project, agent, settings);
  const { progress } = await done(engine, project, id);
  if (progress.outcomes.labelled !== items) throw new Error("not every item was labelled");
  const peak = await peakOf(worker.pid);
  worker.disconnect();
  await once(worker, "exit");
  print(
    `${items} items: peak ${(peak / 2 ** 20).toFixed(0)} MiB, ${progress.seconds.toFixed(0)} s, ${(items / progress.seconds).toFixed(0)} items/s`,
  );
  return peak;
}

/**
 * The most memory that a process ever had resident, in bytes. What `getrusage` says would count the process that
 * started it, too: that figure outlives `exec`.
 */
async function peakOf(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
}
