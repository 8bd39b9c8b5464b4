/** A share so small is no longer reckoned with. */
const rare = 0.01;
/** The usual share is that of so many calls. */
const memory = 400;
/** So many calls are looked at for more rejections than usual, and so many standard deviations more are more. */
const window = 50;
const surely = 4;

/** Rejections whose cause is not the rate, for as long as they are neither more than usual nor rare. Pure. */
export class Noise {
  #usual: number;
  #calls = 0;
  #rejected = 0;
  #isOver = false;

  /** @param share of the calls that are rejected */
  constructor(share: number) {
    this.#usual = share;
  }

  /** Whether calls are rejected for something else by now, or hardly any more. */
  get isOver(): boolean {
    return this.#isOver;
  }

  count(wasRejected: boolean): void {
    this.#calls += 1;
    if (wasRejected) this.#rejected += 1;
    this.#usual += ((wasRejected ? 1 : 0) - this.#usual) / memory;
    if (this.#usual < rare) this.#isOver = true;
    if (this.#calls < window) return;
    const expected = this.#usual * window;
    if (this.#rejected > expected + surely * Math.sqrt(expected) + 1) this.#isOver = true;
    this.#calls = 0;
    this.#rejected = 0;
  }
}
