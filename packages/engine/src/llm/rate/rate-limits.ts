import type { ResponseHeaders } from "../retry-after.ts";

/** How one limit of an account stands, as a reply's headers tell it. */
export interface LimitStanding {
  /** Requests or tokens a minute. */
  readonly limit: number;
  readonly remaining: number;
  /** Milliseconds until all of it is there again; undefined where the reply does not say. */
  readonly resetMs: number | undefined;
}

/** The limits that a reply's headers tell of. */
export interface RateLimits {
  readonly requests?: LimitStanding;
  readonly tokens?: LimitStanding;
}

type Kind = keyof RateLimits;

/**
 * Reads how an account's limits stand. Knows `x-ratelimit-{limit,remaining,reset}-{requests,tokens}` (OpenAI, Azure, and
 * who follows them; resets as durations) and `anthropic-ratelimit-{requests,tokens}-{limit,remaining,reset}` (resets as
 * moments of RFC 3339). A kind without a limit above 0, or without what remains, is left out: nothing can be paced by it.
 *
 * @param now Unix time in milliseconds
 */
export function readRateLimits(headers: ResponseHeaders, now: number): RateLimits {
  const requests = standing(headers, "requests", now);
  const tokens = standing(headers, "tokens", now);
  return { ...(requests && { requests }), ...(tokens && { tokens }) };
}

function standing(headers: ResponseHeaders, kind: Kind, now: number): LimitStanding | undefined {
  const limit = number(headers[`x-ratelimit-limit-${kind}`]);
  const remaining = number(headers[`x-ratelimit-remaining-${kind}`]);
  if (limit !== undefined && remaining !== undefined)
    return checked(limit, remaining, durationMs(headers[`x-ratelimit-reset-${kind}`]));
  const anthropic = (part: string) => headers[`anthropic-ratelimit-${kind}-${part}`];
  const itsLimit = number(anthropic("limit"));
  const itsRemaining = number(anthropic("remaining"));
  if (itsLimit === undefined || itsRemaining === undefined) return undefined;
  return checked(itsLimit, itsRemaining, untilMoment(anthropic("reset"), now));
}

const checked = (
  limit: number,
  remaining: number,
  resetMs: number | undefined,
): LimitStanding | undefined => (limit > 0 ? { limit, remaining, resetMs } : undefined);

function number(text: string | undefined): number | undefined {
  return text !== undefined && /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : undefined;
}

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** A duration as Go prints it (`6m0s`, `8.64s`, `120ms`), or a bare number of seconds (Azure). */
function durationMs(text: string | undefined): number | undefined {
  const seconds = number(text);
  if (seconds !== undefined) return seconds * 1000;
  if (text === undefined || !/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(text)) return undefined;
  let total = 0;
  for (const [, amount, unit = ""] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g))
    total += Number(amount) * (unitMs[unit] ?? 0);
  return total;
}

function untilMoment(text: string | undefined, now: number): number | undefined {
  const moment = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(moment) ? undefined : Math.max(0, moment - now);
}
