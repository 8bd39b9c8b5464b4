import { expect, test } from "vitest";
import { failedAttempts } from "./failed-attempts.ts";

test("an address waits out the minute in which it failed twenty times", () => {
  let now = 0;
  const failures = failedAttempts(() => now);
  for (let n = 0; n < 20; n += 1) {
    expect(failures.secondsToWait("a")).toBe(0);
    failures.add("a");
  }
  now = 20_500;
  expect(failures.secondsToWait("a")).toBe(40);
  expect(failures.secondsToWait("b")).toBe(0);
  now = 60_000;
  expect(failures.secondsToWait("a")).toBe(0);
});

test("failures spread over time are forgotten", () => {
  let now = 0;
  const failures = failedAttempts(() => now);
  for (; now < 3_600_000; now += 4_000) {
    expect(failures.secondsToWait("a")).toBe(0);
    failures.add("a");
  }
});
