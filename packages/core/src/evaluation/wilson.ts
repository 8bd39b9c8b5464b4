import quantile from "@stdlib/stats-base-dists-normal-quantile";
import type { Share } from "./share.ts";

/**
 * A proportion with its Wilson score interval (Wilson 1927), without continuity correction; nothing is known of the value
 * where n is 0.
 *
 * @param level the share of such intervals that hold the true proportion, 0.95 if left out
 */
export function wilson(hits: number, n: number, level = 0.95): Share {
  if (n === 0) return { hits, n, value: null, low: null, high: null };
  const z = quantile((1 + level) / 2, 0, 1);
  const value = hits / n;
  const centre = value + z ** 2 / (2 * n);
  const reach = z * Math.sqrt((value * (1 - value)) / n + z ** 2 / (4 * n ** 2));
  const scale = 1 + z ** 2 / n;
  return {
    hits,
    n,
    value,
    // Rounding would leave a hair's breadth beside 0 and 1, which the interval reaches exactly.
    low: hits === 0 ? 0 : (centre - reach) / scale,
    high: hits === n ? 1 : (centre + reach) / scale,
  };
}
