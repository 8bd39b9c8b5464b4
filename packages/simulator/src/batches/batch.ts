import type { BatchTimes } from "../options.ts";
import { type Decision, statusOf } from "../simulation/decision.ts";

export interface BatchRequest {
  readonly customId: string;
  /** As it would be posted by itself. */
  readonly body: unknown;
}

/** What a line came to: what was decided when its turn came, or why its turn never came. */
export type LineEnd = Decision | "cancelled" | "expired";

export type LineKind = "succeeded" | "failed" | "cancelled" | "expired";

/** Decides about a line. Times in milliseconds since 1970: when its turn came, and when its batch was created. */
export type RunLine = (body: unknown, at: number, batchCreatedAt: number) => Decision;

/** Keeps what a line came to; told once for each, in the order of the requests. */
export type KeepLine = (customId: string, end: LineEnd) => void;

/** Where a batch stands; it ends in one of three ways. */
export type Phase = "validating" | "running" | "finishing" | "cancelling" | "ended";
export type Ending = "completed" | "expired" | "cancelled";

/**
 * A batch at work, whosever it is. Has no clock: every act is told the time, in milliseconds since 1970 that never run
 * back. The first and the last tenth of its duration go to checking and finishing; between them the lines have their
 * turns one after the other, at even distances.
 */
export class Batch {
  readonly id: string;
  readonly total: number;
  readonly counts: Record<LineKind, number> = { succeeded: 0, failed: 0, cancelled: 0, expired: 0 };
  readonly createdAt: number;
  readonly startsAt: number;
  /** When the last line has its turn, if nothing stops it. */
  readonly lastTurnAt: number;
  readonly expiresAt: number;
  readonly #tenth: number;
  readonly #waiting: BatchRequest[];
  readonly #run: RunLine;
  readonly #keep: KeepLine;
  #cancelledAt: number | undefined;

  constructor(
    id: string,
    requests: readonly BatchRequest[],
    times: BatchTimes,
    { run, keep }: { readonly run: RunLine; readonly keep: KeepLine },
    now: number,
  ) {
    this.id = id;
    this.total = requests.length;
    this.#waiting = requests.toReversed();
    this.#tenth = times.durationMs / 10;
    this.createdAt = now;
    this.startsAt = now + this.#tenth;
    this.lastTurnAt = this.startsAt + 8 * this.#tenth;
    this.expiresAt = now + times.expiresAfterMs;
    this.#run = run;
    this.#keep = keep;
  }

  /** How the batch ends, as things stand. */
  get ending(): Ending {
    if (this.#cancelledAt !== undefined) return "cancelled";
    return this.lastTurnAt > this.expiresAt ? "expired" : "completed";
  }

  get endsAt(): number {
    if (this.#cancelledAt !== undefined) return this.#cancelledAt + this.#tenth;
    return this.ending === "expired" ? this.expiresAt : this.lastTurnAt + this.#tenth;
  }

  get cancelledAt(): number | undefined {
    return this.#cancelledAt;
  }

  /** A batch is never beyond its first phase at the moment it is created, nor stopped at the moment it is cancelled. */
  phase(now: number): Phase {
    if (this.#cancelledAt !== undefined) return now <= this.endsAt ? "cancelling" : "ended";
    if (now <= this.startsAt) return "validating";
    if (now >= this.endsAt) return "ended";
    return now < this.lastTurnAt ? "running" : "finishing";
  }

  /** Stops it: lines whose turn has not come never have one. To be asked for once, before it has ended. */
  cancel(now: number): void {
    this.advance(now);
    this.#cancelledAt = now;
  }

  /** Gives every line its turn whose turn has come by now. */
  advance(now: number): void {
    const until = Math.min(now, this.expiresAt, this.#cancelledAt ?? now);
    for (let at = this.#nextTurnAt; at <= until; at = this.#nextTurnAt)
      this.#next((body) => this.#run(body, at, this.createdAt));
    if (this.phase(now) !== "ended") return;
    const never = this.ending === "cancelled" ? "cancelled" : "expired";
    while (this.#waiting.length > 0) this.#next(() => never);
  }

  get #nextTurnAt(): number {
    if (this.#waiting.length === 0) return Number.POSITIVE_INFINITY;
    const line = this.total - this.#waiting.length + 1;
    return this.startsAt + (8 * this.#tenth * line) / this.total;
  }

  #next(endOf: (body: unknown) => LineEnd): void {
    const request = this.#waiting.pop();
    if (!request) return;
    const end = endOf(request.body);
    this.counts[kindOf(end)] += 1;
    this.#keep(request.customId, end);
  }
}

/** What a line's end counts as. */
export function kindOf(end: LineEnd): LineKind {
  if (end === "cancelled" || end === "expired") return end;
  return statusOf(end) === 200 ? "succeeded" : "failed";
}
