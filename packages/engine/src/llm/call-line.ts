import type { HeldBy } from "@countersign/core";
import type { Ending, Pacer, Start } from "./pacer.ts";
import { type MostPerMinute, OwnLimits } from "./rate/own-limits.ts";

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

/** How a lane stands at one moment. */
export interface LaneGauge {
  /** Calls under way. */
  readonly underWay: number;
  /** How many there may be. */
  readonly allowed: number;
  /** What keeps the next call back; null where nothing does, or there is none. */
  readonly heldBy: HeldBy | null;
  /** For how many milliseconds; infinite until a call ends. */
  readonly heldMs: number;
}

/** One job's place at a {@link CallLine}. */
export interface Lane {
  /**
   * Waits for a turn; undefined once the lane is closed. Repeated attempts go before first ones, so that an item that
   * had bad luck is not left to the end. The call's tokens are guessed from its prompt's characters.
   */
  turn(attempt: "first" | "again", characters: number): Promise<Turn | undefined>;
  /** How it stands now; costs nothing unless it is asked. */
  gauge(): LaneGauge;
  /** Sends everyone who waits away; calls under way go on. */
  close(): void;
}

interface Waiting {
  readonly characters: number;
  readonly resolve: (turn: Turn | undefined) => void;
}

interface LaneState {
  readonly most: number;
  readonly limits: OwnLimits;
  readonly first: Waiting[];
  readonly again: Waiting[];
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

  /** Opens a lane with at most so many calls under way, and so much a minute. */
  open(most: number, perMinute: MostPerMinute): Lane {
    const limits = new OwnLimits(perMinute);
    const lane: LaneState = { most, limits, first: [], again: [], underWay: 0 };
    this.#lanes.push(lane);
    return {
      turn: (attempt, characters) => {
        if (!this.#lanes.includes(lane)) return Promise.resolve(undefined);
        const { promise, resolve } = Promise.withResolvers<Turn | undefined>();
        lane[attempt].push({ characters, resolve });
        this.#pump();
        return promise;
      },
      gauge: () => this.#gauge(lane),
      close: () => {
        const place = this.#lanes.indexOf(lane);
        if (place >= 0) this.#lanes.splice(place, 1);
        for (const { resolve } of [...lane.again.splice(0), ...lane.first.splice(0)])
          resolve(undefined);
      },
    };
  }

  #gauge(lane: LaneState): LaneGauge {
    const now = this.#clock.now();
    const { underWay, most } = lane;
    const gauge = (heldBy: HeldBy | null, heldMs: number): LaneGauge => ({
      underWay,
      allowed: Math.min(most, this.#pacer.limit),
      heldBy,
      heldMs,
    });
    const hold = this.#pacer.hold(now);
    const rests = hold?.by === "retry-after" || hold?.by === "failures";
    if (hold && rests) return gauge(hold.by, hold.ms);
    if (lane.again.length + lane.first.length === 0) return gauge(null, 0);
    if (underWay >= most) return gauge("concurrency", Number.POSITIVE_INFINITY);
    if (hold?.by === "provider") return gauge(hold.by, hold.ms);
    const own = lane.limits.delay(now);
    if (own > (hold?.ms ?? 0)) return gauge("own-limits", own);
    return hold ? gauge(hold.by, hold.ms) : gauge(null, 0);
  }

  #pump(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    for (;;) {
      const now = this.#clock.now();
      const willing = this.#lanes.filter(
        (lane) => lane.underWay < lane.most && lane.again.length + lane.first.length > 0,
      );
      if (willing.length === 0) return;
      const own = Math.min(...willing.map((lane) => lane.limits.delay(now)));
      const delay = Math.max(own, this.#pacer.delay(now));
      if (delay > 0) {
        if (Number.isFinite(delay))
          this.#cancelTimer = this.#clock.after(delay, () => this.#pump());
        return;
      }
      const next = willing.find((lane) => lane.limits.delay(now) === 0);
      if (!next) return;
      this.#lanes.splice(this.#lanes.indexOf(next), 1);
      this.#lanes.push(next);
      this.#letOneThrough(next, now);
    }
  }

  #letOneThrough(lane: LaneState, now: number): void {
    const waiting = lane.again.shift() ?? lane.first.shift();
    if (!waiting) return;
    lane.underWay += 1;
    const start: Start = this.#pacer.start(waiting.characters, now);
    lane.limits.start(start.tokens, now);
    waiting.resolve({
      end: (ending) => {
        lane.underWay -= 1;
        if (ending.kind === "good" && ending.tokens !== undefined)
          lane.limits.correct(ending.tokens - start.tokens);
        this.#pacer.end(start, ending, this.#clock.now());
        this.#pump();
      },
    });
  }
}
