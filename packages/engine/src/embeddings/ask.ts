import { err, ok, type Result } from "@countersign/core";
import type { DelegateFailure, RetryFailure } from "../llm/call-failure.ts";
import type { Lane } from "../llm/call-line.ts";
import type { Embedded, Embedder } from "../llm/embedding-model.ts";
import { endingOf } from "../llm/ending.ts";
import { waitBeforeRetry } from "../llm/retry-policy.ts";

const maxAttempts = 8;
const timeoutMs = 60_000;

export type Failure = DelegateFailure | RetryFailure;

/** Asks for the vectors of a batch until they come or its attempts are used up; undefined where it was told to stop. */
export async function askForVectors(
  { embedder, lane, stop }: { embedder: Embedder; lane: Lane; stop: AbortSignal },
  texts: readonly string[],
): Promise<Result<Embedded, Failure> | undefined> {
  const characters = texts.reduce((sum, text) => sum + text.length, 0);
  for (let attempts = 1; ; attempts += 1) {
    const turn = await lane.turn(attempts === 1 ? "first" : "again", characters);
    if (!turn) return undefined;
    const result = await embedder.embed(texts, timeoutMs, stop);
    turn.end(endingOf(result, Date.now()));
    if (result.ok) return ok(result.value);
    const failure = result.error;
    if (failure.kind === "aborted") return undefined;
    if (failure.kind === "delegate") return err(failure);
    const wait = waitBeforeRetry(failure, attempts, maxAttempts, Math.random);
    if (wait === undefined) return err(failure);
    if (!(await waited(wait, stop))) return undefined;
  }
}

/** Answers whether the time has passed, and nobody said to stop. */
const waited = (milliseconds: number, stop: AbortSignal): Promise<boolean> =>
  new Promise((resolve) => {
    if (stop.aborted) return resolve(false);
    const wake = () => {
      clearTimeout(timer);
      stop.removeEventListener("abort", wake);
      resolve(!stop.aborted);
    };
    const timer = setTimeout(wake, milliseconds);
    stop.addEventListener("abort", wake);
  });
