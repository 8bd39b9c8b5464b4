import { LabelDefinition, type Verification } from "@countersign/core";
import { expect, it } from "vitest";
import { deedOf, wordsOf } from "./words.ts";

const topics = LabelDefinition.parse({
  name: "topics",
  kind: "multiple",
  options: ["price", "staff"].map((value) => ({ value, text: value.toUpperCase() })),
});

it("a value is read by its options’ texts, an unknown one as it is stored", () => {
  expect(wordsOf(topics, ["price", "gone"])).toBe("PRICE, gone");
  expect(wordsOf(topics, [])).toBe("none of them");
  expect(wordsOf(undefined, "neg")).toBe("neg");
});

it("a verdict is told as a deed, with what it changed", () => {
  const verdict: Verification = {
    id: 1,
    label: 1,
    verdict: "CORRECTS",
    judged: ["price"],
    value: [],
    verifier: "ann",
    at: "2026-05-01T00:00:00.000Z",
  };
  expect(deedOf(verdict, topics)).toBe("corrected “PRICE” to “none of them”");
  expect(deedOf({ ...verdict, verdict: "CONFIRMS" }, topics)).toBe("confirmed “PRICE”");
  expect(deedOf({ ...verdict, verdict: "RETRACTS", value: null }, topics)).toBe(
    "took the verdict back",
  );
});
