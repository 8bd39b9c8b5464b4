import { explainHeldBy, itemsDone, type Job, type JobProgress } from "@countersign/core";
import { clock, count, counted, duration, money, percent } from "../figures.ts";

type Told = Pick<Job, "state" | "progress" | "batches">;

/** The share of a job's items that are done. */
export const doneShare = (progress: JobProgress): number =>
  progress.total > 0 ? itemsDone(progress) / progress.total : 0;

/**
 * A worker is there, and has told of itself, within so many seconds; later, none takes part. While batches are at their
 * provider there is nothing for one to do.
 */
const firstSeconds = 5;

/** “41.2 items/s, 12 of 16 calls under way, paced by the provider’s rate limit; 2 workers” */
export function describePace({ state, progress, batches }: Told): string {
  const { itemsPerSecond, seconds, live } = progress;
  const rate = `${itemsPerSecond.toFixed(1)} items/s`;
  if (state !== "running") return rate;
  if (live === null)
    return seconds < firstSeconds || batches !== null
      ? rate
      : `${rate}; no worker takes part at present`;
  const { underWay, allowed, workers } = live;
  const [held] = workers.flatMap(({ heldBy, until }) => (heldBy ? [{ heldBy, until }] : []));
  const hold = held
    ? `, ${explainHeldBy(held.heldBy)}${held.until === null ? "" : ` until ${clock(held.until)}`}`
    : "";
  const crowd = workers.length > 1 ? `; ${counted(workers.length, "worker")}` : "";
  return `${rate}, ${count(underWay)} of ${count(allowed)} calls under way${hold}${crowd}`;
}

/** “2 under way, 1 ended: 12,000 of 30,000 requests answered, 12 failed”; undefined for a job without batches. */
export function describeBatches({ batches }: Pick<Job, "batches">): string | undefined {
  if (batches === null) return undefined;
  const { submitting, underWay, ended, requests, answered, failed } = batches;
  if (submitting + underWay + ended === 0) return "none submitted yet";
  const states = [
    ...(submitting > 0 ? [`${count(submitting)} being submitted`] : []),
    ...(underWay > 0 ? [`${count(underWay)} under way`] : []),
    ...(ended > 0 ? [`${count(ended)} ended`] : []),
  ];
  const bad = failed > 0 ? `, ${count(failed)} failed` : "";
  return `${states.join(", ")}: ${count(answered)} of ${counted(requests, "request")} answered${bad}`;
}

/** “15 retries: rate-limited 12, timeout 3” */
export function describeRetries({ retries, retriesBy }: JobProgress): string {
  const causes = Object.entries(retriesBy).sort(([, a], [, b]) => b - a);
  const words = `${count(retries)} ${retries === 1 ? "retry" : "retries"}`;
  return causes.length === 0
    ? words
    : `${words}: ${causes.map(([cause, n]) => `${cause} ${count(n)}`).join(", ")}`;
}

/** “912 calls, 600 replies reused, 15 retries: rate-limited 12, timeout 3” */
export const describeCalls = (progress: JobProgress): string =>
  `${counted(progress.calls, "call")}, ${count(progress.reused)} replies reused, ${describeRetries(progress)}`;

/** “$0.4210 of about $0.81; budget: $0.42 of $5.00 (8 %)” */
export function describeSpend({ state, progress }: Told): string {
  const { cost, expectedCost, remaining } = progress;
  const goesOn = state === "running" || state === "paused";
  const expected =
    goesOn && remaining > 0 && cost && expectedCost !== null
      ? ` of about ${money(expectedCost)}`
      : "";
  return [`cost ${money(cost)}${expected}`, ...describeBudget(progress)].join("; ");
}

/** What is used of each part of a budget; nothing for a job without one. */
export const describeBudget = ({ budget }: Pick<JobProgress, "budget">): string[] =>
  budget.map(({ kind, used, of, share }) => {
    const written = kind === "usd" ? money : count;
    const unit = kind === "usd" ? "" : ` ${kind}`;
    return `budget ${written(used)} of ${written(of)}${unit} (${percent(share)})`;
  });

/** “14:05:30, in 2 min 10 s”; undefined where it cannot be told. */
export function describeEnd({ secondsLeft, endsAt, remaining }: JobProgress): string | undefined {
  if (secondsLeft === null || endsAt === null || remaining === 0) return undefined;
  return `${clock(endsAt)}, in ${duration(secondsLeft)}`;
}

/** “timeout 3, unknown-option 2”; undefined where every item has its labels. */
export function describeReasons({ reasons }: JobProgress): string | undefined {
  const most = Object.entries(reasons).sort(([, a], [, b]) => b - a);
  return most.length === 0
    ? undefined
    : most.map(([reason, n]) => `${reason} ${count(n)}`).join(", ");
}

/** “prepare 10,000 → call 5,214, 12 under way → extract 5,100 → store 5,200 of 10,000” */
export function describeStages({ stages }: JobProgress): string {
  const { prepare, call, extract, store } = stages;
  const underWay = call.underWay > 0 ? `, ${count(call.underWay)} under way` : "";
  return [
    `prepare ${count(prepare.done)}${prepare.complete ? "" : " …"}`,
    `call ${count(call.done)} answered${underWay}`,
    `extract ${count(extract.done)} labelled`,
    `store ${count(store.done)}`,
  ].join(" → ");
}
