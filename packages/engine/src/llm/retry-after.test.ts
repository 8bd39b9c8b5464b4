import fc from "fast-check";
import { expect, test } from "vitest";
import { retryAfterMs } from "./retry-after.ts";

const now = Date.parse("2026-03-01T12:00:00Z");

test.each([
  ["seconds", { "retry-after": "20" }, 20_000],
  ["fractions of seconds, which OpenAI sends", { "retry-after": "0.5" }, 500],
  ["milliseconds before seconds", { "retry-after-ms": "125", "retry-after": "20" }, 125],
  ["a date", { "retry-after": "Sun, 01 Mar 2026 12:00:30 GMT" }, 30_000],
  ["a date in HTTP's older form", { "retry-after": "Sunday, 01-Mar-26 12:00:07 GMT" }, 7000],
  ["a date that has passed", { "retry-after": "Sun, 01 Mar 2026 11:00:00 GMT" }, 0],
])("understands %s", (_, headers, expected) => {
  expect(retryAfterMs(headers, now)).toBe(expected);
});

test.each([
  [{}],
  [{ "retry-after": "" }],
  [{ "retry-after": "-5" }],
  [{ "retry-after": "soon" }],
  [{ "retry-after": "Sunday" }],
  [{ "retry-after-ms": "NaN" }],
])("takes %j for not saying", (headers) => {
  expect(retryAfterMs(headers, now)).toBeUndefined();
});

test("never gives a negative or endless wait, whatever the header says", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (first, second) => {
      const wait = retryAfterMs({ "retry-after": first, "retry-after-ms": second }, now);
      expect(wait === undefined || wait >= 0).toBe(true);
    }),
  );
});
