import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Limits } from "../options.ts";
import { RateLimiter } from "./rate-limiter.ts";

describe("rate limits", () => {
  test("let a full bucket in at once, then one call for each refilled request", () => {
    const limiter = new RateLimiter(Limits.parse({ requestsPerMinute: 60 }), 0);
    for (let call = 0; call < 60; call += 1) expect(limiter.admit(1, 0)).toBeUndefined();
    expect(limiter.admit(1, 0)).toEqual({ kind: "requests", limit: 60, retryAfterMs: 1000 });
    expect(limiter.admit(1, 999)).toMatchObject({ kind: "requests" });
    expect(limiter.admit(1, 1000)).toBeUndefined();
    expect(limiter.admit(1, 1001)).toMatchObject({ retryAfterMs: 999 });
  });

  test("count tokens too, and take nothing from a call they turn away", () => {
    const limiter = new RateLimiter(
      Limits.parse({ requestsPerMinute: 100, tokensPerMinute: 600 }),
      0,
    );
    expect(limiter.admit(400, 0)).toBeUndefined();
    expect(limiter.admit(400, 0)).toEqual({ kind: "tokens", limit: 600, retryAfterMs: 20_000 });
    expect(limiter.admit(200, 0)).toBeUndefined();
    expect(limiter.allowances).toEqual([
      { kind: "requests", limit: 100, remaining: 98, fullAfterMs: 1200 },
      { kind: "tokens", limit: 600, remaining: 0, fullAfterMs: 60_000 },
    ]);
  });

  test("let a call larger than the whole bucket in when it is full, and make the next wait for it", () => {
    const limiter = new RateLimiter(Limits.parse({ tokensPerMinute: 60 }), 0);
    expect(limiter.admit(120, 0)).toBeUndefined();
    expect(limiter.admit(1, 0)).toEqual({ kind: "tokens", limit: 60, retryAfterMs: 61_000 });
  });

  test("never let in more than the burst and the rate allow, whenever calls come", () => {
    const limits = Limits.parse({ requestsPerMinute: 600, burstSeconds: 2 });
    fc.assert(
      fc.property(fc.array(fc.nat(400), { minLength: 100, maxLength: 400 }), (gaps) => {
        const limiter = new RateLimiter(limits, 0);
        let now = 0;
        let admitted = 0;
        for (const gap of gaps) {
          now += gap;
          if (!limiter.admit(1, now)) admitted += 1;
        }
        expect(admitted).toBeLessThanOrEqual(20 + now / 100 + 1e-6);
      }),
    );
  });

  test("keep a caller who waits as long as told from ever being turned away twice", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000 }),
        fc.integer({ min: 1, max: 500 }),
        (rpm, n) => {
          const limiter = new RateLimiter(
            Limits.parse({ requestsPerMinute: rpm, burstSeconds: 1 }),
            0,
          );
          let now = 0;
          for (let call = 0; call < n; call += 1) {
            const rejection = limiter.admit(1, now);
            if (!rejection) continue;
            now += Math.ceil(rejection.retryAfterMs);
            expect(limiter.admit(1, now)).toBeUndefined();
          }
        },
      ),
    );
  });
});
