import fc from "fast-check";
import { type LabelDefinition, SchemaDocument } from "../src/index.ts";

/** Words that a reader of replies might take for something else than an option's. */
const tricky = [
  "not",
  "no",
  "none",
  "yes",
  "a",
  "A",
  "1",
  "-1",
  "10",
  "C",
  "C++",
  "👍",
  "👎",
  "正面",
  "不",
  "إيجابي",
  "é",
  "e\u0301",
  "positive",
  "Positive",
  "neg",
  "negative",
  "very",
  "hate",
  "and",
  ",",
  ";",
  "|",
  "/",
  "-",
  "_",
  ":",
  "::",
  ".",
  "*",
  "**",
  "{",
  "}",
  "[",
  "]",
  "{}",
  "[]",
  '"',
  "'",
  "`",
  "```",
  "```json",
  "\\",
  "<think>",
  "</think>",
  "<answer>",
  "</answer>",
  "<|im_end|>",
  "final answer",
  "answer:",
  "label",
  "is",
  "I'm sorry",
  "I cannot",
  "null",
  "true",
  "n/a",
  "$&",
  "{{text}}",
];

const phrase = fc
  .array(fc.oneof(fc.constantFrom(...tricky), fc.string({ unit: "grapheme", maxLength: 5 })), {
    minLength: 1,
    maxLength: 4,
  })
  .chain((words) => fc.constantFrom("", " ", "-").map((gap) => words.join(gap)));

const option = fc.oneof(
  phrase.map((text) => ({ value: text, text })),
  fc.record({ value: phrase, text: phrase }),
);

const label = fc.record({
  name: phrase,
  kind: fc.constantFrom("single" as const, "multiple" as const),
  options: fc.array(option, { minLength: 1, maxLength: 5 }),
});

/** The labels of any schema that can be stored. */
export const anyLabels = (constraints: { maxLabels: number }): fc.Arbitrary<LabelDefinition[]> =>
  fc
    .array(label, { minLength: 1, maxLength: constraints.maxLabels })
    .map((labels) => SchemaDocument.safeParse({ labels }))
    .filter((parsed) => parsed.success)
    .map((parsed) => parsed.data?.labels ?? []);

/** Replies made of the labels' own words and others, in any order. */
export const anyReply = (labels: readonly LabelDefinition[]): fc.Arbitrary<string> => {
  const own = labels.flatMap((one) => [
    one.name,
    `${one.name}:`,
    ...one.options.flatMap(({ value, text }) => [value, text]),
  ]);
  return fc
    .array(fc.oneof(fc.constantFrom(...own), fc.constantFrom(...tricky, "\n", "\n\n", " ", ": ")), {
      maxLength: 12,
    })
    .chain((words) => fc.constantFrom("", " ").map((gap) => words.join(gap)));
};
