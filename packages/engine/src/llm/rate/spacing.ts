/**
 * Spreads calls evenly at a rate: each puts off the next by its share of it. Pure; times in milliseconds.
 */
export class Spacing {
  readonly #slack: number;
  #nextAt = Number.NEGATIVE_INFINITY;

  /** @param slack how far a caller that came late may catch up: calls for so long may start at once */
  constructor(slack: number) {
    this.#slack = slack;
  }

  /** Until the next call may start; 0 when it may. */
  delay(now: number): number {
    return Math.max(0, this.#nextAt - now);
  }

  /** A call of this cost starts, at a rate a millisecond. */
  take(cost: number, rate: number, now: number): void {
    this.#nextAt = Math.max(this.#nextAt, now - this.#slack) + cost / rate;
  }
}
