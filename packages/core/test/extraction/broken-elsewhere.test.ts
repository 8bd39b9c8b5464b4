import { describe, expect, test } from "vitest";
import { sentiment, single, topics } from "../labels.ts";
import { said } from "../said.ts";

describe("replies that break other readers", () => {
  test.each([
    ["Sentiment: 'negative'.", "neg"],
    ["positive", "pos"],
    ["**Sentiment**: positive", "pos"],
    ["Sentiment:\npositive", "pos"],
    ["sentiment is neutral", "neu"],
    ["Sentiment: pos", "pos"],
    ["Sentiment: not sure", "(unknown-option)"],
    ["Sentiment: entailment", "(unknown-option)"],
    ['```json\n{"sentiment": "positive"}\n``` ', "pos"],
    ["SENTIMENT: Positive", "pos"],
  ])("%j says %s", (reply, value) => {
    expect(said(sentiment, reply)).toBe(value);
    expect(said(sentiment, reply, { fuzzy: { threshold: 0.6, margin: 0.1 } })).toBe(value);
  });

  test("options of several words, and capitals in names and options, match", () => {
    const nli = single("Entailment Label", "entailment", "not entailment");
    expect(said(nli, "entailment label: Not entailment")).toBe("not entailment");
    expect(said(nli, "Entailment label: entailment")).toBe("entailment");
  });

  test("the longer option is read, never the shorter one in it", () => {
    const hate = single("label", "hate", "not-hate");
    const spam = single("label", "spam", "not spam");
    const degrees = single("label", "positive", "very positive", "negative");
    for (const [label, reply, value] of [
      [hate, "not-hate", "not-hate"],
      [hate, "Label: not hate", "not-hate"],
      [hate, "This is not hate.", "not-hate"],
      [hate, "This is hate.", "hate"],
      [spam, "not spam", "not spam"],
      [spam, "The message is not spam.", "not spam"],
      [spam, "spam", "spam"],
      [degrees, "very positive", "very positive"],
      [degrees, "The tone is very positive.", "very positive"],
      [degrees, "positive", "positive"],
    ] as const)
      expect(said(label, reply)).toBe(value);
  });

  test("a refusal that names the options is no label", () => {
    const truth = single("answer", "True", "False");
    expect(
      said(
        truth,
        `I'm sorry, but as an AI language model I cannot answer with only "True" or "False"`,
      ),
    ).toBe("(refusal)");
  });

  test("words run together or cut off in the middle are no label", () => {
    const emotion = single("emotion", "anger", "sadness", "joy");
    const letter = single("answer", "A", "B");
    const truth = single("answer", "True", "False");
    expect(said(emotion, "angersad", { finish: "length" })).toBe("(truncated)");
    expect(said(emotion, "angersad")).toBe("(unknown-option)");
    expect(said(letter, "A: AB: AB:")).toBe("(unknown-option)");
    expect(said(truth, "TrueFalseTrueFalse")).toBe("(unknown-option)");
  });

  test("of reasoning that ends in a final answer, the last list counts", () => {
    const reply =
      "Topics: politics is mentioned at first, [sports] too.\nFinal answer: [politics]\n\nBut wait.\n\nFinal answer: [sports, politics]";
    expect(said(topics, reply)).toEqual(["politics", "sports"]);
  });
});
