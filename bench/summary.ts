import { cpus, totalmem } from "node:os";

/** The middle one of some figures; of an even number the mean of the middle two. */
export function median(figures: readonly number[]): number {
  const sorted = figures.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  const [low = Number.NaN, high = low] = sorted.slice(Math.ceil(half) - 1, Math.floor(half) + 1);
  return (low + high) / 2;
}

/** What the figures were taken on. */
export const machine = (): string =>
  `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${process.arch}, Node ${process.version}`;

export const print = (...lines: readonly string[]): void => {
  for (const line of lines) process.stdout.write(`${line}\n`);
};

/** Says whether a goal was met, and makes the process fail where it was not. */
export function judge(goal: string, met: boolean): void {
  print(`${met ? "met" : "MISSED"}: ${goal}`);
  if (!met) process.exitCode = 1;
}
