import type { Allocation } from "./subset.ts";

/**
 * How many records of each stratum a sample of a given size draws: never more than a stratum has, and together as many
 * as asked for, or all there are. Proportional shares are rounded by largest remainder; equal ones pass on what a small
 * stratum cannot give. Ties go to the earlier stratum.
 *
 * @param records how many each stratum has
 */
export function allocate(
  records: readonly number[],
  size: number,
  allocation: Allocation,
): number[] {
  return allocation === "equal" ? equally(records, size) : proportionally(records, size);
}

function proportionally(records: readonly number[], size: number): number[] {
  const all = records.reduce((sum, n) => sum + n, 0);
  if (size >= all) return [...records];
  const quotas = records.map((n) => (n * size) / all);
  const drawn = quotas.map(Math.floor);
  const left = size - drawn.reduce((sum, n) => sum + n, 0);
  const byRemainder = quotas
    .map((quota, stratum) => ({ stratum, remainder: quota - Math.floor(quota) }))
    .sort((a, b) => b.remainder - a.remainder || a.stratum - b.stratum);
  for (const { stratum } of byRemainder.slice(0, left)) drawn[stratum] = (drawn[stratum] ?? 0) + 1;
  return drawn;
}

function equally(records: readonly number[], size: number): number[] {
  const drawn = records.map(() => 0);
  let left = size;
  for (;;) {
    const open = records.flatMap((n, stratum) => (n > (drawn[stratum] ?? 0) ? [stratum] : []));
    if (open.length === 0 || left === 0) return drawn;
    const share = Math.max(Math.floor(left / open.length), 1);
    for (const stratum of open) {
      const more = Math.min(share, (records[stratum] ?? 0) - (drawn[stratum] ?? 0), left);
      drawn[stratum] = (drawn[stratum] ?? 0) + more;
      left -= more;
    }
  }
}
