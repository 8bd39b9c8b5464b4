/** What happened between two rejections. */
export interface Stretch {
  /** Calls let in. */
  readonly calls: number;
  readonly ms: number;
}

/** So many are looked at: a limit that has changed is forgotten after as many rejections. */
const most = 4;

/** The last stretches, and the allowed rate that they show. */
export class Stretches {
  #last: readonly Stretch[] = [];

  add(stretch: Stretch): void {
    this.#last = [...this.#last, stretch].slice(-most);
  }

  get calls(): number {
    return callsOf(this.#last);
  }

  get ms(): number {
    return msOf(this.#last);
  }

  /**
   * Calls a millisecond. What came while the bucket was full is lost, so a stretch may show too little, but never more
   * than one call too much.
   */
  get rate(): number {
    const tails = this.#last.map((_, index) => atLeast(this.#last.slice(index)));
    return Math.max(this.calls / this.ms, ...tails);
  }

  /** The share of calls that were rejected. */
  get rejected(): number {
    return this.#last.length / (this.calls + this.#last.length);
  }

  clear(): void {
    this.#last = [];
  }
}

/** The rate that surely was allowed. */
export const atLeast = (stretches: readonly Stretch[]): number =>
  (callsOf(stretches) - 1) / msOf(stretches);

const callsOf = (stretches: readonly Stretch[]): number =>
  stretches.reduce((sum, { calls }) => sum + calls, 0);

const msOf = (stretches: readonly Stretch[]): number =>
  stretches.reduce((sum, { ms }) => sum + ms, 0);
