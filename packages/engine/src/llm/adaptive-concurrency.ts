/** Few, so that a job which every call would fail is not met by many. */
const start = 4;
const most = 512;

/**
 * How many calls may be under way at once, learnt from how they end: additive increase, multiplicative decrease, with a
 * quick start, as TCP does it (RFC 5681). One crowd of rejections halves the limit once, not once each: calls that
 * started before the last decrease no longer count.
 */
export class AdaptiveConcurrency {
  #limit = start;
  #quickBelow = Number.POSITIVE_INFINITY;
  #era = 0;

  /** Calls that may be under way at once, at least 1. */
  get limit(): number {
    return Math.floor(this.#limit);
  }

  /** Mark of a call that starts now; to be handed back when it ends. */
  get era(): number {
    return this.#era;
  }

  /** A call ended well. The limit rises only where it is made use of. */
  rise(underWay: number): void {
    if (underWay < this.limit / 2) return;
    this.#limit = Math.min(
      most,
      this.#limit + (this.#limit < this.#quickBelow ? 1 : 1 / this.#limit),
    );
  }

  /** A call met a provider that has too much to do. */
  halve(era: number): void {
    if (era < this.#era) return;
    this.#era += 1;
    this.#limit = Math.max(1, this.#limit / 2);
    this.#quickBelow = this.#limit;
  }
}
