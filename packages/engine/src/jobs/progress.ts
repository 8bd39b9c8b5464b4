import {
  type Budget,
  budgetUse,
  countedAs,
  isAtRest,
  type JobProgress,
  type JobStages,
  type JobState,
  type LabelDefinition,
  type LabelValue,
  liveOf,
  type Outcome,
  type WorkerGauge,
} from "@countersign/core";

/** A running total of a job. `key` tells those of one counter apart, as outcomes or a label's values. */
export interface Count {
  readonly counter: string;
  readonly key: string;
  readonly n: number;
}

/** Seconds over which the present speed is taken, and over how many where so few finish that it would jump. */
const window = 10;
const longWindow = 60;
const few = 20;

/** The counter of items finished in one second of Unix time, which is its key; kept for the last few seconds. */
export const paceCounter = "pace";

/** The oldest second that still counts towards the speed at `now`, in Unix seconds. */
export const oldestPace = (now: number, seconds = longWindow): number =>
  Math.floor(now) - seconds + 1;

/** The counter of a label's values. */
export const labelCounter = (name: string): string => `label:${name}`;

/** What so many items of one outcome add to their job's totals. */
export const outcomeCounts = (outcome: Outcome, reason: string | null, n: number): Count[] => [
  { counter: "outcome", key: outcome, n },
  ...(reason === null ? [] : [{ counter: "reason", key: reason, n }]),
];

/** What so many labels of one value add, under each value that {@link countedAs} has for it. */
export function labelCounts(
  definitions: readonly LabelDefinition[],
  name: string,
  value: LabelValue,
  n: number,
): Count[] {
  const definition = definitions.find((one) => one.name === name);
  const keys = definition ? countedAs(definition, value) : [];
  return keys.map((key) => ({ counter: labelCounter(name), key, n }));
}

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
  readonly budget: Budget;
  /** Of the workers that take part. */
  readonly gauges: readonly WorkerGauge[];
}

/** Works a job's progress out of its running totals. */
export function progressOf(course: Course): JobProgress {
  const { state, total, now } = course;
  const outcomes = countOutcomes(course);
  const finished = Object.values(outcomes).reduce((sum, n) => sum + n, 0);
  const remaining = Math.max(0, total - finished);
  // What was cancelled was never done.
  const asked = finished - outcomes.cancelled;
  const itemsPerSecond = speedOf(course, asked);
  const secondsLeft = isAtRest(state) || itemsPerSecond === 0 ? null : remaining / itemsPerSecond;
  const inputTokens = count(course, "input-tokens");
  const outputTokens = count(course, "output-tokens");
  const cost = count(course, "unpriced") > 0 ? null : count(course, "cost");
  const spent = {
    usd: count(course, "cost"),
    tokens: inputTokens + outputTokens,
    records: asked,
  };
  const totals = {
    total,
    outcomes,
    remaining,
    calls: count(course, "calls"),
    retries: count(course, "retries"),
    reused: count(course, "reused"),
  };
  const live = isAtRest(state) ? null : liveOf(course.gauges);
  return {
    ...totals,
    distribution: distributionOf(course.counts),
    reasons: byKey(course, "reason"),
    retriesBy: byKey(course, "retries"),
    inputTokens,
    outputTokens,
    cost,
    expectedCost: cost === null || asked === 0 ? null : cost + (cost / asked) * remaining,
    budget: budgetUse(course.budget, spent),
    seconds: secondsOf(course),
    itemsPerSecond,
    secondsLeft,
    endsAt: secondsLeft === null ? null : moment(now + secondsLeft),
    stages: stagesOf(state, totals, live),
    live,
  };
}

/** Totals of one counter by what they are of; those that came before it was told apart have no name, and are left out. */
const byKey = ({ counts }: Course, counter: string): Record<string, number> =>
  Object.fromEntries(
    counts
      // Items that are asked again have taken theirs back.
      .filter((one) => one.counter === counter && one.key !== "" && one.n > 0)
      .map(({ key, n }) => [key, n]),
  );

/** The way of a job's items through its four stages. */
function stagesOf(
  state: JobState,
  {
    total,
    outcomes,
    remaining,
    calls,
    retries,
    reused,
  }: Pick<JobProgress, "total" | "outcomes" | "remaining" | "calls" | "retries" | "reused">,
  live: JobProgress["live"],
): JobStages {
  const { labelled, refused, failed, cancelled } = outcomes;
  const invalid = outcomes["invalid-reply"];
  return {
    prepare: {
      done: total,
      complete: state !== "preparing",
      tooLong: outcomes["prompt-too-long"],
    },
    call: {
      done: labelled + invalid + refused,
      underWay: live?.underWay ?? 0,
      calls,
      retries,
      reused,
      failed,
    },
    extract: { done: labelled, invalid, refused },
    store: {
      done: total - remaining - cancelled,
      unstored: live?.unstored ?? 0,
      remaining,
      cancelled,
    },
  };
}

/** The latest that a moment can be told; a job that would end later ends at no time worth telling. */
const latest = Date.UTC(9999, 11, 31) / 1000;

/** A moment in Unix seconds as ISO 8601, to the second. */
const moment = (seconds: number): string | null =>
  seconds > latest ? null : `${new Date(Math.round(seconds) * 1000).toISOString().slice(0, 19)}Z`;

const count = ({ counts }: Course, counter: string): number =>
  counts.reduce((sum, one) => (one.counter === counter ? sum + one.n : sum), 0);

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
  const { runningSince } = course;
  if (runningSince === null) {
    const seconds = secondsOf(course);
    return seconds === 0 ? 0 : finished / seconds;
  }
  const near = lately(course, window, runningSince);
  return near.n >= few ? near.speed : lately(course, longWindow, runningSince).speed;
}

function lately(
  { counts, now }: Course,
  seconds: number,
  runningSince: number,
): { readonly n: number; readonly speed: number } {
  const oldest = oldestPace(now, seconds);
  const n = counts
    .filter((one) => one.counter === paceCounter && Number(one.key) >= oldest)
    .reduce((sum, one) => sum + one.n, 0);
  // The first moments of a job would give any speed at all.
  return { n, speed: n / Math.max(0.5, Math.min(now - oldest, now - runningSince)) };
}
