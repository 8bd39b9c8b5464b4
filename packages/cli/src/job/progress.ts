import { clearScreenDown, cursorTo, moveCursor } from "node:readline";
import { itemsDone, type Job } from "@countersign/core";
import { count, percent } from "../figures.ts";
import { printable } from "../table.ts";
import {
  describeBatches,
  describeCalls,
  describeEnd,
  describePace,
  describeReasons,
  describeRetries,
  describeSpend,
  describeStages,
  doneShare,
} from "./lines.ts";

const barWidth = 24;
const lineInterval = 2000;

/** Where progress is shown: a terminal, or a file or pipe. */
export type ProgressStream = Pick<NodeJS.WriteStream, "write" | "isTTY" | "columns" | "rows">;

/**
 * Shows how far a job is, on stderr: on a terminal a block of lines that is drawn anew at each change, elsewhere a line every
 * two seconds, so that logs stay short.
 */
export class JobProgressView {
  readonly #stream: ProgressStream & NodeJS.WritableStream;
  readonly #now: () => number;
  #lastLine = Number.NEGATIVE_INFINITY;
  #lastState: string | undefined;
  #height = 0;

  constructor(
    stream: ProgressStream & NodeJS.WritableStream = process.stderr,
    now: () => number = () => performance.now(),
  ) {
    this.#stream = stream;
    this.#now = now;
  }

  update(job: Job): void {
    if (this.#stream.isTTY) this.#draw(block(job));
    else this.#append(job);
  }

  /** Leaves the last state standing and goes on below it. */
  end(): void {
    if (this.#height > 0) this.#stream.write("\n");
    this.#height = 0;
  }

  #draw(lines: readonly string[]): void {
    const { columns = 80, rows = 24 } = this.#stream;
    // What is higher than the terminal could not be drawn over.
    const shown = lines.slice(0, Math.max(1, rows - 1));
    if (this.#height > 1) moveCursor(this.#stream, 0, 1 - this.#height);
    cursorTo(this.#stream, 0);
    clearScreenDown(this.#stream);
    // A line of the full width would make some terminals break it.
    this.#stream.write(shown.map((line) => line.slice(0, columns - 1)).join("\n"));
    this.#height = shown.length;
  }

  #append(job: Job): void {
    const now = this.#now();
    const moves = job.state === this.#lastState;
    if (moves && now - this.#lastLine < lineInterval) return;
    this.#lastLine = now;
    this.#lastState = job.state;
    this.#stream.write(`${oneLine(job)}\n`);
  }
}

/** A job as it is now, in a few lines. */
function block(job: Job): string[] {
  const { progress } = job;
  const row = (name: string, words: string | undefined) =>
    words === undefined ? [] : [`  ${name.padEnd(9)} ${words}`];
  return [
    headline(job),
    ...row("stages", describeStages(progress)),
    ...row("batches", describeBatches(job)),
    ...row("rate", describePace(job)),
    ...row("calls", progress.calls + progress.reused === 0 ? undefined : describeCalls(progress)),
    ...row("spend", describeSpend(job)),
    ...row("ends", describeEnd(progress)),
    ...row("no label", describeReasons(progress)),
    ...row("paused", job.pause ? printable(job.pause.what) : undefined),
  ];
}

function headline({ id, state, progress }: Job): string {
  const share = doneShare(progress);
  const full = Math.round(share * barWidth);
  return `job ${id} ${"█".repeat(full)}${"░".repeat(barWidth - full)} ${percent(share)}  ${count(itemsDone(progress))} of ${count(progress.total)}  ${state}`;
}

function oneLine(job: Job): string {
  const { id, state, progress } = job;
  const end = describeEnd(progress);
  const batches = describeBatches(job);
  return [
    `job ${id} ${state} ${percent(doneShare(progress))}`,
    `${count(itemsDone(progress))}/${count(progress.total)}`,
    ...(batches === undefined ? [] : [`batches ${batches}`]),
    ...(state === "preparing" ? [] : [describePace(job)]),
    ...(progress.retries > 0 ? [describeRetries(progress)] : []),
    ...(progress.calls > 0 ? [describeSpend(job)] : []),
    ...(end === undefined ? [] : [`ends ${end}`]),
  ].join("  ");
}
