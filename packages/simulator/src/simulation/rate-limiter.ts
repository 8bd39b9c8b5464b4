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

  constructor(perMinute: number, burstSeconds: number, now: number) {
    this.limit = perMinute;
    this.#perMs = perMinute / 60_000;
    this.#capacity = Math.max(1, (perMinute * burstSeconds) / 60);
    this.#level = this.#capacity;
    this.#at = now;
  }

  refill(now: number): void {
    this.#level = Math.min(this.#capacity, this.#level + (now - this.#at) * this.#perMs);
    this.#at = now;
  }

  take(amount: number): void {
    this.#level -= amount;
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

export interface Rejection {
  readonly kind: "requests" | "tokens";
  readonly limit: number;
  readonly retryAfterMs: number;
}

/** The account's limits at work. Has no clock: every act is told the time, in milliseconds that never run back. */
export class RateLimiter {
  readonly #requests: Bucket | undefined;
  readonly #tokens: Bucket | undefined;
  readonly #headers: boolean;

  constructor(limits: Limits, now: number) {
    const bucket = (perMinute: number | undefined) =>
      perMinute === undefined ? undefined : new Bucket(perMinute, limits.burstSeconds, now);
    this.#requests = bucket(limits.requestsPerMinute);
    this.#tokens = bucket(limits.tokensPerMinute);
    this.#headers = limits.headers;
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

  /** The headers a reply carries now: OpenAI's names and forms. */
  headers(rejection?: Rejection): Record<string, string> {
    if (!this.#headers) return {};
    const headers: Record<string, string> = {};
    for (const [kind, bucket] of [
      ["requests", this.#requests],
      ["tokens", this.#tokens],
    ] as const) {
      if (!bucket) continue;
      headers[`x-ratelimit-limit-${kind}`] = String(Math.floor(bucket.limit));
      headers[`x-ratelimit-remaining-${kind}`] = String(bucket.remaining);
      headers[`x-ratelimit-reset-${kind}`] = duration(bucket.msUntilFull);
    }
    if (rejection) {
      headers["retry-after"] = String(Math.ceil(rejection.retryAfterMs / 1000));
      headers["retry-after-ms"] = String(Math.ceil(rejection.retryAfterMs));
    }
    return headers;
  }
}

/** As Go prints durations, which is what OpenAI's headers hold: `0s`, `120ms`, `8.64s`, `6m0s`. */
export function duration(ms: number): string {
  const whole = Math.ceil(ms);
  if (whole === 0) return "0s";
  if (whole < 1000) return `${whole}ms`;
  const minutes = Math.floor(whole / 60_000);
  const seconds = (whole - minutes * 60_000) / 1000;
  return minutes > 0 ? `${minutes}m${seconds}s` : `${seconds}s`;
}
