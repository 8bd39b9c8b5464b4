import { expect, test } from "vitest";
import { finalLabel } from "./final.ts";
import { type AnnotatorKind, Label } from "./label.ts";

let ids = 0;
const label = (
  kind: AnnotatorKind,
  value: string,
  day: number,
  verified?: { value: string; by: string; day: number },
): Label => {
  ids += 1;
  return Label.parse({
    id: ids,
    name: "sentiment",
    value,
    annotator: { id: 1, kind, name: `${kind} ${ids}`, job: kind === "job" ? 1 : null },
    schemaVersion: 1,
    confidence: null,
    confidenceMethod: null,
    metadata: {},
    createdAt: at(day),
    status: !verified ? "unverified" : verified.value === value ? "confirmed" : "corrected",
    verified: verified ? { value: verified.value, by: verified.by, at: at(verified.day) } : null,
  });
};
const at = (day: number): string => `2026-01-${String(day).padStart(2, "0")}T00:00:00Z`;

test("without labels there is none, and gold alone never stands", () => {
  expect(finalLabel([])).toBe(undefined);
  expect(finalLabel([label("gold", "pos", 1)])).toBe(undefined);
});

test("a machine's label stands, the newest of several, until a person says otherwise", () => {
  const older = label("job", "pos", 1);
  const newer = label("job", "neg", 2);
  expect(finalLabel([newer, older])).toEqual({
    value: "neg",
    source: "model",
    by: newer.annotator.name,
  });
});

test("a person's own label stands above a machine's newer one", () => {
  expect(finalLabel([label("person", "pos", 1), label("job", "neg", 9)])).toMatchObject({
    value: "pos",
    source: "person",
  });
});

test("the newest verdict stands above all, with the one who gave it", () => {
  const labels = [
    label("job", "pos", 1, { value: "neg", by: "ana", day: 5 }),
    label("job", "pos", 2, { value: "pos", by: "ben", day: 4 }),
    label("person", "neu", 9),
  ];
  expect(finalLabel(labels)).toEqual({ value: "neg", source: "corrected", by: "ana" });
  expect(finalLabel(labels.slice(1))).toEqual({ value: "pos", source: "confirmed", by: "ben" });
});

test("of labels made at one moment the later one stands, in whatever order they come", () => {
  const [first, second] = [label("job", "pos", 1), label("job", "neg", 1)];
  expect(finalLabel([first, second])?.value).toBe("neg");
  expect(finalLabel([second, first])?.value).toBe("neg");
});

test("an imported model's label stands where a person has verified it, and never by itself", () => {
  expect(finalLabel([label("model", "pos", 1)])).toBeUndefined();
  const verified = label("model", "pos", 1, { value: "pos", by: "ana", day: 5 });
  expect(finalLabel([label("job", "neg", 9), verified])).toEqual({
    value: "pos",
    source: "confirmed",
    by: "ana",
  });
});
