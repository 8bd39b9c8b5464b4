import { expect, test } from "vitest";
import { SchemaDocument } from "../schema/schema.ts";
import { guessMapping } from "./guess-mapping.ts";

const { labels } = SchemaDocument.parse({
  labels: [{ name: "bias", options: [{ value: "biased" }, { value: "fair" }].map(withText) }],
});

function withText({ value }: { readonly value: string }) {
  return { value, text: value };
}

test("what is told by names and cells is guessed: key, text, gold, models' labels, metadata", () => {
  const columns = [
    "uuid",
    "text",
    "gold",
    "gpt_4_label",
    "outlet",
    "stars",
    "day",
    "link",
    "empty",
  ];
  const rows = [
    ["a1", "one text", "fair", "biased", "Alternet", "4", "2025-01-03", "https://x/1", ""],
    ["a2", "another", "biased", "fair", "Alternet", "2", "2025-01-04", "https://x/2", ""],
  ];
  expect(guessMapping({ columns, rows }, labels)).toEqual({
    key: "uuid",
    text: "text",
    metadata: ["outlet", "stars", "day"],
    gold: { bias: "gold" },
    labels: [
      { label: "bias", column: "gpt_4_label", by: { name: "gpt_4" }, kind: "model", codes: {} },
    ],
    controls: {},
  });
});

test("what looks like an answer is no metadata, which reviewers see", () => {
  const columns = ["id", "text", "label", "Yhat (GPT4o)", "confidence", "category"];
  const rows = [
    ["1", "one text", "1", "0", "0.9", "loan"],
    ["2", "another", "0", "0", "0.7", "loan"],
  ];
  expect(guessMapping({ columns, rows }, []).metadata).toEqual([]);
});
