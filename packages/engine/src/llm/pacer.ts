import { AdaptiveConcurrency } from "./adaptive-concurrency.ts";
import { backoffMs, type Random } from "./retry-policy.ts";

/** How a call ended, as far as pacing is concerned. */
export type Ending =
  | { readonly kind: "good" }
  /** The provider is busy or unwell. `crowded`: fewer calls at once would help. */
  | { readonly kind: "trouble"; readonly crowded: boolean; readonly retryAfterMs?: number }
  /** Says nothing of the provider's health: the call was given up, or its prompt was at fault. */
  | { readonly kind: "neutral" };

/** A call under way. */
export interface Start {
  /** Crowds of failures there had been when it started. */
  readonly streak: number;
}

/**
 * When the next call to one provider connection may start: no more at once than the provider has shown to bear, none
 * while it asks for rest, and, while nothing but failures come back, ever fewer. Pure: time, in milliseconds, and
 * randomness are passed in. Budgets of requests and tokens will be further conditions of {@link delay}.
 */
export class Pacer {
  readonly #concurrency = new AdaptiveConcurrency();
  readonly #random: Random;
  #underWay = 0;
  #restUntil = 0;
  /** Crowds of failures since the last good reply; calls that were already under way at a failure are of its crowd. */
  #streak = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  /** Calls that may be under way at once, at present. */
  get limit(): number {
    return this.#concurrency.limit;
  }

  get underWay(): number {
    return this.#underWay;
  }

  /** Milliseconds until a call may start; infinite while all places are taken, until a call ends. */
  delay(now: number): number {
    if (this.#underWay >= this.#concurrency.limit) return Number.POSITIVE_INFINITY;
    return Math.max(0, this.#restUntil - now);
  }

  start(): Start {
    this.#underWay += 1;
    return { streak: this.#streak };
  }

  end(start: Start, ending: Ending, now: number): void {
    if (ending.kind === "good") {
      this.#concurrency.good(this.#underWay);
      this.#streak = 0;
    }
    if (ending.kind === "trouble") {
      if (ending.crowded) this.#concurrency.turnedAway();
      this.#rest(start, ending.retryAfterMs, now);
    }
    this.#underWay -= 1;
  }

  #rest(start: Start, asked: number | undefined, now: number): void {
    let rest = asked ?? 0;
    if (start.streak >= this.#streak) {
      this.#streak += 1;
      // One failure among good replies is the item's to wait out; a second crowd in a row is everybody's.
      if (this.#streak > 1) rest = Math.max(rest, backoffMs(this.#streak - 1, this.#random));
    }
    this.#restUntil = Math.max(this.#restUntil, now + rest);
  }
}
