import { clearLine, cursorTo } from "node:readline";
import type { Job } from "@countersign/core";
import { count, duration, percent } from "./figures.ts";

const barWidth = 24;
const lineInterval = 2000;

/**
 * Shows how far a job is, on stderr: a bar that moves on a terminal, elsewhere a line every two seconds, so that logs stay short.
 */
export class JobProgressLine {
  #lastLine = Number.NEGATIVE_INFINITY;
  readonly #stream = process.stderr;

  update(job: Job): void {
    const line = describe(job);
    if (this.#stream.isTTY) {
      cursorTo(this.#stream, 0);
      clearLine(this.#stream, 0);
      this.#stream.write(line.slice(0, this.#stream.columns));
      return;
    }
    const now = performance.now();
    if (now - this.#lastLine < lineInterval && job.progress.remaining > 0) return;
    this.#lastLine = now;
    this.#stream.write(`${line}\n`);
  }

  /** Leaves the last state standing and goes on below it. */
  end(): void {
    if (this.#stream.isTTY) this.#stream.write("\n");
  }
}

function describe({ id, state, progress }: Job): string {
  const finished = progress.total - progress.remaining;
  const done = progress.total > 0 ? finished / progress.total : 0;
  const full = Math.round(done * barWidth);
  const parts = [
    `job ${id} ${"█".repeat(full)}${"░".repeat(barWidth - full)} ${percent(done)}`,
    `${count(finished)}/${count(progress.total)}`,
  ];
  if (state === "running") {
    parts.push(`${progress.itemsPerSecond.toFixed(1)}/s`);
    if (progress.secondsLeft !== null) parts.push(`${duration(progress.secondsLeft)} left`);
  } else parts.push(state);
  if (progress.retries > 0) parts.push(`${count(progress.retries)} retries`);
  return parts.join("  ");
}
