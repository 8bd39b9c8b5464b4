/** Few, so that a job which every call would fail is not met by many. */
const start = 4;
const most = 512;

/**
 * How many calls may be under way at once, learnt from how they end. It begins with a quick start (RFC 5681), then rises
 * by one a round; a round is as many calls as may be under way. After a round in which some calls were turned away the
 * limit falls by half their share (RFC 8257): it halves when all were, and single rejections among many good replies,
 * which say little, cost little.
 */
export class AdaptiveConcurrency {
  #limit = start;
  #quickStart = true;
  #ended = 0;
  #turnedAway = 0;

  /** Calls that may be under way at once, at least 1. */
  get limit(): number {
    return Math.floor(this.#limit);
  }

  /** A call ended well. The limit rises only where it is made use of. */
  good(underWay: number): void {
    if (underWay >= this.limit / 2)
      this.#limit = Math.min(most, this.#limit + (this.#quickStart ? 1 : 1 / this.#limit));
    this.#count(0);
  }

  /** A call met a provider that has too much to do. */
  turnedAway(): void {
    this.#quickStart = false;
    this.#count(1);
  }

  #count(turnedAway: 0 | 1): void {
    this.#ended += 1;
    this.#turnedAway += turnedAway;
    if (this.#ended < this.limit) return;
    this.#limit = Math.max(1, this.#limit * (1 - this.#turnedAway / this.#ended / 2));
    this.#ended = 0;
    this.#turnedAway = 0;
  }
}
