import { Spacing } from "./spacing.ts";

/** A round of looking is over once so many calls started in so long, or once so many were rejected. */
const roundCalls = 20;
const roundMs = 1000;
const roundRejections = 5;

/** After a round with rejections a little less is tried than what was let in; after one without, a little more. */
const easing = 0.98;
const steepest = 0.3;
const growthPerMs = 0.002 / 1000;
/** After so long without rejections the rate grows faster, with the square of the time: the limit is elsewhere by now. */
const patienceMs = 60_000;
/** A round's growth at most. */
const mostGrowth = 1.05;

/**
 * Once the rate is learnt, hardly a call is rejected. Where so large a share is, on the average of so many rounds without
 * those in which far too fast a rate was found out, the rate is not the cause.
 */
const unusualShare = 0.03;
const usualRounds = 20;
const farTooFast = 0.2;
/** So many rejections in a round may be chance. */
const chance = 3;
const slack = 100;

interface Round {
  readonly from: number;
  started: number;
  rejected: number;
}

/**
 * Learns the rate that a provider allows where its replies do not tell it, from the calls that are turned away: none is
 * assumed until the first is. While calls are rejected the provider's allowance is used up, so the rate of those let in is
 * the allowed one; going on a little below and feeling upwards slowly costs few rejections, and loses nothing, because
 * what was left over meanwhile is used up before the next. Rejections that no slowing down makes rarer have another cause,
 * and are left to the concurrency. Pure; times in milliseconds.
 */
export class LearntRate {
  readonly #spacing = new Spacing(slack);
  /** Calls a millisecond. */
  #rate = Number.POSITIVE_INFINITY;
  #round: Round | undefined;
  #rejectedAt = 0;
  /** The share of calls that is rejected as a rule. */
  #usual = 0;

  delay(now: number): number {
    return this.#spacing.delay(now);
  }

  start(now: number): void {
    this.#round ??= { from: now, started: 0, rejected: 0 };
    this.#round.started += 1;
    this.#spacing.take(1, this.#rate, now);
  }

  /** A call that started then was let in, or turned away, which is told soon: calls still under way were let in. */
  end(startedAt: number, wasRejected: boolean, now: number): void {
    const round = this.#round;
    if (!round || startedAt < round.from) return;
    if (wasRejected) round.rejected += 1;
    const isLong = round.started >= roundCalls && now - round.from >= roundMs;
    if (!isLong && round.rejected < roundRejections) return;
    this.#conclude(round, now);
    this.#round = { from: now, started: 0, rejected: 0 };
  }

  #conclude({ from, started, rejected }: Round, now: number): void {
    const share = rejected / started;
    const elapsed = Math.max(1, now - from);
    const tried = started / elapsed;
    if (share < farTooFast) this.#usual += (share - this.#usual) / usualRounds;
    const isNoisy = this.#usual > unusualShare;
    if (share > (isNoisy ? 2 * this.#usual + chance / started : 0)) {
      this.#rejectedAt = now;
      this.#rate = Math.min(this.#rate, tried) * Math.max(steepest, (1 - share) * easing);
      return;
    }
    if (isNoisy) this.#rate = Number.POSITIVE_INFINITY;
    // A rate that is not made use of says nothing about a higher one.
    if (tried < 0.8 * this.#rate) return;
    const haste = Math.max(1, ((now - this.#rejectedAt) / patienceMs) ** 2);
    this.#rate *= Math.min(mostGrowth, 1 + elapsed * growthPerMs * haste);
  }
}
