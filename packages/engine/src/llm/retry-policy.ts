import type { RetryFailure } from "./call-failure.ts";

/** A number in [0, 1), each as likely as any other. */
export type Random = () => number;

const firstBackoff = 500;
const longestBackoff = 30_000;

/**
 * How long to wait after the `failures`-th failure in a row, in milliseconds: doubling from half a second to half a
 * minute, of which a random half to whole, so that those who failed together do not come back together.
 */
export function backoffMs(failures: number, random: Random): number {
  const whole = Math.min(longestBackoff, firstBackoff * 2 ** (failures - 1));
  return whole * (0.5 + random() / 2);
}

/**
 * How long an item waits before it is tried again, in milliseconds, or undefined when it has had its attempts. Never
 * shorter than the provider asked for.
 */
export function waitBeforeRetry(
  failure: RetryFailure,
  attempts: number,
  maxAttempts: number,
  random: Random,
): number | undefined {
  if (attempts >= maxAttempts) return undefined;
  return Math.max(failure.retryAfterMs ?? 0, backoffMs(attempts, random));
}
