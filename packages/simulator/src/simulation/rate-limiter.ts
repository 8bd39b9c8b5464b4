import type { Limits } from "../options.ts";

/** Milliseconds since 1970 are no finer than this as doubles, and who waited as long as told has waited enough. */
const rounding = 0.001;

/** One kind of allowance: what is in the bucket, and when it will do. Times in milliseconds. */
class Bucket {
  readonly limit: number;
  readonly #capacity: number;
  readonly #perMs: number;
  #level: number;
  #at: number;
  #taken = 0;
  readonly #startedAt: number;

  constructor(perMinute: number, burstSeconds: number, now: number) {
    this.limit = perMinute;
    this.#perMs = perMinute / 60_000;
    this.#capacity = Math.max(1, (perMinute * burstSeconds) / 60);
    this.#level = this.#capacity;
    this.#at = now;
    this.#startedAt = now;
  }

  refill(now: number): void {
    this.#level = Math.min(this.#capacity, this.#level + (now - this.#at) * this.#perMs);
    this.#at = now;
  }

  take(amount: number): void {
    this.#level -= amount;
    this.#taken += amount;
  }

  get taken(): number {
    return this.#taken;
  }

  /** All that could have been taken by now: what was there at the start, and what has come since. */
  offered(now: number): number {
    return this.#capacity + (now - this.#startedAt) * this.#perMs;
  }

  get remaining(): number {
    return Math.max(0, Math.floor(this.#level));
  }

  /** How long until so much is there; 0 when it is. An amount beyond the whole bucket is let in when it is full. */
  msUntil(amount: number): number {
    const ms = (Math.min(amount, this.#capacity) - this.#level) / this.#perMs;
    return ms > rounding ? ms : 0;
  }

  get msUntilFull(): number {
    return (this.#capacity - this.#level) / this.#perMs;
  }
}

export type LimitKind = "requests" | "tokens";

/** How a limit stands; replies tell it in their headers. */
export interface Allowance {
  readonly kind: LimitKind;
  /** Per minute. */
  readonly limit: number;
  readonly remaining: number;
  /** Until all of it is there again. */
  readonly fullAfterMs: number;
}

/** How much of one limit was made use of since the start. */
export interface LimitUse {
  readonly kind: LimitKind;
  readonly taken: number;
  /** All that could have been taken. */
  readonly offered: number;
}

export interface Rejection {
  readonly kind: LimitKind;
  readonly limit: number;
  readonly retryAfterMs: number;
}

/** The account's limits at work. Has no clock: every act is told the time, in milliseconds that never run back. */
export class RateLimiter {
  readonly #requests: Bucket | undefined;
  readonly #tokens: Bucket | undefined;

  constructor(limits: Limits, now: number) {
    const bucket = (perMinute: number | undefined) =>
      perMinute === undefined ? undefined : new Bucket(perMinute, limits.burstSeconds, now);
    this.#requests = bucket(limits.requestsPerMinute);
    this.#tokens = bucket(limits.tokensPerMinute);
  }

  /** Lets a call in and takes its share, or says what it would have to wait for and takes nothing. */
  admit(tokens: number, now: number): Rejection | undefined {
    this.#requests?.refill(now);
    this.#tokens?.refill(now);
    const wanted = [
      { kind: "requests", bucket: this.#requests, amount: 1 },
      { kind: "tokens", bucket: this.#tokens, amount: tokens },
    ] as const;
    for (const { kind, bucket, amount } of wanted) {
      const retryAfterMs = bucket?.msUntil(amount) ?? 0;
      if (bucket && retryAfterMs > 0) return { kind, limit: bucket.limit, retryAfterMs };
    }
    for (const { bucket, amount } of wanted) bucket?.take(amount);
    return undefined;
  }

  /** What is left of each limit now. */
  get allowances(): Allowance[] {
    return this.#buckets.map(([kind, bucket]) => ({
      kind,
      limit: Math.floor(bucket.limit),
      remaining: bucket.remaining,
      fullAfterMs: bucket.msUntilFull,
    }));
  }

  /** What was made use of each limit until now. */
  uses(now: number): LimitUse[] {
    return this.#buckets.map(([kind, bucket]) => ({
      kind,
      taken: bucket.taken,
      offered: bucket.offered(now),
    }));
  }

  get #buckets(): (readonly [LimitKind, Bucket])[] {
    return [
      ...(this.#requests ? [["requests", this.#requests] as const] : []),
      ...(this.#tokens ? [["tokens", this.#tokens] as const] : []),
    ];
  }
}
