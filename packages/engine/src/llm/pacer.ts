import type { HeldBy } from "@countersign/core";
import { AdaptiveConcurrency } from "./adaptive-concurrency.ts";
import { FailureShare } from "./failure-share.ts";
import { CallTokens } from "./rate/call-tokens.ts";
import { LearntRate } from "./rate/learnt-rate.ts";
import type { RateLimits } from "./rate/rate-limits.ts";
import { type Spent, ToldAllowance } from "./rate/told-allowance.ts";
import { backoffMs, type Random } from "./retry-policy.ts";

/** How a call ended, as far as pacing is concerned. */
export type Ending =
  | {
      readonly kind: "good";
      /** Tokens of prompt and reply. */
      readonly tokens?: number;
      readonly limits?: RateLimits;
    }
  /** The provider is busy or unwell. `crowded`: fewer calls at once would help. `limited`: so would fewer a minute. */
  | {
      readonly kind: "trouble";
      readonly crowded: boolean;
      readonly limited?: boolean;
      readonly retryAfterMs?: number;
      readonly limits?: RateLimits;
    }
  /** Says nothing of the provider's health: the call was given up, or its prompt was at fault. */
  | { readonly kind: "neutral" };

/** What keeps calls back, and for how many milliseconds: infinite until a call ends. */
export interface Hold {
  readonly by: Extract<HeldBy, "retry-after" | "failures" | "rate-limit" | "provider">;
  readonly ms: number;
}

/** A call under way. */
export interface Start {
  /** Crowds of failures there had been when it started. */
  readonly streak: number;
  readonly characters: number;
  /** Tokens it is guessed to take. */
  readonly tokens: number;
  readonly requestsSpent: Spent;
  readonly tokensSpent: Spent;
}

/**
 * When the next call to one provider connection may start: no more at once than the provider has shown to bear, no more a
 * minute, in requests and tokens, than its replies allow or, where they do not say, than it has let in; none while it asks
 * for rest, and, while nothing but failures come back, ever fewer. Pure: time, in milliseconds, and randomness are passed
 * in.
 */
export class Pacer {
  readonly #concurrency = new AdaptiveConcurrency();
  readonly #requests = new ToldAllowance();
  readonly #tokens = new ToldAllowance();
  readonly #learnt = new LearntRate();
  readonly #callTokens = new CallTokens();
  readonly #random: Random;
  #underWay = 0;
  #restUntil = 0;
  /** Whether the provider asked for the rest. */
  #restAsked = false;
  /** Crowds of failures since the last good reply; calls that were already under way at a failure are of its crowd. */
  #streak = 0;
  readonly #failures = new FailureShare();

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
    return Math.max(0, this.#restUntil - now, this.#rateDelay(now));
  }

  /** What keeps the next call back at `now`, for a person to read; a rest before all else. */
  hold(now: number): Hold | undefined {
    const rest = this.#restUntil - now;
    if (rest > 0) return { by: this.#restAsked ? "retry-after" : "failures", ms: rest };
    if (this.#underWay >= this.#concurrency.limit)
      return { by: "provider", ms: Number.POSITIVE_INFINITY };
    const rate = this.#rateDelay(now);
    return rate > 0 ? { by: "rate-limit", ms: rate } : undefined;
  }

  /** A call starts whose prompt has so many characters. */
  start(characters: number, now: number): Start {
    this.#underWay += 1;
    const tokens = this.#callTokens.guess(characters);
    const requestsSpent = this.#requests.spend(1, now);
    this.#learnt.start(requestsSpent);
    return {
      streak: this.#streak,
      characters,
      tokens,
      requestsSpent,
      tokensSpent: this.#tokens.spend(tokens, now),
    };
  }

  end(start: Start, ending: Ending, now: number): void {
    if (ending.kind !== "neutral") this.#account(start, ending, now);
    if (ending.kind === "good") {
      this.#concurrency.good(this.#underWay);
      this.#failures.good();
      this.#streak = 0;
    }
    if (ending.kind === "trouble") {
      this.#failures.trouble();
      // Where the rate is told, or learnt, a call turned away for it says nothing of how many may be under way.
      const isForRate = ending.limited && (this.#isTold || this.#learnt.isCause);
      if (ending.crowded && !isForRate) this.#concurrency.turnedAway();
      this.#rest(start, ending.retryAfterMs, now);
    }
    this.#underWay -= 1;
  }

  #rateDelay(now: number): number {
    const learnt = this.#isTold ? 0 : this.#learnt.delay(now);
    return Math.max(learnt, this.#requests.delay(now), this.#tokens.delay(now));
  }

  get #isTold(): boolean {
    return this.#requests.known || this.#tokens.known;
  }

  #account(start: Start, ending: Exclude<Ending, { kind: "neutral" }>, now: number): void {
    const { requests, tokens } = ending.limits ?? {};
    if (requests) this.#requests.hear(requests, start.requestsSpent, now);
    if (tokens) this.#tokens.hear(tokens, start.tokensSpent, now);
    const limited = ending.kind === "trouble" && ending.limited === true;
    this.#learnt.end(start.requestsSpent, limited, now);
    if (ending.kind === "good" && ending.tokens !== undefined)
      this.#callTokens.learn(start.characters, ending.tokens);
  }

  #rest(start: Start, asked: number | undefined, now: number): void {
    let rest = asked ?? 0;
    if (start.streak >= this.#streak) {
      this.#streak += 1;
      // Failures that come now and then are the items' to wait out; more in a row than chance makes are everybody's.
      const beyond = this.#streak - this.#failures.inARowByChance;
      if (beyond > 0) rest = Math.max(rest, backoffMs(beyond, this.#random));
    }
    if (now + rest <= this.#restUntil) return;
    this.#restUntil = now + rest;
    this.#restAsked = rest === asked;
  }
}
