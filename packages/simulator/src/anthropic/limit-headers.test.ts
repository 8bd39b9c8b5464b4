import { expect, test } from "vitest";
import { limitHeaders } from "./limit-headers.ts";

test("Anthropic's headers tell moments in whole seconds and tokens in round thousands, and how long to wait", () => {
  const allowances = [
    { kind: "requests", limit: 50, remaining: 49, fullAfterMs: 1200 },
    { kind: "tokens", limit: 30_000, remaining: 27_512, fullAfterMs: 0 },
  ] as const;
  const rejection = { kind: "requests", limit: 50, retryAfterMs: 1200 } as const;
  const now = Date.parse("2026-03-16T08:00:00Z");
  expect(limitHeaders(allowances, rejection, now)).toEqual({
    "anthropic-ratelimit-requests-limit": "50",
    "anthropic-ratelimit-requests-remaining": "49",
    "anthropic-ratelimit-requests-reset": "2026-03-16T08:00:02Z",
    "anthropic-ratelimit-tokens-limit": "30000",
    "anthropic-ratelimit-tokens-remaining": "28000",
    "anthropic-ratelimit-tokens-reset": "2026-03-16T08:00:00Z",
    "retry-after": "2",
  });
});
