import { Noise } from "./noise.ts";
import { Spacing } from "./spacing.ts";
import { atLeast, Stretches } from "./stretches.ts";
import type { Spent } from "./told-allowance.ts";

const slack = 100;

/** After the first rejection a single call is tried, this much later or when its news can be there, whichever is later. */
const firstProbeMs = 100;
/** While every probe is rejected, the next one comes when so many times as long has passed in all. */
const probeGrowth = 4;
const longestProbeMs = 10_000;

/** One rejection is risked in so many calls, and in so long; while the rate is less sure, sooner. */
const leastCalls = 250;
const leastMs = 10_000;
const dueAfter = 3;
/** A stretch begins so much below the rate that was measured, as a share, and reaches it again by its middle. */
const easing = 0.01;
/** Once a rejection is overdue the rate rises faster, with this power of the calls. */
const impatience = 4;
/** The rate rises to so many times what is let in, at most: about so many times the allowed one when the bucket is empty. */
const mostHaste = 4;

/**
 * A rejected rate this much above the one that so many calls showed, as a share, makes one between them worth trying; one
 * so many times it does so even where the rate before was tried in vain.
 */
const apart = 0.03;
const farApart = 1.5;
const enoughCalls = 10;

/** Rejections in a row at rates below one that so many calls showed to be allowed: something else is their cause. */
const surelyMeasured = 25;
const surelyNoise = 10;

/** What goes on since the last rejection that was acted on. */
interface Ramp {
  /** The rejected call. */
  readonly from: Spent;
  /** Calls started when it was acted on: a rejection of one of these is no further news. */
  readonly knownTo: number;
  /** Calls, held up by the rate, after which a rejection is due; and how far the rate rises by then, as a share. */
  readonly due: number;
  readonly rise: number;
  /** A rate that was tried in the hope that so much would be let in; 0 for one that is sure. */
  readonly hoped: number;
  steps: number;
  /** When the first call after `from` started. */
  letInFrom: number | undefined;
  /** Calls started after `from` that were rejected. */
  rejected: number;
}

/**
 * Learns the rate that a provider allows where its replies do not tell it, from the calls that are turned away: none is
 * assumed until the first is. A rejection means that the provider's bucket is empty; so between two of them exactly that
 * was let in which came into it, whatever the bucket's size and whatever was tried, and what was let in is the allowed
 * rate, off by one call at most. Each stretch begins a little below, which lets something collect, and rises slowly, which
 * uses it up, until a call is rejected; the more calls showed the rate, the longer the next stretch. So few calls are
 * rejected and nothing is lost. Where no rejection comes when it is due, the limit is elsewhere by now, and the rate rises
 * ever faster. A bucket that holds hardly more than a call loses what collects and shows too low a rate: the one at which
 * calls are rejected is then far above it, and one between is tried. At the beginning single calls probe for the order of
 * magnitude. Rejections however low the rate have another cause, and are left to the concurrency. Pure; times in
 * milliseconds.
 */
export class LearntRate {
  readonly #spacing = new Spacing(slack);
  readonly #stretches = new Stretches();
  /** Calls a millisecond. */
  #rate = Number.POSITIVE_INFINITY;
  #ramp: Ramp | undefined;
  #started = 0;
  /** Rejections in a row that came too early for the rate to be their cause. */
  #early = 0;
  #noise: Noise | undefined;

  /** Whether calls are turned away for their rate, as far as is known, and not for something else. */
  get isCause(): boolean {
    return this.#noise === undefined;
  }

  delay(now: number): number {
    return this.#spacing.delay(now);
  }

