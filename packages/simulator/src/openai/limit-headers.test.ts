import { expect, test } from "vitest";
import { duration, limitHeaders } from "./limit-headers.ts";

const allowances = [
  { kind: "requests", limit: 100, remaining: 98, fullAfterMs: 1200 },
  { kind: "tokens", limit: 600, remaining: 0, fullAfterMs: 60_000 },
] as const;

test("OpenAI's headers tell what is left of each limit and when it is whole again, as a duration", () => {
  expect(limitHeaders(allowances, undefined)).toEqual({
    "x-ratelimit-limit-requests": "100",
    "x-ratelimit-remaining-requests": "98",
    "x-ratelimit-reset-requests": "1.2s",
    "x-ratelimit-limit-tokens": "600",
    "x-ratelimit-remaining-tokens": "0",
    "x-ratelimit-reset-tokens": "1m0s",
  });
});

test("a rejection says how long to wait, in seconds and in milliseconds", () => {
  const rejection = { kind: "tokens", limit: 600, retryAfterMs: 1200.4 } as const;
  expect(limitHeaders([], rejection)).toEqual({ "retry-after": "2", "retry-after-ms": "1201" });
});

test.each([
  [0, "0s"],
  [0.2, "1ms"],
  [120, "120ms"],
  [8640, "8.64s"],
  [60_000, "1m0s"],
  [361_500, "6m1.5s"],
])("%d ms are printed as %s", (ms, text) => expect(duration(ms)).toBe(text));
