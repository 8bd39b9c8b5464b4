import type { Result } from "@countersign/core";
import type { CallFailure, RetryFailure } from "./call-failure.ts";
import type { Ending } from "./pacer.ts";

/** Fewer calls at once would help; a local server that is swamped shows it by timeouts. */
const crowded: ReadonlySet<RetryFailure["reason"]> = new Set([
  "rate-limited",
  "overloaded",
  "timeout",
]);

/** What a call's result says of the provider's health. */
export function endingOf(result: Result<unknown, CallFailure>): Ending {
  if (result.ok) return { kind: "good" };
  const failure = result.error;
  if (failure.kind === "retry") {
    const { reason, retryAfterMs } = failure;
    return {
      kind: "trouble",
      crowded: crowded.has(reason),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    };
  }
  // A prompt that was turned down was looked at, so the provider is well.
  return { kind: failure.kind === "delegate" && failure.scope === "item" ? "good" : "neutral" };
}
