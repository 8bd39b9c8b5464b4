import fc from "fast-check";
import {
  type ChoiceLabel,
  canonicalValue,
  isChoice,
  type LabelDefinition,
  type LabelValue,
  optionsOf,
  SchemaDocument,
} from "../src/index.ts";

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

const options = fc.array(option, { minLength: 1, maxLength: 5 });
const level = fc.constantFrom("record" as const, "record" as const, "span" as const);
const some = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });

const choice = fc.record({
  name: phrase,
  kind: fc.constantFrom("single" as const, "multiple" as const),
  options,
});

/** A definition of any kind; some cannot be stored. */
const anyKind = fc.oneof(
  choice,
  fc.record({ name: phrase, level, kind: choice.map(({ kind }) => kind), options }),
  fc.record({
    name: phrase,
    kind: fc.constant("ranking"),
    options,
    top: some(fc.integer({ min: 1, max: 3 })),
  }),
  fc.record({
    name: phrase,
    level,
    kind: fc.constant("number"),
    min: some(fc.integer({ min: -3, max: 1 })),
    max: some(fc.integer({ min: 2, max: 12 })),
    step: some(fc.constantFrom(1, 0.5, 0.1, 2)),
  }),
  fc.record({
    name: phrase,
    level,
    kind: fc.constant("text"),
    maxLength: fc.constantFrom(5, 2000),
  }),
);

const stored = (definition: fc.Arbitrary<unknown>, maxLabels: number) =>
  fc
    .array(definition, { minLength: 1, maxLength: maxLabels })
    .map((labels) => SchemaDocument.safeParse({ labels }))
    .filter((parsed) => parsed.success)
    .map((parsed) => parsed.data?.labels ?? []);

/** The choices of any schema that can be stored. */
export const anyChoices = ({ maxLabels }: { maxLabels: number }): fc.Arbitrary<ChoiceLabel[]> =>
  stored(choice, maxLabels).map((labels) => labels.filter(isChoice));

/** The labels of any schema that can be stored. */
export const anyLabels = ({ maxLabels }: { maxLabels: number }): fc.Arbitrary<LabelDefinition[]> =>
  stored(anyKind, maxLabels);

/** A record's text in which words stand once, several times, or as half of a character elsewhere. */
export const anyText: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...tricky, "\n", "aa", "aaa"), fc.string({ unit: "grapheme" })), {
    minLength: 1,
    maxLength: 8,
  })
  .map((words) => words.join(" "));

/** Any value of a label, as it is stored; `undefined` where none was found. */
export const anyValue = (
  label: LabelDefinition,
  text: string,
): fc.Arbitrary<LabelValue | undefined> => {
  const fact = anyFact(label);
  if (label.level === "record") return fact.map((value) => canonicalValue(label, value));
  const places = [0];
  for (const { length } of text.match(/./gsu) ?? []) places.push((places.at(-1) ?? 0) + length);
  if (text.trim() === "") return fc.constant([]);
  const span = fc
    .tuple(fc.subarray(places, { minLength: 2, maxLength: 2 }), fact)
    .map(([[start = 0, end = 0], value]) => ({ start, end, value }))
    .filter(({ start, end }) => text.slice(start, end).trim() !== "");
  return fc.array(span, { maxLength: 3 }).map((spans) => canonicalValue(label, spans, text));
};

function anyFact(label: LabelDefinition): fc.Arbitrary<string | number | string[]> {
  const values = optionsOf(label).map((one) => one.value);
  switch (label.kind) {
    case "single":
      return fc.constantFrom(...values);
    case "multiple":
      return fc.subarray(values);
    case "ranking":
      return fc
        .shuffledSubarray(values, { minLength: values.length })
        .map((all) => all.slice(0, label.top ?? all.length));
    case "number":
      return fc
        .integer({ min: -40, max: 120 })
        .map((steps) => (label.min ?? 0) + steps * (label.step ?? 0.37));
    case "text":
      return phrase;
  }
}

/** What stands in replies between words, and what numbers, rankings and quotes are made of. */
const forms = [
  "\n",
  "\n\n",
  " ",
  ": ",
  " > ",
  "3",
  "4/5",
  "0.5",
  "1. ",
  "2. ",
  '[{"text": "aa", "option": "positive"}]',
  '{"text": "',
  '", "occurrence": 2, "value": 3}',
];

/** Replies made of the labels' own words and others, in any order. */
export const anyReply = (labels: readonly LabelDefinition[]): fc.Arbitrary<string> => {
  const own = labels.flatMap((one) => [
    one.name,
    `${one.name}:`,
    ...optionsOf(one).flatMap(({ value, text }) => [value, text]),
  ]);
  return fc
    .array(fc.oneof(fc.constantFrom(...own), fc.constantFrom(...tricky, ...forms)), {
      maxLength: 12,
    })
    .chain((words) => fc.constantFrom("", " ").map((gap) => words.join(gap)));
};
