import fc from "fast-check";
import { expect, test } from "vitest";
import { allocate } from "./allocate.ts";

test("a proportional sample has each stratum's share, rounded by largest remainder", () => {
  expect(allocate([700, 200, 100], 10, "proportional")).toEqual([7, 2, 1]);
  expect(allocate([50, 30, 20], 5, "proportional")).toEqual([3, 1, 1]);
});

test("an equal sample passes on what a small stratum cannot give", () => {
  expect(allocate([700, 200, 2], 30, "equal")).toEqual([14, 14, 2]);
  expect(allocate([5, 5, 5], 4, "equal")).toEqual([2, 1, 1]);
});

const strata = fc.array(fc.nat(50), { maxLength: 8 });
const total = (counts: readonly number[]) => counts.reduce((sum, n) => sum + n, 0);

test("a sample has its size or all there is, and no stratum gives more than it has", () => {
  fc.assert(
    fc.property(
      strata,
      fc.nat(300),
      fc.constantFrom("proportional" as const, "equal" as const),
      (records, size, allocation) => {
        const drawn = allocate(records, size, allocation);
        expect(total(drawn)).toBe(Math.min(size, total(records)));
        drawn.forEach((n, stratum) => {
          expect(n).toBeLessThanOrEqual(records[stratum] ?? 0);
        });
      },
    ),
  );
});

test("a proportional share is never a whole record off", () => {
  fc.assert(
    fc.property(strata, fc.nat(300), (records, size) => {
      const all = total(records);
      fc.pre(all > 0 && size <= all);
      allocate(records, size, "proportional").forEach((n, stratum) => {
        expect(Math.abs(n - ((records[stratum] ?? 0) * size) / all)).toBeLessThan(1);
      });
    }),
  );
});

test("of strata that can give, none of an equal sample has two more than another", () => {
  fc.assert(
    fc.property(strata, fc.nat(300), (records, size) => {
      const drawn = allocate(records, size, "equal");
      const open = drawn.filter((n, stratum) => n < (records[stratum] ?? 0));
      const most = Math.max(0, ...drawn);
      open.forEach((n) => {
        expect(most - n).toBeLessThanOrEqual(1);
      });
    }),
  );
});
