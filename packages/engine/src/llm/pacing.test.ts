import { expect, test } from "vitest";
import { CallLine } from "./call-line.ts";
import { type Ending, Pacer } from "./pacer.ts";
import type { RateLimits } from "./rate/rate-limits.ts";
import { seededRandom } from "./seeded-random.ts";
import { SimulatedClock } from "./simulated-clock.ts";

interface Limited {
  readonly requestsPerMinute: number;
  readonly tokensPerMinute?: number;
  /** The buckets' size, in seconds of the limits. */
  readonly burstSeconds?: number;
  readonly headers: boolean;
  /** Share of calls turned away whatever the rate. */
  readonly noise?: number;
}

/** An account with limits: token buckets that start full. */
class Account {
  readonly #limited: Limited;
  readonly #random = seededRandom(7);
  readonly #levels: { requests: number; tokens: number };
  #at = 0;
  accepted = 0;
  acceptedTokens = 0;
  rejected = 0;

  constructor(limited: Limited) {
    this.#limited = limited;
    this.#levels = { requests: this.#size("requests"), tokens: this.#size("tokens") };
  }

  limit(kind: "requests" | "tokens"): number {
    const { requestsPerMinute, tokensPerMinute = 1e12 } = this.#limited;
    return kind === "requests" ? requestsPerMinute : tokensPerMinute;
  }

  /** What the account let in until now, as a share of all it would have. */
  used(kind: "requests" | "tokens", now: number): number {
    const admitted = kind === "requests" ? this.accepted : this.acceptedTokens;
    return admitted / (this.#size(kind) + (this.limit(kind) * now) / 60_000);
  }

  call(tokens: number, now: number): { admitted: boolean; limits: RateLimits } {
    for (const kind of ["requests", "tokens"] as const) {
      const refilled = this.#levels[kind] + ((now - this.#at) * this.limit(kind)) / 60_000;
      this.#levels[kind] = Math.min(this.#size(kind), refilled);
    }
    this.#at = now;
    const { noise = 0, headers } = this.#limited;
    const admitted =
      this.#levels.requests >= 1 && this.#levels.tokens >= tokens && this.#random() >= noise;
    if (admitted) {
      this.#levels.requests -= 1;
      this.#levels.tokens -= tokens;
      this.accepted += 1;
      this.acceptedTokens += tokens;
    } else this.rejected += 1;
    const standing = (kind: "requests" | "tokens") => ({
      limit: this.limit(kind),
      remaining: Math.max(0, Math.floor(this.#levels[kind])),
      resetMs: ((this.#size(kind) - this.#levels[kind]) * 60_000) / this.limit(kind),
    });
    const limits = headers
      ? {
          requests: standing("requests"),
          ...(this.#limited.tokensPerMinute && { tokens: standing("tokens") }),
        }
      : {};
    return { admitted, limits };
  }

  #size(kind: "requests" | "tokens"): number {
    return (this.limit(kind) * (this.#limited.burstSeconds ?? 60)) / 60;
  }
}

const characters = 400;

/** Calls through one line as long as told, with always more to ask; one call in a hundred takes 30 s. */
function keepCalling(
  account: Account,
  clock: SimulatedClock,
  minutes: number,
  { seed, concurrency }: { readonly seed: number; readonly concurrency: number },
): void {
  const random = seededRandom(seed);
  const line = new CallLine(new Pacer(random), clock);
  const lane = line.open(concurrency, {});
  const until = minutes * 60_000;
  const ask = async () => {
    while (clock.now() < until) {
      const turn = await lane.turn("first", characters);
      if (!turn || clock.now() >= until) return;
      const tokens = Math.round(90 + random() * 40);
      await new Promise<void>((resolve) => clock.after(20, resolve));
      const { admitted, limits } = account.call(tokens, clock.now());
      const time = !admitted ? 5 : random() < 0.01 ? 30_000 : 600 * (0.5 + random());
      await new Promise<void>((resolve) => clock.after(time, resolve));
      const ending: Ending = admitted
        ? { kind: "good", tokens, limits }
        : { kind: "trouble", crowded: true, limited: true, limits };
      turn.end(ending);
    }
  };
  for (let i = 0; i < concurrency; i += 1) void ask();
}

async function run(limited: Limited, minutes: number, { workers = 1, concurrency = 256 } = {}) {
  const clock = new SimulatedClock();
  const account = new Account(limited);
  for (let worker = 1; worker <= workers; worker += 1)
    keepCalling(account, clock, minutes, { seed: worker, concurrency });
  await clock.pass(minutes * 60_000);
  const now = clock.now();
  return {
    requests: account.used("requests", now),
    tokens: account.used("tokens", now),
    rejected: account.rejected / (account.accepted + account.rejected),
    perMinute: account.accepted / minutes,
  };
}

const cases = [
  ["few requests, headers", { requestsPerMinute: 300, headers: true }, 15, 32],
  ["many requests, headers", { requestsPerMinute: 3000, headers: true }, 6, 256],
  [
    "a bucket of one second, headers",
    { requestsPerMinute: 1200, burstSeconds: 1, headers: true },
    6,
    256,
  ],
  ["few requests, no headers", { requestsPerMinute: 300, headers: false }, 15, 32],
  ["many requests, no headers", { requestsPerMinute: 3000, headers: false }, 10, 256],
  [
    "a bucket of one second, no headers",
    { requestsPerMinute: 1200, burstSeconds: 1, headers: false },
    10,
    256,
  ],
] as const;

test.each(cases)(
  "uses what is allowed and is hardly ever turned away: %s",
  async (_, limited, minutes, concurrency) => {
    const { requests, rejected } = await run(limited, minutes, { concurrency });
    expect(requests).toBeGreaterThanOrEqual(0.97);
    expect(rejected).toBeLessThanOrEqual(0.01);
  },
);

test.each([true, false])("a limit of tokens is used as well, headers %s", async (headers) => {
  const limited = { requestsPerMinute: 100_000, tokensPerMinute: 100_000, headers };
  const { tokens, rejected } = await run(limited, 10, { concurrency: 64 });
  expect(tokens).toBeGreaterThanOrEqual(0.97);
  expect(rejected).toBeLessThanOrEqual(0.01);
});

test("three workers on one account share it by what its replies say is left", async () => {
  const { requests, rejected } = await run({ requestsPerMinute: 1200, headers: true }, 8, {
    workers: 3,
  });
  expect(requests).toBeGreaterThanOrEqual(0.97);
  expect(rejected).toBeLessThanOrEqual(0.01);
});

test("calls that are turned away at random, whatever the rate, do not slow the others down for good", async () => {
  const { perMinute } = await run({ requestsPerMinute: 1e9, headers: false, noise: 0.05 }, 5);
  expect(perMinute).toBeGreaterThan(1200);
});
