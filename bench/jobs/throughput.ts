/**
 * Items a second of a whole job, every outcome stored, against a bare fetch loop: the same requests to the same
 * simulator, as many at once, from the same process, in alternating pairs. At 100 ms a call, quicker than most models
 * answer, and at none, where nothing but the processor's time counts.
 *
 *     npm run bench:jobs -- [items] [pairs]
 */
import { startWorker } from "@countersign/engine";
import { agentAt, done, projectOf, startJob, temporaryEngine } from "../labelling.ts";
import { startSimulatorProcess } from "../simulator/start.ts";
import { judge, machine, median, print } from "../summary.ts";
import { bareLoop, requestsOf } from "./bare-loop.ts";

const goal = 0.5;
const [items = 20_000, pairs = 5] = process.argv.slice(2).map(Number);
const cases = [100, 0].flatMap((medianMs) =>
  [false, true].flatMap((logprobs) =>
    [64, 256].map((concurrency) => ({ medianMs, logprobs, concurrency })),
  ),
);

await using engine = await temporaryEngine();
const worker = startWorker(engine);
print(machine(), `${items} items, ${pairs} pairs after one to warm up; items/s`);
const ratios: { readonly medianMs: number; readonly ratio: number }[] = [];
for (const one of cases) ratios.push({ medianMs: one.medianMs, ratio: await measure(one) });
await worker.stop();
for (const medianMs of [100, 0])
  judge(
    `at ${medianMs} ms a call a job does ≥ ${goal} of the bare loop's items/s in every case`,
    ratios.every((one) => one.medianMs !== medianMs || one.ratio >= goal),
  );

/** Prints the pairs and their medians; answers the median of their ratios. */
async function measure({
  medianMs,
  logprobs,
  concurrency,
}: (typeof cases)[number]): Promise<number> {
  const latency = { medianMs };
  await using simulator = await startSimulatorProcess({ texts: items, logprobs, latency });
  print(`${medianMs} ms a call, ${logprobs ? "with" : "without"} logprobs, ${concurrency} at once`);
  const bare: number[] = [];
  const job: number[] = [];
  for (let pair = 0; pair <= pairs; pair += 1) {
    const project = `${medianMs} ${logprobs} ${concurrency} ${pair}`;
    await projectOf(engine, project, items);
    const agent = await agentAt(engine, project, simulator.url, logprobs ? 5 : 0);
    const bareSeconds = await bareLoop(simulator.url, requestsOf(agent, items), concurrency);
    const settings = { concurrency, maxAttempts: 6, timeoutSeconds: 60 };
    const { id } = await startJob(engine, project, agent, settings);
    const { createdAt, finishedAt, progress } = await done(engine, project, id);
    if (progress.outcomes.labelled !== items) throw new Error("not every item was labelled");
    const jobSeconds = (Date.parse(finishedAt ?? "") - Date.parse(createdAt)) / 1000;
    if (pair === 0) continue;
    bare.push(items / bareSeconds);
    job.push(items / jobSeconds);
    print(`  bare ${rate(items / bareSeconds)}   job ${rate(items / jobSeconds)}`);
  }
  const ratio = median(job.map((speed, pair) => speed / (bare[pair] ?? Number.NaN)));
  print(
    `  medians: bare ${rate(median(bare))}   job ${rate(median(job))}   ratio ${ratio.toFixed(2)}`,
  );
  return ratio;
}

function rate(itemsPerSecond: number): string {
  return Math.round(itemsPerSecond).toString().padStart(6);
}
