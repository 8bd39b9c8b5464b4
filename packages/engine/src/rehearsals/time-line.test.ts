import fc from "fast-check";
import { expect, test } from "vitest";
import { TimeLine } from "./time-line.ts";

test("tells in which second calls were under way and items ended", () => {
  const line = new TimeLine();
  line.began(0);
  line.began(500);
  line.ended(1000, false);
  line.finished(1000);
  line.ended(2500, true);
  expect(line.until(2500)).toEqual([
    { from: 0, seconds: 1, items: 0, itemsPerSecond: 0, calls: 0, turnedAway: 0, concurrency: 1.5 },
    { from: 1, seconds: 1, items: 1, itemsPerSecond: 1, calls: 1, turnedAway: 0, concurrency: 1 },
    { from: 2, seconds: 0.5, items: 0, itemsPerSecond: 0, calls: 1, turnedAway: 1, concurrency: 1 },
  ]);
});

test("loses no call, no item and no time, however long it goes on, and stays short", () => {
  const step = fc.record({ later: fc.nat(300_000), lasts: fc.nat(1) });
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 200 }), (steps) => {
      const line = new TimeLine();
      let now = 0;
      let busyMs = 0;
      for (const { later } of steps) {
        line.began(now);
        now += later;
        busyMs += later;
        line.ended(now, later % 2 === 0);
        line.finished(now);
      }
      const slices = line.until(now + 1);
      const sum = (of: (slice: (typeof slices)[number]) => number) =>
        slices.reduce((total, slice) => total + of(slice), 0);
      expect(slices.length).toBeLessThanOrEqual(16);
      expect(sum(({ items }) => items)).toBe(steps.length);
      expect(sum(({ calls }) => calls)).toBe(steps.length);
      expect(sum(({ turnedAway }) => turnedAway)).toBe(
        steps.filter(({ later }) => later % 2 === 0).length,
      );
      expect(sum(({ seconds }) => seconds)).toBeCloseTo((now + 1) / 1000);
      expect(sum(({ seconds, concurrency }) => seconds * concurrency)).toBeCloseTo(busyMs / 1000);
    }),
  );
});
