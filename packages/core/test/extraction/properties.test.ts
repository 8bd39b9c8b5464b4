import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  canonicalValue,
  compileExtraction,
  type FinishReason,
  type LabelDefinition,
  type LabelValue,
  matchOption,
  type Reading,
  SchemaDocument,
  writeReply,
} from "../../src/index.ts";
import { anyChoices, anyLabels, anyReply, anyText, anyValue } from "../arbitrary-schema.ts";

const finish = fc.constantFrom<FinishReason>("stop", "length", "other");

const readReply = (
  labels: readonly LabelDefinition[],
  text: string,
  finish: FinishReason = "stop",
  record = "aa and aa",
): ReadonlyMap<string, Reading> => compileExtraction(labels)({ text, finish }, { record });

const choicesAndReply = anyChoices({ maxLabels: 3 }).chain((labels) =>
  fc.tuple(fc.constant(labels), anyReply(labels)),
);
const labelsAndReply = anyLabels({ maxLabels: 3 }).chain((labels) =>
  fc.tuple(fc.constant(labels), anyReply(labels)),
);

/** A value for each label, those left out for which there is none. */
const valuesOf = (
  labels: readonly LabelDefinition[],
  record: string,
): fc.Arbitrary<Map<string, LabelValue>> =>
  fc
    .tuple(...labels.map((label) => anyValue(label, record)))
    .filter((values) => values.every((value) => value !== undefined))
    .map((values) => new Map(labels.map((label, index) => [label.name, values[index] ?? ""])));

const valuesRead = (readings: ReadonlyMap<string, Reading>): Map<string, LabelValue | undefined> =>
  new Map([...readings].map(([name, reading]) => [name, reading.ok ? reading.value : undefined]));

describe("for any schema and any reply", () => {
  test("every label read is in the schema, once, in schema order, as it is stored", () => {
    fc.assert(
      fc.property(labelsAndReply, finish, ([labels, text], finish) => {
        const readings = readReply(labels, text, finish);
        expect([...readings.keys()]).toEqual(labels.map((label) => label.name));
        for (const label of labels) {
          const reading = readings.get(label.name);
          if (!reading?.ok) continue;
          expect(canonicalValue(label, reading.value, "aa and aa")).toEqual(reading.value);
        }
      }),
      { numRuns: 300 },
    );
  });

  test("the span of an option holds the option's words", () => {
    fc.assert(
      fc.property(choicesAndReply, finish, ([labels, text], finish) => {
        for (const [name, reading] of readReply(labels, text, finish)) {
          const label = labels.find((one) => one.name === name);
          if (!reading.ok || !label) continue;
          const values = [reading.value].flat();
          expect(reading.spans).toHaveLength(values.length);
          for (const [index, span] of reading.spans.entries()) {
            const written = text.slice(...span);
            if (
              !reading.rule.includes("json") &&
              !reading.rule.endsWith("translated") &&
              !written.includes("\\")
            )
              expect(matchOption(label, written)).toBe(values[index]);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  test("the same reply is always read the same", () => {
    fc.assert(
      fc.property(labelsAndReply, finish, ([labels, text], finish) => {
        const reader = compileExtraction(labels);
        const about = { record: "aa and aa" };
        const first = reader({ text, finish }, about);
        reader({ text: `${text} and more`, finish }, about);
        expect(reader({ text, finish }, about)).toEqual(first);
        expect(readReply(structuredClone(labels), text, finish, about.record)).toEqual(first);
      }),
    );
  });

  test("the reply our own prompt asks for is read as what was meant", () => {
    const meant = fc
      .tuple(anyLabels({ maxLabels: 3 }), anyText)
      .chain(([labels, record]) =>
        fc.tuple(
          fc.constant(labels),
          fc.constant(record),
          valuesOf(labels, record),
          fc.constantFrom("line" as const, "json" as const, "structured" as const),
        ),
      );
    fc.assert(
      fc.property(meant, ([labels, record, values, format]) => {
        const text = writeReply(labels, values, format, record);
        expect(valuesRead(readReply(labels, text, "stop", record))).toEqual(values);
        expect(valuesRead(readReply(labels, `\n${text}\n`, "stop", record))).toEqual(values);
      }),
      { numRuns: 300 },
    );
  });

  test("an option alone is read as that option, by value and by text", () => {
    fc.assert(
      fc.property(anyChoices({ maxLabels: 1 }), fc.nat(4), ([label], which) => {
        const option = label?.options[which % label.options.length];
        if (!label || !option) return;
        const meant = label.kind === "single" ? option.value : [option.value];
        for (const written of [option.value, option.text])
          expect(valuesRead(readReply([label], written)).get(label.name)).toEqual(meant);
      }),
      { numRuns: 300 },
    );
  });

  test("adding an option never changes an exact match", () => {
    fc.assert(
      fc.property(anyChoices({ maxLabels: 2 }), ([label, other]) => {
        const added = other?.options[0];
        if (!label || !added) return;
        const wider = SchemaDocument.safeParse({
          labels: [{ ...label, options: [...label.options, added] }],
        }).data?.labels[0];
        if (!wider) return;
        for (const option of label.options)
          for (const text of [
            option.value,
            option.text,
            `${label.name}: ${option.text}`,
            JSON.stringify({ [label.name]: option.text }),
          ]) {
            const before = readReply([label], text).get(label.name);
            if (!before?.ok || !before.rule.endsWith("exact") || before.spans.length !== 1)
              continue;
            const after = readReply([wider], text).get(label.name);
            expect(after).toMatchObject({ ok: true, value: before.value });
          }
      }),
      { numRuns: 300 },
    );
  });
});

describe("no reply takes long", () => {
  const labels = SchemaDocument.parse({
    labels: [
      {
        name: "sentiment",
        options: [
          { value: "pos", text: "positive" },
          { value: "neg", text: "negative" },
        ],
      },
    ],
  }).labels;
  test.each([
    "{",
    '{"',
    '{"a":',
    "[",
    '["',
    "{'a': ",
    "sentiment: ",
    "positive ",
    "positive, ",
    "not ",
    "a-",
    "<",
    "<a>",
    "</think>",
    "<think>",
    "\\boxed{",
    "\n",
    " ",
    "- ",
    "* ",
    "1. ",
    "-1",
    "'",
    '"',
    "``` ",
    "\\",
    "::",
    "I cannot ",
    "é",
    "e\u0301",
    "不",
    "正",
    "👍",
    "\u200b",
    "’",
    "a'",
    "1.1",
    "answer is ",
    ", sentiment",
    "<|im_end|>",
    "!",
    "~~",
  ])("%j, a hundred thousand times", (piece) => {
    const text = piece.repeat(100_000);
    const started = performance.now();
    readReply(labels, text);
    readReply(labels, `${text}positive`, "length");
    expect(performance.now() - started).toBeLessThan(4000);
  });
});
