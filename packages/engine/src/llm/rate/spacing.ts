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

  /** Whether the next call might have started so long ago that it was something else that held it up. */
  isIdle(now: number): boolean {
    return this.#nextAt < now - this.#slack;
  }

  /** A call of this cost starts, at a rate a millisecond. */
  take(cost: number, rate: number, now: number): void {
    this.#nextAt = Math.max(this.#nextAt, now - this.#slack) + cost / rate;
  }

  /** No call starts before then. */
  holdUntil(at: number): void {
    this.#nextAt = Math.max(this.#nextAt, at);
  }

  /** The next call may start at once. */
  letGo(): void {
    this.#nextAt = Number.NEGATIVE_INFINITY;
  }
}
