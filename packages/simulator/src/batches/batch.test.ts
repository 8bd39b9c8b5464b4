import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BatchTimes } from "../options.ts";
import { turnedAway } from "../simulation/decision.ts";
import { Batch, type LineEnd, type Phase } from "./batch.ts";

/** A batch in simulated time, whose lines are all answered, with when each had its turn and what each came to. */
function batch(lines: number, times: Partial<BatchTimes> = {}, now = 0) {
  const turns: number[] = [];
  const ends = new Map<string, LineEnd[]>();
  const requests = Array.from({ length: lines }, (_, i) => ({ customId: `line-${i}`, body: i }));
  const work = new Batch(
    "batch",
    requests,
    BatchTimes.parse(times),
    {
      run: (_body, at) => {
        turns.push(at);
        return turnedAway({ status: 200, body: "{}" });
      },
      keep: (customId, end) => ends.set(customId, [...(ends.get(customId) ?? []), end]),
    },
    now,
  );
  return { work, turns, ends };
}

describe("a batch in time", () => {
  test("gives its lines their turns at even distances between checking and finishing", () => {
    const { work, turns } = batch(4, { durationMs: 1000 });
    const phases: [number, Phase][] = [
      [0, "validating"],
      [100, "validating"],
      [101, "running"],
      [899, "running"],
      [900, "finishing"],
      [999, "finishing"],
      [1000, "ended"],
    ];
    for (const [now, phase] of phases) expect(work.phase(now)).toBe(phase);
    work.advance(500);
    expect(turns).toEqual([300, 500]);
    work.advance(10_000);
    expect(turns).toEqual([300, 500, 700, 900]);
    expect(work.counts).toEqual({ succeeded: 4, failed: 0, cancelled: 0, expired: 0 });
    expect(work.ending).toBe("completed");
  });

  test("does not do what is not done when it expires", () => {
    const { work, turns, ends } = batch(10, { durationMs: 2000, expiresAfterMs: 1000 });
    work.advance(999);
    expect(work.phase(999)).toBe("running");
    expect(work.counts).toMatchObject({ succeeded: 4, expired: 0 });
    work.advance(5000);
    expect(work.ending).toBe("expired");
    expect(work.endsAt).toBe(1000);
    expect(work.counts).toEqual({ succeeded: 5, failed: 0, cancelled: 0, expired: 5 });
    expect(turns.at(-1)).toBe(1000);
    expect(ends.get("line-5")).toEqual(["expired"]);
  });

  test("finishes what it began when it is cancelled, and takes a tenth of its time to stop", () => {
    const { work } = batch(10, { durationMs: 1000 });
    work.cancel(420);
    expect(work.phase(420)).toBe("cancelling");
    work.advance(520);
    expect(work.counts).toEqual({ succeeded: 4, failed: 0, cancelled: 0, expired: 0 });
    work.advance(521);
    expect(work.phase(521)).toBe("ended");
    expect(work.ending).toBe("cancelled");
    expect(work.counts).toEqual({ succeeded: 4, failed: 0, cancelled: 6, expired: 0 });
  });

  test("that takes no time is created unfinished, and finished when it is next looked at", () => {
    const { work } = batch(3, {}, 7);
    expect(work.phase(7)).toBe("validating");
    work.advance(7.001);
    expect(work.phase(7.001)).toBe("ended");
    expect(work.counts.succeeded).toBe(3);
  });

  test("ends every line once, in order, however often it is looked at and whenever it is stopped", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.record({
          durationMs: fc.nat(2000),
          expiresAfterMs: fc.integer({ min: 1, max: 2000 }),
        }),
        fc.array(fc.nat(500), { maxLength: 10 }),
        fc.option(fc.nat(9)),
        (lines, times, gaps, cancelAt) => {
          const { work, turns, ends } = batch(lines, times);
          let now = 0;
          gaps.forEach((gap, look) => {
            now += gap;
            work.advance(now);
            if (look === cancelAt && work.phase(now) !== "ended") work.cancel(now);
          });
          work.advance(1e9);
          expect([...ends.keys()]).toEqual(Array.from({ length: lines }, (_, i) => `line-${i}`));
          expect([...ends.values()].every((each) => each.length === 1)).toBe(true);
          expect(turns).toEqual(turns.toSorted((a, b) => a - b));
          const { succeeded, failed, cancelled, expired } = work.counts;
          expect(succeeded + failed + cancelled + expired).toBe(lines);
          expect(succeeded).toBe(turns.length);
          expect(cancelled > 0 && work.ending !== "cancelled").toBe(false);
          expect(expired > 0 && work.ending !== "expired").toBe(false);
        },
      ),
    );
  });
});
