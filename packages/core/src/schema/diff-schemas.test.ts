import fc from "fast-check";
import { expect, test } from "vitest";
import { anyLabels } from "../../test/arbitrary-schema.ts";
import { diffSchemas, sameSchema } from "./diff-schemas.ts";
import { SchemaDocument } from "./schema.ts";

const schema = (labels: unknown[]) => SchemaDocument.parse({ labels });
const [pos, neg, neu] = [
  { value: "pos", text: "positive" },
  { value: "neg", text: "negative" },
  { value: "neu", text: "neutral" },
];
const before = schema([
  { name: "sentiment", options: [pos, neg] },
  { name: "spam", options: [{ value: "yes", text: "yes" }] },
]);

test("a schema has no differences from itself", () => {
  expect(diffSchemas(before, structuredClone(before))).toEqual([]);
  expect(sameSchema(before, structuredClone(before))).toBe(true);
});

test("each change is told by itself, in words", () => {
  const after = schema([
    {
      name: "sentiment",
      kind: "multiple",
      description: "How it feels",
      options: [neu, { ...neg, description: "Complaints" }, { ...pos, text: "favourable" }],
    },
    { name: "topic", options: [{ value: "food", text: "food" }] },
  ]);
  expect(diffSchemas(before, after).map(({ kind, what }) => [kind, what])).toEqual([
    ["label-kind", "Label “sentiment” is a multiple choice, was a single choice"],
    ["label-description", "Label “sentiment”: description added"],
    ["option-added", "“sentiment”: option “neu” added, “neutral”"],
    ["option-description", "“sentiment”: option “neg”: description added"],
    ["option-text", "“sentiment”: option “pos” reads “favourable”, was “positive”"],
    ["options-reordered", "“sentiment”: options reordered"],
    ["label-added", "Label “topic” added with 1 option"],
    ["label-removed", "Label “spam” removed"],
  ]);
});

test("an option removed, labels reordered, a description gone", () => {
  const after = schema([
    { name: "spam", options: [{ value: "yes", text: "yes" }] },
    { name: "sentiment", options: [neg] },
  ]);
  expect(diffSchemas(before, after).map(({ kind }) => kind)).toEqual([
    "option-removed",
    "labels-reordered",
  ]);
  expect(
    diffSchemas(
      schema([{ name: "a", description: "x", options: [pos] }]),
      schema([{ name: "a", options: [pos] }]),
    ),
  ).toMatchObject([
    { kind: "label-description", label: "a", what: "Label “a”: description removed" },
  ]);
});

test("two schemas are the same exactly when their documents are", () => {
  fc.assert(
    fc.property(anyLabels({ maxLabels: 2 }), anyLabels({ maxLabels: 2 }), (a, b) => {
      expect(sameSchema({ labels: a }, { labels: structuredClone(a) })).toBe(true);
      expect(sameSchema({ labels: a }, { labels: b })).toBe(
        JSON.stringify(a) === JSON.stringify(b),
      );
    }),
  );
});
