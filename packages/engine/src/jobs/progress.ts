import {
  isAtRest,
  type JobProgress,
  type JobState,
  type LabelValue,
  type Outcome,
} from "@countersign/core";

/** A running total of a job. `key` tells those of one counter apart, as outcomes or a label's values. */
export interface Count {
  readonly counter: string;
  readonly key: string;
  readonly n: number;
}

/** Seconds over which the present speed is taken. */
const window = 10;

/** The counter of items finished in one second of Unix time, which is its key; kept for the last few seconds. */
export const paceCounter = "pace";

/** The oldest second that still counts towards the speed at `now`, in Unix seconds. */
export const oldestPace = (now: number): number => Math.floor(now) - window + 1;

/** The counter of a label's values. */
const labelCounter = (name: string): string => `label:${name}`;

/** What so many items of one outcome add to their job's totals. */
export const outcomeCounts = (outcome: Outcome, reason: string | null, n: number): Count[] => [
  { counter: "outcome", key: outcome, n },
  ...(reason === null ? [] : [{ counter: "reason", key: reason, n }]),
];

/** What so many labels of one value add; a multiple choice's label counts for each of its options. */
export const labelCounts = (name: string, value: LabelValue, n: number): Count[] =>
  [value].flat().map((key) => ({ counter: labelCounter(name), key, n }));

/** What is known of a job's course; moments in Unix seconds on the database's clock. */
export interface Course {
  readonly state: JobState;
  readonly total: number;
  readonly counts: readonly Count[];
  /** Running time of the spells before the present one. */
  readonly seconds: number;
  /** When the present spell began; null while the job does not run. */
  readonly runningSince: number | null;
  readonly now: number;
}

/** Works a job's progress out of its running totals. */
export function progressOf(course: Course): JobProgress {
  const { state, total } = course;
  const outcomes = countOutcomes(course);
  const finished = Object.values(outcomes).reduce((sum, n) => sum + n, 0);
  const remaining = Math.max(0, total - finished);
  const itemsPerSecond = speedOf(course, finished);
  return {
    total,
    outcomes,
    remaining,
    distribution: distributionOf(course.counts),
    reasons: Object.fromEntries(
      course.counts.filter((one) => one.counter === "reason").map(({ key, n }) => [key, n]),
    ),
    calls: count(course, "calls"),
    retries: count(course, "retries"),
    reused: count(course, "reused"),
    inputTokens: count(course, "input-tokens"),
    outputTokens: count(course, "output-tokens"),
    cost: count(course, "unpriced") > 0 ? null : count(course, "cost"),
    seconds: secondsOf(course),
    itemsPerSecond,
    secondsLeft: isAtRest(state) || itemsPerSecond === 0 ? null : remaining / itemsPerSecond,
  };
}

const count = ({ counts }: Course, counter: string): number =>
  counts.find((one) => one.counter === counter)?.n ?? 0;

function countOutcomes({ counts, state, total }: Course): Record<Outcome, number> {
  const outcome = (name: Outcome) =>
    counts.find((one) => one.counter === "outcome" && one.key === name)?.n ?? 0;
  const outcomes = {
    labelled: outcome("labelled"),
    "invalid-reply": outcome("invalid-reply"),
    refused: outcome("refused"),
    "prompt-too-long": outcome("prompt-too-long"),
    failed: outcome("failed"),
    cancelled: outcome("cancelled"),
  };
  if (state !== "cancelled") return outcomes;
  // A cancelled job has no item left to do, also while a large one's are still being marked.
  const others = Object.values(outcomes).reduce((sum, n) => sum + n, 0) - outcomes.cancelled;
  return { ...outcomes, cancelled: total - others };
}

function distributionOf(counts: readonly Count[]): JobProgress["distribution"] {
  const prefix = labelCounter("");
  const byLabel = Map.groupBy(
    counts.filter(({ counter }) => counter.startsWith(prefix)),
    ({ counter }) => counter.slice(prefix.length),
  );
  return Object.fromEntries(
    [...byLabel].map(([name, values]) => [
      name,
      Object.fromEntries(values.map(({ key, n }) => [key, n])),
    ]),
  );
}

const secondsOf = ({ seconds, runningSince, now }: Course): number =>
  seconds + (runningSince === null ? 0 : Math.max(0, now - runningSince));

function speedOf(course: Course, finished: number): number {
  const { counts, now, runningSince } = course;
  if (runningSince === null) {
    const seconds = secondsOf(course);
    return seconds === 0 ? 0 : finished / seconds;
  }
  const oldest = oldestPace(now);
  const lately = counts
    .filter((one) => one.counter === paceCounter && Number(one.key) >= oldest)
    .reduce((sum, one) => sum + one.n, 0);
  // The first moments of a job would give any speed at all.
  return lately / Math.max(0.5, Math.min(now - oldest, now - runningSince));
}
