/** Calls over which the share of failures is taken, the later ones counting more. */
const memory = 32;
/** A run of failures this unlikely is no chance any more. */
const byChance = 0.01;
const longestRun = 5;

/**
 * How many failures in a row a provider's ordinary faults make by chance, learnt from how calls end while some of them
 * end well: one where hardly any fails, three where one in five does. What fails since the last good reply does not
 * count, so that a provider which breaks down does not get used to it.
 */
export class FailureShare {
  #share = 0;
  #inARow = 1;

  get inARowByChance(): number {
    return this.#inARow;
  }

  good(): void {
    this.#share -= this.#share / memory;
    const run = this.#share > 0 ? Math.log(byChance) / Math.log(this.#share) : 1;
    this.#inARow = Math.min(longestRun, Math.max(1, Math.ceil(run)));
  }

  trouble(): void {
    this.#share += (1 - this.#share) / memory;
  }
}
