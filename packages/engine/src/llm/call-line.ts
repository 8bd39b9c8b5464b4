import type { Ending, Pacer } from "./pacer.ts";

/** Time, so that tests can simulate it. */
export interface Clock {
  /** Unix time in milliseconds. */
  now(): number;
  /** Calls back once after so many milliseconds, unless cancelled by the function returned. */
  after(milliseconds: number, callback: () => void): () => void;
}

export const systemClock: Clock = {
  now: Date.now,
  after: (milliseconds, callback) => {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** Leave to make one call. It must be ended, whatever became of the call. */
export interface Turn {
  end(ending: Ending): void;
}

/** One job's place at a {@link CallLine}. */
export interface Lane {
  /**
   * Waits for a turn; undefined once the lane is closed. Repeated attempts go before first ones, so that an item that
   * had bad luck is not left to the end.
   */
  turn(attempt: "first" | "again"): Promise<Turn | undefined>;
  /** Sends everyone who waits away; calls under way go on. */
  close(): void;
}

interface LaneState {
  readonly most: number;
  readonly first: ((turn: Turn | undefined) => void)[];
  readonly again: ((turn: Turn | undefined) => void)[];
  underWay: number;
}

/** Those who wait to call one provider connection, let through as its pacer allows, one of each job in turn. */
export class CallLine {
  readonly #pacer: Pacer;
  readonly #clock: Clock;
  /** In the order of their turns: a lane that was served goes to the end. */
  readonly #lanes: LaneState[] = [];
  #cancelTimer: (() => void) | undefined;

  constructor(pacer: Pacer, clock: Clock) {
    this.#pacer = pacer;
    this.#clock = clock;
  }

  /** Opens a lane with at most so many calls under way. */
  open(most: number): Lane {
    const lane: LaneState = { most, first: [], again: [], underWay: 0 };
    this.#lanes.push(lane);
    return {
      turn: (attempt) => {
        if (!this.#lanes.includes(lane)) return Promise.resolve(undefined);
        const { promise, resolve } = Promise.withResolvers<Turn | undefined>();
        lane[attempt].push(resolve);
        this.#pump();
        return promise;
      },
      close: () => {
        const place = this.#lanes.indexOf(lane);
        if (place >= 0) this.#lanes.splice(place, 1);
        for (const resolve of [...lane.again.splice(0), ...lane.first.splice(0)])
          resolve(undefined);
      },
    };
  }

  #pump(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    for (;;) {
      const place = this.#lanes.findIndex(
        (lane) => lane.underWay < lane.most && lane.again.length + lane.first.length > 0,
      );
      if (place < 0) return;
      const delay = this.#pacer.delay(this.#clock.now());
      if (delay > 0) {
        if (Number.isFinite(delay))
          this.#cancelTimer = this.#clock.after(delay, () => this.#pump());
        return;
      }
      const [lane] = this.#lanes.splice(place, 1);
      if (!lane) return;
      this.#lanes.push(lane);
      this.#letOneThrough(lane);
    }
  }

  #letOneThrough(lane: LaneState): void {
    const resolve = lane.again.shift() ?? lane.first.shift();
    if (!resolve) return;
    lane.underWay += 1;
    const start = this.#pacer.start();
    resolve({
      end: (ending) => {
        lane.underWay -= 1;
        this.#pacer.end(start, ending, this.#clock.now());
        this.#pump();
      },
    });
  }
}
