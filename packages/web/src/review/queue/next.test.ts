import { expect, it } from "vitest";
import { nextRecord } from "./next.ts";

const queue = [11, 12, 13, 14];

it("the next record is the first after the current one that is still to be judged", () => {
  expect(nextRecord(queue, 11, new Set([11, 12]), [])).toBe(13);
  expect(nextRecord(queue, undefined, new Set(), [])).toBe(11);
});

it("at the queue's end there is none", () => {
  expect(nextRecord(queue, 14, new Set([14]), [])).toBeUndefined();
  expect(nextRecord([], undefined, new Set(), [])).toBeUndefined();
});

it("a record that came back goes before the others, but not before itself", () => {
  expect(nextRecord(queue, 13, new Set([13]), [12])).toBe(12);
  expect(nextRecord(queue, 12, new Set([12, 13]), [12])).toBe(14);
});
