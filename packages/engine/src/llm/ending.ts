import type { Result } from "@countersign/core";
import type { CallFailure, RetryFailure } from "./call-failure.ts";
import type { Usage } from "./chat-model.ts";
import type { Ending } from "./pacer.ts";
import { readRateLimits } from "./rate/rate-limits.ts";
import type { ResponseHeaders } from "./retry-after.ts";

/** Of a reply, what pacing goes by. */
interface Heard {
  readonly usage: Pick<Usage, "inputTokens" | "outputTokens">;
  readonly headers?: ResponseHeaders;
}

/** Fewer calls at once would help; a local server that is swamped shows it by timeouts. */
const crowded: ReadonlySet<RetryFailure["reason"]> = new Set([
  "rate-limited",
  "overloaded",
  "timeout",
]);

/** What a call's result says of the provider's health and limits; `now` is Unix time in milliseconds. */
export function endingOf(result: Result<Heard, CallFailure>, now: number): Ending {
  if (result.ok) {
    const { usage, headers = {} } = result.value;
    const tokens = (usage.inputTokens ?? 0) + (usage.outputTokens ?? 0);
    const limits = readRateLimits(headers, now);
    return { kind: "good", ...(tokens > 0 && { tokens }), limits };
  }
  const failure = result.error;
  if (failure.kind === "retry") {
    const { reason, retryAfterMs, limits } = failure;
    return {
      kind: "trouble",
      crowded: crowded.has(reason),
      limited: reason === "rate-limited",
      ...(limits && { limits }),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    };
  }
  // A prompt that was turned down was looked at, so the provider is well.
  return { kind: failure.kind === "delegate" && failure.scope === "item" ? "good" : "neutral" };
}
