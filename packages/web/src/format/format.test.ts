import { describe, expect, it } from "vitest";
import { counted, dollars, measured, percent, rate, wholePercent } from "./number.ts";
import { ago, clock, duration } from "./time.ts";

describe("numbers", () => {
  it("are grouped and agree with their noun", () => {
    expect(counted(1204, "record")).toBe("1,204 records");
    expect(counted(1, "record")).toBe("1 record");
    expect(counted(2, "reply", "replies")).toBe("2 replies");
  });

  it("a share shows one decimal, and its interval as half its width", () => {
    expect(percent(0.8137)).toBe("81.4 %");
    expect(measured({ hits: 814, n: 1000, value: 0.814, low: 0.788, high: 0.838 })).toBe(
      "81.4 % ± 2.5",
    );
    expect(measured({ hits: 0, n: 0, value: null, low: null, high: null })).toBe("–");
  });

  it("progress never claims 100 % before the end", () => {
    expect(wholePercent(0.9999)).toBe("99 %");
    expect(wholePercent(1)).toBe("100 %");
  });

  it("small sums are not rounded to nothing", () => {
    expect(dollars(0)).toBe("$0.00");
    expect(dollars(0.00042)).toBe("$0.00042");
    expect(dollars(1234.5)).toBe("$1,234.50");
  });

  it("rates lose their decimal when they no longer need it", () => {
    expect(rate(3.14)).toBe("3.1");
    expect(rate(1234.5)).toBe("1,235");
  });
});

describe("times", () => {
  it.each([
    [4.2, "4.2 s"],
    [59.4, "59 s"],
    [200, "3 min 20 s"],
    [7500, "2 h 5 min"],
  ])("%d seconds read %s", (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });

  it("a moment is told by its distance in the largest unit", () => {
    const now = new Date("2026-05-03T12:00:00Z");
    expect(ago(new Date("2026-05-03T11:59:30Z"), now)).toBe("just now");
    expect(ago(new Date("2026-05-03T10:00:00Z"), now)).toBe("2 hours ago");
    expect(ago(new Date("2026-05-02T10:00:00Z"), now)).toBe("yesterday");
  });

  it("an end is told by the clock, as exactly as its distance asks", () => {
    const now = new Date(2026, 4, 3, 12, 0, 0);
    expect(clock(new Date(2026, 4, 3, 12, 5, 9), now)).toBe("12:05:09");
    expect(clock(new Date(2026, 4, 3, 17, 5, 9), now)).toBe("17:05");
    expect(clock(new Date(2026, 4, 4, 9, 5), now)).toBe("Mon 4 May, 09:05");
  });
});
