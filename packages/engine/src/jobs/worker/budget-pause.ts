import type { Budget, JobPause } from "@countersign/core";

/** Why a job pauses whose budget is used up, and how it goes on. */
export const pauseForBudget = (kind: keyof Budget, budget: Budget, job: number): JobPause => ({
  reason: "budget",
  what: `The budget of ${amount(kind, budget[kind] ?? 0)} is used up. What was paid for is kept.`,
  next: `Go on with a larger one: countersign job resume ${job} --budget-${kind} ${2 * (budget[kind] ?? 0)}`,
});

const amount = (kind: keyof Budget, n: number): string =>
  kind === "usd" ? `$${n}` : `${n} ${kind}`;
