import fc from "fast-check";
import { expect, test } from "vitest";
import type { RetryFailure } from "./call-failure.ts";
import { backoffMs, waitBeforeRetry } from "./retry-policy.ts";

const failure: RetryFailure = { kind: "retry", reason: "server-error", message: "" };

test("waits double from half a second to half a minute, of which a random half to whole is taken", () => {
  expect([1, 2, 3, 4].map((n) => backoffMs(n, () => 0.999_999))).toEqual(
    [500, 1000, 2000, 4000].map((whole) => expect.closeTo(whole, 0)),
  );
  expect([1, 2, 3, 4].map((n) => backoffMs(n, () => 0))).toEqual([250, 500, 1000, 2000]);
  expect(backoffMs(1000, () => 0)).toBe(15_000);
});

test("an item is tried as often as it may be, and not once more", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), (most) => {
      let attempts = 1;
      while (waitBeforeRetry(failure, attempts, most, Math.random) !== undefined) attempts += 1;
      expect(attempts).toBe(most);
    }),
  );
});

test("an item waits at least as long as the provider asks", () => {
  const asked = { ...failure, retryAfterMs: 12_345 };
  expect(waitBeforeRetry(asked, 1, 6, () => 0)).toBe(12_345);
  expect(waitBeforeRetry({ ...failure, retryAfterMs: 1 }, 1, 6, () => 0)).toBe(250);
});
