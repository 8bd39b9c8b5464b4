import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { countersign, start, temporaryFolder } from "./countersign.ts";

const schema = (
  name: string,
  options: readonly (readonly [string, string])[],
  kind = "single",
) => ({
  labels: [{ name, kind, options: options.map(([value, text]) => ({ value, text })) }],
});
const same = (...words: string[]) => words.map((word) => [word, word] as const);

const sentiment = schema("sentiment", [
  ["pos", "positive"],
  ["neg", "negative"],
  ["neu", "neutral"],
]);

/** Reads replies with one schema, as a script would: a line in, a line out. */
async function extracted(
  document: ReturnType<typeof schema>,
  replies: readonly (string | { reply: string; finish: string })[],
): Promise<unknown[]> {
  await using folder = await temporaryFolder();
  const file = join(folder.path, "schema.json");
  await writeFile(file, JSON.stringify(document));
  const input = replies
    .map((reply) => `${JSON.stringify(typeof reply === "string" ? { reply } : reply)}\n`)
    .join("");
  const label = document.labels[0]?.name ?? "";
  const { code, stdout, stderr } = await countersign(
    ["extract", "--schema", file, "--label", label],
    {},
    input,
  );
  expect(stderr).toBe("");
  expect(code).toBe(0);
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

const value = (expected: unknown) => ({ value: expected, rule: expect.stringMatching(/^.+\/.+$/) });
const invalid = (reason: string) => ({ invalid: reason, rule: null, detail: expect.any(String) });

describe("countersign extract reads the replies that break other readers", () => {
  test("quotes, markdown, bare options, values, fences, doubts and other tasks' words", async () => {
    const rows = [
      ["Sentiment: 'negative'.", value("neg")],
      ["positive", value("pos")],
      ["**Sentiment**: positive", value("pos")],
      ["Sentiment:\npositive", value("pos")],
      ["sentiment is neutral", value("neu")],
      ["Sentiment: pos", value("pos")],
      ["Sentiment: not sure", invalid("unknown-option")],
      ["Sentiment: entailment", invalid("unknown-option")],
      ['```json\n{"sentiment": "positive"}\n``` ', value("pos")],
      ["SENTIMENT: Positive", value("pos")],
    ] as const;
    expect(
      await extracted(
        sentiment,
        rows.map(([reply]) => reply),
      ),
    ).toEqual(rows.map(([, expected]) => expected));
  });

  test.each([
    ["hate", same("hate", "not-hate"), ["not-hate", "This is hate."], ["not-hate", "hate"]],
    ["spam", same("spam", "not spam"), ["not spam", "spam"], ["not spam", "spam"]],
    [
      "tone",
      same("positive", "very positive", "negative"),
      ["very positive", "Tone: positive"],
      ["very positive", "positive"],
    ],
    [
      "Entailment Label",
      same("entailment", "not entailment"),
      ["entailment label: Not entailment", "Entailment Label: entailment"],
      ["not entailment", "entailment"],
    ],
  ])(
    "of %s the longer option is read, never the one inside it",
    async (name, options, replies, values) => {
      expect(await extracted(schema(name, options), replies)).toEqual(values.map(value));
    },
  );

  test("a refusal that names both options, and options run together, are no label", async () => {
    const refusal =
      'I\'m sorry, but as an AI language model I cannot answer with only "True" or "False"';
    expect(
      await extracted(schema("answer", same("True", "False")), [refusal, "TrueFalseTrueFalse"]),
    ).toEqual([invalid("refusal"), invalid("unknown-option")]);
    expect(await extracted(schema("answer", same("A", "B")), ["A: AB: AB:"])).toEqual([
      invalid("unknown-option"),
    ]);
  });

  test("a word cut off in the middle is no label, and the cut is named where it is known", async () => {
    const emotion = schema("emotion", same("anger", "sadness", "joy"));
    expect(await extracted(emotion, ["angersad", { reply: "angersad", finish: "length" }])).toEqual(
      [invalid("unknown-option"), invalid("truncated")],
    );
  });

  test("after reasoning the last list of a multiple choice is read", async () => {
    const reply =
      "Sports come up first, [sports]. Final answer: [politics]\n\nBut wait.\n\nFinal answer: [sports, politics]";
    expect(
      await extracted(schema("topics", same("politics", "sports"), "multiple"), [reply]),
    ).toEqual([value(["politics", "sports"])]);
  });
});

describe("countersign extract as a filter", () => {
  const schemaIn = async (folder: string) => {
    const file = join(folder, "schema.json");
    await writeFile(file, JSON.stringify(sentiment));
    return file;
  };

  test("bad lines are told by number and leave the others read; the exit code says so", async () => {
    await using folder = await temporaryFolder();
    const input = [
      '\ufeff{"reply": "positive"}',
      "{",
      "",
      '{"answer": "positive"}',
      '{"reply": "negative", "note": "a\u2028b"}',
      '{"reply": "neutral"}',
    ].join("\n");
    const words = ["extract", "--schema", await schemaIn(folder.path), "--label", "sentiment"];
    const { code, stdout, stderr } = await countersign(words, {}, input);
    expect(
      stdout
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line).value),
    ).toEqual(["pos", "neg", "neu"]);
    expect(stderr).toMatch(/^error: line 2 is no JSON: .+\nerror: line 4 is no reply; .+\n$/);
    expect(code).toBe(1);
  });

  test("a line that is not UTF-8 is told, not guessed at", async () => {
    await using folder = await temporaryFolder();
    const words = ["extract", "--schema", await schemaIn(folder.path), "--label", "sentiment"];
    const { child, finished } = start(words);
    child.stdin.end(Buffer.from('{"reply": "positive \xe9"}\n{"reply": "positive"}\n', "latin1"));
    expect(await finished).toEqual({
      code: 1,
      stdout: '{"value":"pos","rule":"whole/exact"}\n',
      stderr: "error: line 1 is not UTF-8\n",
    });
  });

  test("replies are read as they come, before the input ends", async () => {
    await using folder = await temporaryFolder();
    const words = ["extract", "--schema", await schemaIn(folder.path), "--label", "sentiment"];
    const { child, finished } = start(words);
    child.stdin.write('{"reply": "positive"}\n{"reply": "neg');
    const first = await new Promise<Buffer>((resolve) => child.stdout.once("data", resolve));
    expect(first.toString()).toBe('{"value":"pos","rule":"whole/exact"}\n');
    child.stdin.end('ative"}');
    expect((await finished).code).toBe(0);
  });

  test("a label that the schema has not is wrong usage, and names those it has", async () => {
    await using folder = await temporaryFolder();
    const words = ["extract", "--schema", await schemaIn(folder.path), "--label", "mood"];
    expect(await countersign(words)).toMatchObject({
      code: 2,
      stdout: "",
      stderr: expect.stringContaining("has no label “mood”; it has “sentiment”"),
    });
  });
});
