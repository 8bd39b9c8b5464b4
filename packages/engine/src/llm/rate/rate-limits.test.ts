import { expect, test } from "vitest";
import { readRateLimits } from "./rate-limits.ts";

test("reads OpenAI's headers, resets as Go durations", () => {
  const headers = {
    "x-ratelimit-limit-requests": "500",
    "x-ratelimit-limit-tokens": "30000",
    "x-ratelimit-remaining-requests": "499",
    "x-ratelimit-remaining-tokens": "29970",
    "x-ratelimit-reset-requests": "120ms",
    "x-ratelimit-reset-tokens": "1m0.06s",
  };
  expect(readRateLimits(headers, 0)).toEqual({
    requests: { limit: 500, remaining: 499, resetMs: 120 },
    tokens: { limit: 30_000, remaining: 29_970, resetMs: 60_060 },
  });
});

test("reads Azure's headers: bare seconds, or no reset at all; without a limit nothing is known", () => {
  const azure = {
    "x-ratelimit-limit-tokens": "100000",
    "x-ratelimit-remaining-tokens": "99000",
    "x-ratelimit-reset-tokens": "7",
    "x-ratelimit-limit-requests": "100",
    "x-ratelimit-remaining-requests": "99",
  };
  expect(readRateLimits(azure, 0)).toEqual({
    requests: { limit: 100, remaining: 99, resetMs: undefined },
    tokens: { limit: 100_000, remaining: 99_000, resetMs: 7000 },
  });
  expect(readRateLimits({ "x-ratelimit-remaining-requests": "99" }, 0)).toEqual({});
});

test("reads Anthropic's headers, resets as moments", () => {
  const headers = {
    "anthropic-ratelimit-requests-limit": "50",
    "anthropic-ratelimit-requests-remaining": "49",
    "anthropic-ratelimit-requests-reset": "2026-01-01T00:00:02Z",
    "anthropic-ratelimit-tokens-limit": "40000",
    "anthropic-ratelimit-tokens-remaining": "39000",
    "anthropic-ratelimit-tokens-reset": "2025-12-31T23:59:59Z",
  };
  expect(readRateLimits(headers, Date.parse("2026-01-01T00:00:00Z"))).toEqual({
    requests: { limit: 50, remaining: 49, resetMs: 2000 },
    tokens: { limit: 40_000, remaining: 39_000, resetMs: 0 },
  });
});

test("what cannot be read is not known", () => {
  expect(
    readRateLimits(
      {
        "x-ratelimit-limit-requests": "many",
        "x-ratelimit-remaining-requests": "-1",
        "x-ratelimit-limit-tokens": "0",
        "x-ratelimit-remaining-tokens": "0",
      },
      0,
    ),
  ).toEqual({});
  expect(
    readRateLimits(
      {
        "x-ratelimit-limit-requests": "5",
        "x-ratelimit-remaining-requests": "4",
        "x-ratelimit-reset-requests": "soon",
      },
      0,
    ),
  ).toEqual({ requests: { limit: 5, remaining: 4, resetMs: undefined } });
});
