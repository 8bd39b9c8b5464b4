import { describe, expect, test } from "vitest";
import { z } from "zod";
import { drawn } from "./draws.ts";
import { faultOf } from "./fault.ts";
import { FaultRule, WrittenFaultRule } from "./fault-rule.ts";

const rules = (...written: string[]) => z.array(WrittenFaultRule).parse(written);

const fates = (written: string[], attempt: number, seconds = 0) => {
  const faults = rules(...written);
  return Array.from({ length: 20_000 }, (_, i) =>
    faultOf(faults, { attempt, seconds, draws: drawn(7, `prompt ${i}`, attempt) }),
  );
};

const shareOf = (faults: readonly (string | undefined)[], fault: string | undefined) =>
  faults.filter((met) => met === fault).length / faults.length;

describe("which calls meet a fault", () => {
  test("shares add up and each fault gets its own", () => {
    const met = fates(["429=0.04", "500=0.04", "timeout=0.04", "reset=0.08"], 1);
    expect(shareOf(met, undefined)).toBeCloseTo(0.8, 1.5);
    expect(shareOf(met, "429")).toBeCloseTo(0.04, 1.5);
    expect(shareOf(met, "reset")).toBeCloseTo(0.08, 1.5);
  });

  test("transport is drawn anew at each attempt, what the model says only once a prompt", () => {
    const first = fates(["500=0.5"], 1);
    const second = fates(["500=0.5"], 2);
    const both = first.filter((fault, i) => fault === "500" && second[i] === "500").length;
    expect(both / first.length).toBeCloseTo(0.25, 1.5);
    expect(fates(["refusal=0.3", "wrong-label=0.2"], 1)).toEqual(
      fates(["refusal=0.3", "wrong-label=0.2"], 2),
    );
  });

  test("the same seed gives the same fates and another seed others", () => {
    expect(drawn(7, "a prompt", 3)).toEqual(drawn(7, "a prompt", 3));
    expect(drawn(7, "a prompt", 3)).not.toEqual(drawn(8, "a prompt", 3));
  });

  test("a rule may hold for some attempts only, or for a span of time", () => {
    expect(shareOf(fates(["503#1-2"], 2), "503")).toBe(1);
    expect(shareOf(fates(["503#1-2"], 3), "503")).toBe(0);
    expect(shareOf(fates(["503@10-20"], 1, 10), "503")).toBe(1);
    expect(shareOf(fates(["503@10-20"], 1, 20), "503")).toBe(0);
  });
});

describe("a fault written on a command line", () => {
  test.each([
    ["500", { fault: "500", share: 1 }],
    ["500=0.05", { fault: "500", share: 0.05 }],
    ["timeout#1", { fault: "timeout", share: 1, attempts: { from: 1, to: 1 } }],
    ["503@10-20.5", { fault: "503", share: 1, seconds: { from: 10, to: 20.5 } }],
    [
      "wrong-label=0.5#1-3@0-60",
      {
        fault: "wrong-label",
        share: 0.5,
        attempts: { from: 1, to: 3 },
        seconds: { from: 0, to: 60 },
      },
    ],
  ])("%s", (text, rule) => {
    expect(WrittenFaultRule.parse(text)).toEqual(rule);
    expect(FaultRule.parse(rule)).toEqual(rule);
  });

  test.each(["", "418", "500=2", "500=", "500#2-1", "503@20", "500 = 1"])(
    "“%s” is refused",
    (text) => {
      expect(WrittenFaultRule.safeParse(text).error?.issues[0]?.message).toContain("is no fault");
    },
  );
});
