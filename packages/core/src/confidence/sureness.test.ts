import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyChoices } from "../../test/arbitrary-schema.ts";
import { compileExtraction } from "../extraction/compile.ts";
import { defaultPrompt } from "../prompt/default.ts";
import { writeReply } from "../prompt/reply.ts";
import { replyStructure } from "../prompt/structure.ts";
import { SchemaDocument } from "../schema/schema.ts";
import { compileSureness, sureness } from "./sureness.ts";

const { labels } = SchemaDocument.parse({
  labels: [
    { name: "tone", options: ["pos", "neg"].map((value) => ({ value, text: value })) },
    {
      name: "topic (1)",
      kind: "multiple",
      options: ["price", "service"].map((value) => ({ value, text: value })),
    },
  ],
});
const [tone] = labels;
if (!tone) throw new Error("the schema has a label");
const read = compileExtraction([tone]);
const split = compileSureness([tone]);

const said = (text: string) => {
  const { reply, confidences } = split({ text, finish: "stop" });
  const reading = read(reply).get("tone");
  return [reading?.ok ? reading.value : reading?.reason, confidences.get("tone")];
};

test.each([
  ["tone: neg\ntone confidence: 85", "neg", 0.85],
  ["tone confidence: 85\ntone: neg", "neg", 0.85],
  ["**tone**: neg\n**tone confidence**: 85 %", "neg", 0.85],
  ["- tone: neg\n- Tone Confidence: 7/100.", "neg", 0.07],
  ['{"tone": "neg", "tone confidence": 100}', "neg", 1],
  ['{"tone confidence": 40, "tone": "neg"}', "neg", 0.4],
  ['```json\n{"tone": "neg",\n "tone confidence": "62.5"}\n```', "neg", 0.625],
  ["tone: neg\ntone confidence: 0.85", "neg", 0.85],
  ["tone: neg\ntone confidence: 1", "neg", 0.01],
  ["tone: neg\ntone confidence: 0", "neg", 0],
  ["<think>tone confidence: 10</think>tone: neg\ntone confidence: 90", "neg", 0.9],
  ["tone: neg\ntone confidence: 20\ntone confidence: 30", "neg", 0.3],
  // What is no number from 0 to 100 is no confidence, and nothing is put in its place.
  ["tone: neg\ntone confidence: 120", "neg", undefined],
  ["neg", "neg", undefined],
])("%j says %s with confidence %s", (text, value, confidence) => {
  expect(said(text)).toEqual([value, confidence]);
});

test("a confidence in words is none, and does not stand for the label", () => {
  expect(said("tone: neg\ntone confidence: high")[1]).toBeUndefined();
  expect(said("tone confidence: 85")).toEqual(["empty", 0.85]);
});

test("a label that has the usual name of another's sureness gets that asked under a name of its own", () => {
  expect(sureness({ ...tone, name: "tone" }, [{ name: "tone" }, { name: "Tone confidence" }])).toBe(
    "confidence in tone",
  );
});

describe("a reply with its sureness", () => {
  test.each(["line", "json", "structured"] as const)(
    "in the form that is asked for (%s) reads as it does without",
    (format) => {
      fc.assert(
        fc.property(
          anyChoices({ maxLabels: 3 }).chain((definitions) =>
            fc.record({
              definitions: fc.constant(definitions),
              sure: fc.array(fc.integer({ min: 0, max: 100 }), {
                minLength: definitions.length,
                maxLength: definitions.length,
              }),
            }),
          ),
          ({ definitions, sure }) => {
            // A sureness is sought after the last thought only, and a schema that ends thoughts has none.
            const words = definitions.flatMap(({ name, options }) => [
              name,
              ...options.map(({ text }) => text),
            ]);
            fc.pre(!words.some((word) => /[<[◁]\/?th|<\|/u.test(word)));
            const values = new Map(
              definitions.map(({ name, kind, options: [option] }) => [
                name,
                kind === "single" ? (option?.value ?? "") : [option?.value ?? ""],
              ]),
            );
            const plain = writeReply(definitions, values, format);
            const sureWords = definitions.map(
              (label, index) => [sureness(label, definitions), sure[index] ?? 0] as const,
            );
            const text =
              format === "line"
                ? `${plain}\n${sureWords.map(([name, n]) => `${name}: ${n}`).join("\n")}`
                : JSON.stringify({ ...JSON.parse(plain), ...Object.fromEntries(sureWords) });
            const { reply, confidences } = compileSureness(definitions)({ text, finish: "stop" });
            expect([...confidences.values()]).toEqual(sure.map((n) => n / 100));
            const readAll = compileExtraction(definitions);
            const withoutSpans = (answer: typeof reply) =>
              [...readAll(answer)].map(([name, reading]) => [name, reading.ok && reading.value]);
            expect(withoutSpans(reply)).toEqual(withoutSpans({ text: plain, finish: "stop" }));
          },
        ),
      );
    },
  );

  test("is asked for by the prompt and by the structure under the same names", () => {
    const { system = "" } = defaultPrompt(labels, "json", true);
    const structure = replyStructure(labels, true);
    for (const label of labels) {
      expect(system).toContain(JSON.stringify(sureness(label, labels)));
      expect(structure).toMatchObject({
        required: expect.arrayContaining([sureness(label, labels)]),
      });
    }
    expect(defaultPrompt(labels, "line", false)).toEqual(defaultPrompt(labels, "line"));
  });
});

test("a long reply takes no longer than its length", () => {
  const started = performance.now();
  split({ text: `tone${" ".repeat(200_000)}confidence:${",".repeat(200_000)}`, finish: "stop" });
  expect(performance.now() - started).toBeLessThan(1000);
});
