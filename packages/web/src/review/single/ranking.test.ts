import { expect, it } from "vitest";
import { movedTo, orderOf, picked } from "./ranking.ts";

it("an order holds every option, the ranked first", () => {
  expect(orderOf(["a", "b", "c"], ["c", "gone"])).toEqual(["c", "a", "b"]);
});

it("an option is moved to a place, not beyond the ends", () => {
  expect(movedTo(["a", "b", "c"], "c", 0)).toEqual(["c", "a", "b"]);
  expect(movedTo(["a", "b", "c"], "a", 9)).toEqual(["b", "c", "a"]);
  expect(movedTo(["a", "b"], "z", 0)).toEqual(["a", "b"]);
});

it("options pressed one after another rank in that order; pressed again, one is taken back", () => {
  const one = picked(["a", "b", "c"], [], "c");
  const two = picked(one.order, one.picks, "b");
  expect(two).toEqual({ order: ["c", "b", "a"], picks: ["c", "b"] });
  expect(picked(two.order, two.picks, "c")).toEqual({ order: ["b", "c", "a"], picks: ["b"] });
});
