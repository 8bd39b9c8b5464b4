import fc from "fast-check";
import { expect, test } from "vitest";
import type { Reading } from "../extraction/reading.ts";
import { consistency } from "./consistency.ts";

const says = (value: string | string[]): Reading => ({
  ok: true,
  value,
  rule: "line/exact",
  spans: [],
});
const none: Reading = { ok: false, reason: "no-label", detail: "" };

const readings = fc
  .array(fc.constantFrom(says("a"), says("b"), says(["a", "b"]), none), {
    minLength: 1,
    maxLength: 9,
  })
  .map(([first, ...others]): [Reading, ...Reading[]] => [first ?? none, ...others]);

test("the value that most replies say stands, with its share of all replies", () => {
  expect(consistency([says("b"), says("a"), none, says("a"), says("a")])).toEqual({
    reading: says("a"),
    of: 1,
    share: 0.6,
  });
});

test("of values said equally often the first stands", () => {
  expect(consistency([none, says("b"), says("a")])).toMatchObject({ of: 1, share: 1 / 3 });
});

test("lists are the same only as a whole", () => {
  expect(consistency([says(["a"]), says(["a", "b"]), says(["a", "b"])])).toMatchObject({
    of: 1,
    share: 2 / 3,
  });
});

test("where no reply says a value, the first one's reason stands and there is no share", () => {
  const refused: Reading = { ok: false, reason: "refusal", detail: "no" };
  expect(consistency([refused, none])).toEqual({ reading: refused, of: 0, share: null });
});

test("no value is ever made up, none is said more often than the one that stands, and its share is counted", () => {
  fc.assert(
    fc.property(readings, (given) => {
      const { reading, of, share } = consistency(given);
      expect(given[of]).toBe(reading);
      const timesSaid = (one: Reading) =>
        given.filter(
          (other) =>
            one.ok && other.ok && JSON.stringify(other.value) === JSON.stringify(one.value),
        ).length;
      for (const one of given) expect(timesSaid(one)).toBeLessThanOrEqual(timesSaid(reading));
      expect(share).toBe(reading.ok ? timesSaid(reading) / given.length : null);
    }),
  );
});
