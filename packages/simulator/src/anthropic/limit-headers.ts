import type { Allowance, Rejection } from "../simulation/rate-limiter.ts";

/**
 * The headers in which Anthropic tells how the limits stand, and how long to wait: moments instead of durations, whole
 * seconds, and tokens in round thousands.
 *
 * @param now milliseconds since 1970
 */
export function limitHeaders(
  allowances: readonly Allowance[],
  rejection: Rejection | undefined,
  now: number,
): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const { kind, limit, remaining, fullAfterMs } of allowances) {
    const left = kind === "tokens" ? Math.round(remaining / 1000) * 1000 : remaining;
    headers[`anthropic-ratelimit-${kind}-limit`] = String(limit);
    headers[`anthropic-ratelimit-${kind}-remaining`] = String(left);
    headers[`anthropic-ratelimit-${kind}-reset`] = wholeSecond(now + fullAfterMs);
  }
  if (rejection) headers["retry-after"] = String(Math.ceil(rejection.retryAfterMs / 1000));
  return headers;
}

const wholeSecond = (ms: number): string =>
  new Date(Math.ceil(ms / 1000) * 1000).toISOString().replace(".000Z", "Z");
