import { setImmediate as settled } from "node:timers/promises";
import type { Clock } from "./call-line.ts";

interface Timer {
  readonly at: number;
  readonly callback: () => void;
  isCancelled: boolean;
}

/** Time that passes only when told to, for tests and rehearsals. It begins at 0. */
export class SimulatedClock implements Clock {
  #now = 0;
  /** In order of time, and of their making where that is the same. */
  readonly #timers: Timer[] = [];

  now = () => this.#now;

  after = (milliseconds: number, callback: () => void) => {
    const timer = { at: this.#now + milliseconds, callback, isCancelled: false };
    this.#timers.splice(this.#placeAfter(timer.at), 0, timer);
    return () => {
      timer.isCancelled = true;
    };
  };

  /** Lets time pass until nothing is left to happen, or so many milliseconds. */
  async pass(milliseconds = Number.POSITIVE_INFINITY): Promise<void> {
    const until = this.#now + milliseconds;
    while (await this.step(until)) {}
    if (Number.isFinite(until)) this.#now = until;
  }

  /** Lets time pass until the next thing has happened, with all that follows from it; false where none is left until then. */
  async step(until = Number.POSITIVE_INFINITY): Promise<boolean> {
    await settled();
    for (;;) {
      const next = this.#timers[0];
      if (!next || next.at > until) return false;
      this.#timers.shift();
      if (next.isCancelled) continue;
      this.#now = next.at;
      next.callback();
      return true;
    }
  }

  #placeAfter(at: number): number {
    let low = 0;
    let high = this.#timers.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#timers[middle]?.at ?? 0) > at) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
