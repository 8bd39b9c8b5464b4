import type { Budget, JobPause } from "@countersign/core";
import type { DelegateFailure } from "../../llm/call-failure.ts";
import type { Connection } from "../../llm/connection.ts";
import { pauseFor } from "../worker/pause.ts";

/** Why a job pauses whose batches the provider does not take, in the provider's words. */
export const pauseForBatch = (message: string, job: number): JobPause => ({
  reason: "provider",
  what: message,
  next: `See that the model can be asked in batches at its address; if it cannot, cancel this job and run it without --batch. Else let it go on: countersign job resume ${job}`,
});

/** Why a job pauses whose batches cannot be submitted, or looked at. */
export const pauseForFailure = (
  failure: DelegateFailure,
  connection: Connection,
  job: number,
): JobPause =>
  aboutTheAccount.has(failure.reason)
    ? pauseFor(failure, connection, job)
    : pauseForBatch(failure.message, job);

/** Reasons that have nothing to do with batches. */
const aboutTheAccount: ReadonlySet<DelegateFailure["reason"]> = new Set([
  "bad-key",
  "access-denied",
  "quota-exhausted",
]);

/** Why a job pauses whose budget has something left, but not enough for another request in a batch. */
export const pauseForRest = (kind: keyof Budget, budget: Budget, job: number): JobPause => ({
  reason: "budget",
  what: `What is left of the budget of ${kind === "usd" ? `$${budget.usd}` : `${budget[kind]} ${kind}`} is less than another request is expected to take. What was paid for is kept.`,
  next: `Go on with a larger one: countersign job resume ${job} --budget-${kind} ${2 * (budget[kind] ?? 0)}`,
});
