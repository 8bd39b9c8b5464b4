import { Spacing } from "./spacing.ts";

/** Most of each a minute that a job's user allows it. */
export interface MostPerMinute {
  readonly requestsPerMinute?: number | undefined;
  readonly tokensPerMinute?: number | undefined;
}

const minute = 60_000;
/** A caller that was held up catches up on so many milliseconds, so that the rate is kept on the whole. */
const slack = 2000;

/** Keeps a job to the limits its user set, from its first call on evenly. Pure; times in milliseconds. */
export class OwnLimits {
  readonly #perMinute: MostPerMinute;
  readonly #requests = new Spacing(slack);
  readonly #tokens = new Spacing(slack);
  /** Tokens by which calls came out above what was guessed; negative where below. */
  #owed = 0;

  constructor(perMinute: MostPerMinute) {
    this.#perMinute = perMinute;
  }

  delay(now: number): number {
    return Math.max(this.#requests.delay(now), this.#tokens.delay(now));
  }

  start(tokens: number, now: number): void {
    const { requestsPerMinute, tokensPerMinute } = this.#perMinute;
    if (requestsPerMinute !== undefined) this.#requests.take(1, requestsPerMinute / minute, now);
    if (tokensPerMinute === undefined) return;
    const cost = Math.max(0, tokens + this.#owed);
    this.#owed += tokens - cost;
    this.#tokens.take(cost, tokensPerMinute / minute, now);
  }

  /** A call took so many tokens more than was guessed when it started. */
  correct(tokens: number): void {
    this.#owed += tokens;
  }
}
