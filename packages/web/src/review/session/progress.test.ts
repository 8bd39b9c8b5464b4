import { describe, expect, it } from "vitest";
import type { Act } from "./act.ts";
import { agreement } from "./agreement.ts";
import { pace } from "./pace.ts";

describe("pace", () => {
  it("is said when there is enough to say it from", () => {
    expect(pace([0, 2000, 4000])).toBeUndefined();
    expect(pace([0, 2000, 4000, 6000, 8000])).toBe(30);
  });

  it("leaves pauses out and goes by the last verdicts", () => {
    expect(pace([0, 1000, 2000, 3000, 603_000, 604_000])).toBe(60);
    const slowThenFast = [
      ...Array.from({ length: 20 }, (_, i) => i * 20_000),
      ...Array.from({ length: 31 }, (_, i) => 400_000 + i * 2000),
    ];
    expect(pace(slowThenFast)).toBe(30);
  });
});

it("agreement counts labels by their last verdict", () => {
  const act = (id: number, label: number, value: string): Act => ({
    id,
    at: id,
    judgements: [
      {
        record: label,
        key: String(label),
        label,
        suggested: "neg",
        value,
        before: { status: "unverified", verified: null },
      },
    ],
  });
  expect(
    agreement([act(1, 1, "neg"), act(3, 2, "pos"), act(5, 1, "pos"), act(7, 3, "neg")]),
  ).toEqual({
    confirmed: 1,
    corrected: 2,
  });
});
