import type { Allowance, Rejection } from "../simulation/rate-limiter.ts";

/** The headers in which OpenAI tells how the limits stand, and how long to wait. */
export function limitHeaders(
  allowances: readonly Allowance[],
  rejection: Rejection | undefined,
): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const { kind, limit, remaining, fullAfterMs } of allowances) {
    headers[`x-ratelimit-limit-${kind}`] = String(limit);
    headers[`x-ratelimit-remaining-${kind}`] = String(remaining);
    headers[`x-ratelimit-reset-${kind}`] = duration(fullAfterMs);
  }
  if (rejection) {
    headers["retry-after"] = String(Math.ceil(rejection.retryAfterMs / 1000));
    headers["retry-after-ms"] = String(Math.ceil(rejection.retryAfterMs));
  }
  return headers;
}

/** As Go prints durations, which is what OpenAI's headers hold: `0s`, `120ms`, `8.64s`, `6m0s`. */
export function duration(ms: number): string {
  const whole = Math.ceil(ms);
  if (whole === 0) return "0s";
  if (whole < 1000) return `${whole}ms`;
  const minutes = Math.floor(whole / 60_000);
  const seconds = (whole - minutes * 60_000) / 1000;
  return minutes > 0 ? `${minutes}m${seconds}s` : `${seconds}s`;
}
