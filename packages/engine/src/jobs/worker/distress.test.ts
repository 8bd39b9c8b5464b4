import { expect, test } from "vitest";
import { Distress } from "./distress.ts";

test("an item that fails while others fare well has itself to blame", () => {
  const distress = new Distress();
  const mark = distress.mark;
  for (const item of [1, 2, 3, 4]) distress.suffered(item);
  distress.good();
  for (const item of [1, 2, 3, 4]) distress.suffered(item);
  expect(distress.isProvidersFault(mark)).toBe(false);
});

test("an item that fails alone has itself to blame, however long nothing else comes back", () => {
  const distress = new Distress();
  const mark = distress.mark;
  for (let attempt = 0; attempt < 6; attempt += 1) distress.suffered(1);
  distress.suffered(2);
  expect(distress.isProvidersFault(mark)).toBe(false);
});

test("when several fail and nothing good came back since, it is the provider", () => {
  const distress = new Distress();
  distress.good();
  const mark = distress.mark;
  for (const item of [1, 2, 3]) distress.suffered(item);
  expect(distress.isProvidersFault(mark)).toBe(true);
});

test("requests called invalid one after the other, and never one answered, are all invalid", () => {
  const distress = new Distress();
  const rejected = Array.from({ length: 10 }, (_, item) => distress.rejected(item));
  expect(rejected.lastIndexOf(false)).toBe(8);
  expect(rejected[9]).toBe(true);
});

test("once a request was answered, each invalid one stands for itself", () => {
  const distress = new Distress();
  distress.good();
  const rejected = Array.from({ length: 100 }, (_, item) => distress.rejected(item));
  expect(rejected).not.toContain(true);
});
