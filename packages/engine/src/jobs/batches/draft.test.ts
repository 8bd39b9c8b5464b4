import fc from "fast-check";
import { expect, test } from "vitest";
import { type Allowance, Draft, type DraftLine } from "./draft.ts";

const boundless: Allowance = {
  usd: Number.POSITIVE_INFINITY,
  tokens: Number.POSITIVE_INFINITY,
  records: Number.POSITIVE_INFINITY,
};

const line = (i: number, bytes = 10): DraftLine => ({
  name: `n${i}`,
  key: Buffer.from([i]),
  body: "x".repeat(bytes),
  position: i,
  usd: 1,
  tokens: 10,
});

test("batches are taken as full as they may be, every line once and in order, the rest on demand", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 40 }),
      fc.integer({ min: 1, max: 7 }),
      fc.integer({ min: 1, max: 100 }),
      (sizes, mostLines, mostBytes) => {
        const draft = new Draft(boundless);
        const taken: DraftLine[][] = [];
        sizes.forEach((bytes, i) => {
          draft.add(line(i, bytes));
          for (let batch = draft.take(mostLines, mostBytes, false); batch; )
            batch = taken.push(batch) > 0 ? draft.take(mostLines, mostBytes, false) : undefined;
        });
        for (let batch = draft.take(mostLines, mostBytes, true); batch; )
          batch = taken.push(batch) > 0 ? draft.take(mostLines, mostBytes, true) : undefined;
        expect(taken.flat().map(({ position }) => position)).toEqual(sizes.map((_, i) => i));
        for (const batch of taken) {
          expect(batch.length).toBeLessThanOrEqual(mostLines);
          const bytes = batch.reduce((sum, { body }) => sum + body.length, 0);
          if (batch.length > 1) expect(bytes).toBeLessThanOrEqual(mostBytes);
        }
        expect(draft.size).toBe(0);
      },
    ),
  );
});

test("a line that would overrun a part of the budget is told by that part", () => {
  const draft = new Draft({ usd: 2, tokens: 100, records: 100 });
  expect(draft.overrunBy(line(0))).toBeUndefined();
  draft.add(line(0));
  draft.add(line(1));
  expect(draft.overrunBy(line(2))).toBe("usd");
  expect(draft.overrunBy({ ...line(2), usd: 0 })).toBeUndefined();
  expect(draft.overrunBy({ ...line(2), usd: 0, tokens: 81 })).toBe("tokens");
});

test("an item that asks several questions counts once against a budget of records", () => {
  const draft = new Draft({ ...boundless, records: 1 });
  draft.add(line(0));
  expect(draft.overrunBy({ ...line(1), position: 0 })).toBeUndefined();
  expect(draft.overrunBy(line(1))).toBe("records");
});

test("it knows which questions are in it", () => {
  const draft = new Draft(boundless);
  draft.add(line(3));
  expect([draft.has("n3"), draft.has("n4")]).toEqual([true, false]);
});
