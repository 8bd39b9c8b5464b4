import { expect, test } from "vitest";
import { LearntRate } from "./learnt-rate.ts";

/** A provider's bucket, which is asked through the rate being learnt for so long; with what share was let in and rejected. */
function learn({
  perSecond,
  holds,
  seconds,
  newsMs = 30,
  noise = () => false,
}: {
  readonly perSecond: (second: number) => number;
  readonly holds: number;
  readonly seconds: number;
  readonly newsMs?: number;
  readonly noise?: (call: number) => boolean;
}) {
  const learnt = new LearntRate();
  const perCase = { letIn: [] as number[], rejected: [] as number[] };
  const news: { readonly due: number; readonly tell: () => void }[] = [];
  let level = holds;
  let at = 0;
  let total = 0;
  for (let now = 0; now < seconds * 1000; now += 1) {
    while ((news[0]?.due ?? Number.POSITIVE_INFINITY) <= now) news.shift()?.tell();
    // No faster than a call a millisecond, as there are only so many places.
    if (learnt.delay(now) > 0) continue;
    total += 1;
    const call = { at: now, total };
    learnt.start(call);
    level = Math.min(holds, level + ((now - at) / 1000) * perSecond(now / 1000));
    at = now;
    const isLetIn = level >= 1 && !noise(total);
    if (isLetIn) level -= 1;
    (isLetIn ? perCase.letIn : perCase.rejected).push(now / 1000);
    news.push({ due: now + newsMs, tell: () => learnt.end(call, !isLetIn, now + newsMs) });
  }
  const between = (times: readonly number[], from: number, to: number) =>
    times.filter((time) => time >= from && time < to).length;
  return {
    isCause: learnt.isCause,
    used: (from: number, to: number, rate: number) =>
      between(perCase.letIn, from, to) / ((to - from) * rate),
    rejected: (from: number, to: number) =>
      between(perCase.rejected, from, to) /
      (between(perCase.rejected, from, to) + between(perCase.letIn, from, to)),
  };
}

test.each([
  [2, 20],
  [20, 20],
  [20, 1200],
  [300, 300],
])("finds a rate of %i a second with a bucket of %i, and keeps to it", (rate, holds) => {
  const run = learn({ perSecond: () => rate, holds, seconds: 400 });
  expect(run.used(100, 400, rate)).toBeGreaterThan(0.98);
  expect(run.rejected(0, 400)).toBeLessThan(0.05);
  expect(run.rejected(100, 400)).toBeLessThan(0.01);
});

test("a bucket that holds one call is used as well, once it is known", () => {
  const run = learn({ perSecond: () => 5, holds: 1, seconds: 900 });
  expect(run.used(450, 900, 5)).toBeGreaterThan(0.96);
  expect(run.rejected(0, 900)).toBeLessThan(0.02);
});

test("follows a limit that falls to a tenth, and one that rises tenfold", () => {
  const perSecond = (second: number) => (second < 100 || second >= 400 ? 50 : 5);
  const run = learn({ perSecond, holds: 50, seconds: 700 });
  expect(run.used(50, 100, 50)).toBeGreaterThan(0.97);
  expect(run.used(150, 400, 5)).toBeGreaterThan(0.97);
  expect(run.rejected(150, 400)).toBeLessThan(0.02);
  expect(run.used(600, 700, 50)).toBeGreaterThan(0.97);
});

test("an outage in which every call is rejected costs few calls and little time", () => {
  const perSecond = (second: number) => (second >= 100 && second < 110 ? 0 : 50);
  const run = learn({ perSecond, holds: 50, seconds: 200 });
  expect(run.used(140, 200, 50)).toBeGreaterThan(0.97);
  expect(run.rejected(100, 200)).toBeLessThan(0.03);
});

test("rejections that hang on no rate are left to the concurrency", () => {
  const run = learn({
    perSecond: () => 1e6,
    holds: 1e6,
    seconds: 60,
    noise: (call) => (call * 2654435761) % 2 ** 32 < 0.05 * 2 ** 32,
  });
  expect(run.isCause).toBe(false);
  expect(run.used(50, 60, 1000)).toBeGreaterThan(0.9);
});
