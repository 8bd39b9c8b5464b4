import { setImmediate as settled } from "node:timers/promises";
import type { Clock } from "./call-line.ts";

/** Time that passes only when told to, for tests. */
export class SimulatedClock implements Clock {
  #now = 0;
  #timers: { readonly at: number; readonly callback: () => void }[] = [];

  now = () => this.#now;

  after = (milliseconds: number, callback: () => void) => {
    const timer = { at: this.#now + milliseconds, callback };
    const place = this.#timers.findIndex((other) => other.at > timer.at);
    this.#timers.splice(place < 0 ? this.#timers.length : place, 0, timer);
    return () => {
      const at = this.#timers.indexOf(timer);
      if (at >= 0) this.#timers.splice(at, 1);
    };
  };

  /** Lets time pass until nothing is left to happen, or so many milliseconds. */
  async pass(milliseconds = Number.POSITIVE_INFINITY): Promise<void> {
    const until = this.#now + milliseconds;
    for (;;) {
      await settled();
      const next = this.#timers[0];
      if (!next || next.at > until) break;
      this.#timers.shift();
      this.#now = next.at;
      next.callback();
    }
    if (Number.isFinite(until)) this.#now = until;
  }
}