  /** A call starts, the `total`-th. */
  start({ at, total }: Spent): void {
    this.#started = total;
    const isHeldUp = !this.#spacing.isIdle(at);
    this.#spacing.take(1, this.#rate, at);
    // A rate that is not made use of says nothing about a higher one.
    if (this.#ramp && isHeldUp) this.#rise(this.#ramp, { at, total });
  }

  /** A call was let in, or turned away, which is told soon: calls still under way were let in. */
  end(call: Spent, wasRejected: boolean, now: number): void {
    this.#noise?.count(wasRejected);
    if (this.#noise?.isOver) this.#noise = undefined;
    if (!wasRejected || this.#noise) return;
    const ramp = this.#ramp;
    if (!ramp) {
      this.#probe(call, firstProbeMs, now);
    } else if (call.total > ramp.from.total) {
      if (call.total > ramp.knownTo) this.#act(ramp, call, now);
      else ramp.rejected += 1;
    }
  }

  #rise(ramp: Ramp, { at, total }: Spent): void {
    ramp.steps += 1;
    ramp.letInFrom ??= at;
    const growth = (ramp.rise / ramp.due) * Math.max(1, ramp.steps / ramp.due) ** impatience;
    const letIn = total - ramp.from.total - ramp.rejected;
    const most = (mostHaste * letIn) / Math.max(firstProbeMs, at - ramp.letInFrom);
    this.#rate = Math.max(this.#rate, Math.min(most, this.#rate * (1 + growth)));
  }

  /** Lets a single call through after so long, and others when it should have been turned away by then. */
  #probe(from: Spent, ms: number, now: number): void {
    const newsMs = Math.max(firstProbeMs, 2 * (now - from.at));
    this.#follow(from, 1 / newsMs, { due: 2, rise: 1, hoped: 0 }, now);
    this.#spacing.holdUntil(now + ms);
  }

  #act(ramp: Ramp, call: Spent, now: number): void {
    const letIn = call.total - ramp.from.total - 1 - ramp.rejected;
    const stretch = { calls: Math.max(0, letIn), ms: Math.max(1, call.at - ramp.from.at) };
    this.#stretches.add(stretch);
    const { calls, ms, rate: measured } = this.#stretches;
    if (calls === 0) {
      this.#probe(call, Math.min(longestProbeMs, (probeGrowth - 1) * ms), now);
      return;
    }
    const isEarly = ramp.due >= surelyMeasured && ramp.steps < ramp.due / 4;
    this.#early = isEarly ? this.#early + 1 : 0;
    if (this.#early >= surelyNoise) {
      this.#leaveToConcurrency();
      return;
    }

    const off = Math.min(0.5, Math.max(easing, 1 / calls));
    const due = Math.max(2, Math.min(dueAfter * calls, Math.max(leastCalls, leastMs * measured)));
    const above = this.#rate / measured;
    const hasShown = ramp.steps >= ramp.due / 2 && atLeast([stretch]) >= ramp.hoped;
    const isTooLow =
      calls >= enoughCalls && above > (hasShown ? 1 + Math.max(apart, 2 * off) : farApart);
    if (isTooLow) {
      const step = Math.sqrt(above);
      const hoped = (measured * (1 + step)) / 2;
      const between = { due: Math.max(2, due / 4), rise: step - 1, hoped };
      this.#follow(call, measured * step, between, now);
    } else this.#follow(call, measured * (1 - off), { due, rise: 2 * off, hoped: 0 }, now);
  }

  #follow(
    from: Spent,
    rate: number,
    plan: Pick<Ramp, "due" | "rise" | "hoped">,
    now: number,
  ): void {
    this.#rate = rate;
    const none = { steps: 0, letInFrom: undefined, rejected: 0 };
    this.#ramp = { ...plan, ...none, from, knownTo: this.#started };
    this.#spacing.holdUntil(now + 1 / rate);
  }

  #leaveToConcurrency(): void {
    this.#noise = new Noise(this.#stretches.rejected);
    this.#stretches.clear();
    this.#rate = Number.POSITIVE_INFINITY;
    this.#ramp = undefined;
    this.#early = 0;
    this.#spacing.letGo();
  }
}
