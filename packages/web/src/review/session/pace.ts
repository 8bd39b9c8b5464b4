/** A break of this many milliseconds between two verdicts is a pause, not work. */
const pause = 60_000;
/** So many of the last verdicts say how fast it goes now. */
const recent = 30;

/**
 * Verdicts a minute over the recent ones, pauses left out; undefined before there are enough to say.
 *
 * @param moments when verdicts were given, in milliseconds, oldest first
 */
export function pace(moments: readonly number[]): number | undefined {
  const last = moments.slice(-recent - 1);
  const gaps = last
    .slice(1)
    .map((moment, index) => moment - (last[index] ?? moment))
    .filter((gap) => gap < pause);
  if (gaps.length < 4) return undefined;
  const spent = gaps.reduce((sum, gap) => sum + gap, 0);
  return spent > 0 ? (gaps.length * 60_000) / spent : undefined;
}
