import type { Label } from "@countersign/core";
import { describe, expect, it } from "vitest";
import type { Item } from "../queue/item.ts";
import { noSelection, selectionOf, withRange, withToggled } from "./selection.ts";

const item = (id: number): Item => {
  const label: Label = {
    id: id + 100,
    name: "tone",
    value: "neg",
    annotator: { id: 1, kind: "job", name: "gpt", job: 1 },
    schemaVersion: 1,
    confidence: null,
    confidenceMethod: null,
    metadata: {},
    createdAt: "2026-05-01T00:00:00.000Z",
    status: "unverified",
    verified: null,
  };
  const record = {
    id,
    key: `r${id}`,
    content: "",
    kind: "text" as const,
    turns: null,
    metadata: {},
    createdAt: label.createdAt,
    labels: [label],
  };
  return { record, label, others: [] };
};
const items = [1, 2, 3, 4].map(item);

describe("a selection", () => {
  it("takes a row in and lets it go again", () => {
    const one = withToggled(noSelection, item(2));
    expect([...one.keys()]).toEqual([2]);
    expect(withToggled(one, item(2)).size).toBe(0);
  });

  it("is extended over the rows between, upwards too, keeping what it had", () => {
    const one = withToggled(noSelection, item(1));
    expect([...withRange(one, items, 3, 2).keys()]).toEqual([1, 3, 4]);
  });

  it("holds no more than one act can judge", () => {
    expect(selectionOf(Array.from({ length: 10_001 }, (_, id) => item(id))).size).toBe(10_000);
  });
});
