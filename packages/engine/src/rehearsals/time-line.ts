/** A stretch of a rehearsal's time. */
export interface Slice {
  /** Seconds since the start. */
  readonly from: number;
  readonly seconds: number;
  /** Items that ended in it. */
  readonly items: number;
  readonly itemsPerSecond: number;
  readonly calls: number;
  readonly turnedAway: number;
  /** Calls under way at once, on the average. */
  readonly concurrency: number;
}

interface Counted {
  items: number;
  calls: number;
  turnedAway: number;
  /** Calls under way times the milliseconds that they were. */
  underWay: number;
}

/** Slices are joined in pairs when there are twice as many, so that memory does not grow with time. */
const slices = 8;

const none = (): Counted => ({ items: 0, calls: 0, turnedAway: 0, underWay: 0 });

/** What happened when, in slices of equal length. Told the time, in milliseconds since the start. */
export class TimeLine {
  #slices: Counted[] = [];
  #sliceMs = 1000;
  #underWay = 0;
  #at = 0;

  /** A call begins. */
  began(now: number): void {
    this.#pass(now);
    this.#underWay += 1;
  }

  /** A call ends. */
  ended(now: number, wasTurnedAway: boolean): void {
    this.#pass(now);
    this.#underWay -= 1;
    const slice = this.#slice(now);
    slice.calls += 1;
    if (wasTurnedAway) slice.turnedAway += 1;
  }

  /** An item has its outcome. */
  finished(now: number): void {
    this.#slice(now).items += 1;
  }

  /** The slices until then; the last one may be shorter than the others. */
  until(now: number): Slice[] {
    this.#pass(now);
    return this.#slices.flatMap(({ items, calls, turnedAway, underWay }, index) => {
      const from = index * this.#sliceMs;
      const ms = Math.min(this.#sliceMs, now - from);
      if (ms <= 0) return [];
      return {
        from: from / 1000,
        seconds: ms / 1000,
        items,
        itemsPerSecond: (items * 1000) / ms,
        calls,
        turnedAway,
        concurrency: underWay / ms,
      };
    });
  }

  /** Adds the time that has passed to the slices that it lies in. */
  #pass(now: number): void {
    while (this.#at < now) {
      const slice = this.#slice(this.#at);
      const end = (Math.floor(this.#at / this.#sliceMs) + 1) * this.#sliceMs;
      const until = Math.min(now, end);
      slice.underWay += this.#underWay * (until - this.#at);
      this.#at = until;
    }
  }

  #slice(now: number): Counted {
    while (Math.floor(now / this.#sliceMs) >= 2 * slices) this.#joinPairs();
    const index = Math.floor(now / this.#sliceMs);
    while (this.#slices.length <= index) this.#slices.push(none());
    const slice = this.#slices[index] ?? none();
    this.#slices[index] = slice;
    return slice;
  }

  #joinPairs(): void {
    const joined: Counted[] = [];
    for (let index = 0; index < this.#slices.length; index += 2) {
      const a = this.#slices[index] ?? none();
      const b = this.#slices[index + 1] ?? none();
      joined.push({
        items: a.items + b.items,
        calls: a.calls + b.calls,
        turnedAway: a.turnedAway + b.turnedAway,
        underWay: a.underWay + b.underWay,
      });
    }
    this.#slices = joined;
    this.#sliceMs *= 2;
  }
}
