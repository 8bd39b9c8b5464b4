import { LabelDefinition } from "@countersign/core";
import fc from "fast-check";
import { expect, it } from "vitest";
import { toggled, verdictOn } from "./verdict.ts";

const topics = LabelDefinition.parse({
  name: "topics",
  kind: "multiple",
  options: ["price", "staff", "food"].map((value) => ({ value, text: value.toUpperCase() })),
});

it("options are toggled into schema order, and twice is never", () => {
  const option = fc.constantFrom("price", "staff", "food");
  fc.assert(
    fc.property(fc.subarray(["price", "staff", "food"]), option, (value, one) => {
      const once = toggled(topics, value, one);
      expect(once.includes(one)).toBe(!value.includes(one));
      expect(toggled(topics, once, one)).toEqual(value);
    }),
  );
});

it("choosing what the machine chose confirms, also several options", () => {
  expect(verdictOn(["price", "food"], ["price", "food"])).toBe("CONFIRMS");
  expect(verdictOn(["price", "food"], [])).toBe("CORRECTS");
  expect(verdictOn("neg", "pos")).toBe("CORRECTS");
});
