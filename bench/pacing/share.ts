/**
 * How much of a provider's allowed rate a job uses, and how many of its calls are turned away: limited by requests or by
 * tokens, with and without headers that tell the limits, and one call in a hundred taking 30 s. The limits hold by the
 * second (the bucket holds one second's worth), as some providers enforce them, so that no rush at the start can make up
 * for slackness later. All cases run at once, each a connection, a job and a simulator of its own, in real time.
 *
 *     npm run bench:pacing -- [measured seconds] [seconds before]
 */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Engine, startWorker } from "@countersign/engine";
import type { Call } from "@countersign/simulator";
import { agentAt, cancelled, projectOf, startJob, temporaryEngine } from "../labelling.ts";
import { startSimulatorProcess } from "../simulator/start.ts";
import { judge, machine, print } from "../summary.ts";

const goal = { used: 0.97, rejected: 0.01 };
const [measured = 180, before = 60] = process.argv.slice(2).map(Number);
const perMinute = { requests: 3000, tokens: 400_000 };
const items = Math.ceil(((measured + before) * perMinute.requests) / 60 + 2000);
const cases = [
  { limit: "requests", headers: true },
  { limit: "requests", headers: false },
  { limit: "tokens", headers: true },
  { limit: "tokens", headers: false },
] as const;
type Case = (typeof cases)[number];

await using engine = await temporaryEngine();
const folder = await mkdtemp(join(tmpdir(), "countersign-bench-"));
const worker = startWorker(engine);
print(machine(), `${before} s to begin with, then ${measured} s measured`);
const shares = await Promise.all(cases.map((one) => measure(engine, one)));
await worker.stop();
await rm(folder, { recursive: true });
judge(
  `≥ ${goal.used} of the allowed rate is used in every case`,
  shares.every(({ used }) => used >= goal.used),
);
judge(
  `≤ ${goal.rejected} of the calls are turned away in every case`,
  shares.every(({ rejected }) => rejected <= goal.rejected),
);

/** Runs a job for as long as is measured, then breaks it off, and prints what the simulator saw. */
async function measure(engine: Engine, { limit, headers }: Case) {
  const project = `${limit} ${headers}`;
  const log = join(folder, `${project}.jsonl`);
  let start: number;
  {
    await using simulator = await startSimulatorProcess({
      texts: items,
      logprobs: false,
      latency: { medianMs: 500, spread: 0.5, tailShare: 0.01, tailMs: 30_000 },
      limits: { [`${limit}PerMinute`]: perMinute[limit], burstSeconds: 1, headers },
      log,
    });
    await projectOf(engine, project, items);
    const agent = await agentAt(engine, project, simulator.url, 0);
    start = Date.now();
    const settings = { concurrency: 256, maxAttempts: 6, timeoutSeconds: 60 };
    const { id } = await startJob(engine, project, agent, settings);
    await sleep((before + measured) * 1000);
    await cancelled(engine, project, id);
  }
  const lines = (await readFile(log, "utf8")).trimEnd().split("\n");
  const calls = lines.map((line) => JSON.parse(line) as Call);
  const share = shareOf(calls, limit, start + before * 1000, measured);
  const first = shareOf(calls, limit, start, before);
  print(
    `${limit}, ${headers ? "with" : "without"} headers: used ${share.used.toFixed(3)}, turned away ${share.rejected.toFixed(4)}   (before: ${first.used.toFixed(3)}, ${first.rejected.toFixed(4)})`,
  );
  return share;
}

/** What was let in from a moment on for so many seconds, against what the limit allows; and what share was turned away. */
function shareOf(calls: readonly Call[], limit: Case["limit"], from: number, seconds: number) {
  const within = calls.filter(({ at }) => {
    const since = Date.parse(at) - from;
    return since >= 0 && since < seconds * 1000;
  });
  const admitted = within.filter(({ outcome }) => outcome !== "rate-limited");
  const taken =
    limit === "requests"
      ? admitted.length
      : admitted.reduce(
          (sum, { inputTokens, outputTokens }) => sum + inputTokens + outputTokens,
          0,
        );
  return {
    used: taken / ((perMinute[limit] / 60) * seconds),
    rejected: 1 - admitted.length / within.length,
  };
}
