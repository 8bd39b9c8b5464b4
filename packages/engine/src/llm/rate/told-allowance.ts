import type { LimitStanding } from "./rate-limits.ts";
import { Spacing } from "./spacing.ts";

const minute = 60_000;
/** A lone worker settles where this share of the allowance is left, two of them at half of it, and so on. */
const reserve = 1 / 8;
/** However much is left, no faster than this many times the limit: some providers enforce it by the second as well. */
const fastest = 2;
const slack = 100;
/** What a call took counts for less with each one after it. */
const fading = 0.999;

/** What had been spent, and when, as a call started; its reply's headers are of that moment. */
export interface Spent {
  readonly at: number;
  readonly total: number;
}

/**
 * Paces by what replies tell of one limit, of requests or of tokens. The more of the allowance is left, the faster: the
 * rate is `limit × left / (capacity × reserve)`, the divisor never less than a call, so that a bucket settles a little above empty, and several workers on one
 * account, each seeing what all have left over, come to share it evenly without knowing of each other. The capacity is
 * what remains plus what comes until the reset, which is a token bucket's whole size, and makes the rate one that lasts
 * until the reset where the provider counts by fixed windows instead. Between replies the level is reckoned on, calls under
 * way included, so that late news does not make it swing. Pure; times in milliseconds.
 */
export class ToldAllowance {
  readonly #spacing = new Spacing(slack);
  #perMs = 0;
  #capacity = 0;
  #level = 0;
  #levelAt = 0;
  #newsOf = Number.NEGATIVE_INFINITY;
  #total = 0;
  /** What the costliest of the last calls took. */
  #costliest = 0;

  /** Whether any reply told of the limit yet. */
  get known(): boolean {
    return this.#perMs > 0;
  }

  delay(now: number): number {
    return this.known ? this.#spacing.delay(now) : 0;
  }

  spend(cost: number, now: number): Spent {
    this.#costliest = Math.max(cost, fading * this.#costliest);
    if (this.known) {
      const level = this.#levelNow(now);
      const settled = Math.max(this.#capacity * reserve, this.#costliest);
      const share = Math.max(level / settled, 0.02);
      this.#spacing.take(cost, this.#perMs * Math.min(fastest, share), now);
    }
    this.#level -= cost;
    this.#total += cost;
    this.#waitForRoom(now);
    return { at: now, total: this.#total };
  }

  /** A reply told how the limit stood when its call came in; news older than what is known is dropped. */
  hear({ limit, remaining, resetMs }: LimitStanding, { at, total }: Spent, now: number): void {
    if (at < this.#newsOf) return;
    this.#newsOf = at;
    this.#perMs = limit / minute;
    this.#capacity = resetMs === undefined ? limit : remaining + resetMs * this.#perMs;
    this.#level = remaining - (this.#total - total);
    this.#levelAt = at;
    this.#levelNow(now);
    this.#waitForRoom(now);
  }

  /** No call starts before there is as much as the costliest of the last took; an allowance that never holds so much is full then. */
  #waitForRoom(now: number): void {
    if (!this.known) return;
    const lacking = Math.min(this.#costliest, this.#capacity) - this.#level;
    if (lacking > 0) this.#spacing.holdUntil(now + lacking / this.#perMs);
  }

  #levelNow(now: number): number {
    this.#level = Math.min(this.#capacity, this.#level + (now - this.#levelAt) * this.#perMs);
    this.#levelAt = now;
    return this.#level;
  }
}
