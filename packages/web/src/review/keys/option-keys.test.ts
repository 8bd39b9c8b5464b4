import { expect, it } from "vitest";
import { optionKey } from "./option-keys.ts";

it("nine options have digits, those after them letters, and each its own", () => {
  expect([0, 8, 9].map(optionKey)).toEqual(["1", "9", "a"]);
  const keys = Array.from({ length: 27 }, (_, index) => optionKey(index));
  expect(new Set(keys).size).toBe(27);
  expect(optionKey(27)).toBeUndefined();
});

it("no option takes a key that does something else in a view", () => {
  const keys = Array.from({ length: 27 }, (_, index) => optionKey(index));
  for (const taken of ["u", "b", "t", "s", "j", "k", "f", "n"]) expect(keys).not.toContain(taken);
});
