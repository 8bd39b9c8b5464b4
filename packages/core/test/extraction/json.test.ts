import { describe, expect, test } from "vitest";
import { sentiment, topics } from "../labels.ts";
import { readOne, said } from "../said.ts";

describe("JSON", () => {
  test.each([
    ['{"sentiment": "positive"}', "pos", "json/exact"],
    ['{"Sentiment": "POSITIVE"}', "pos", "json/normalised"],
    ['Sure! Here it is: {"sentiment": "positive"} Bye.', "pos", "json/exact"],
    [
      'Here:\n```json\n{"sentiment": "positive"}\n```\nThe tone is not negative.',
      "pos",
      "json/exact",
    ],
    ['{"result": {"sentiment": "positive"}}', "pos", "json/exact"],
    ['[{"sentiment": "positive"}]', "pos", "json/exact"],
    ['{"reasoning": "negative?", "answer": "positive"}', "pos", "json/exact"],
    ['{"label": "positive", "confidence": 0.9}', "pos", "json/exact"],
    ['{"sentiment": {"label": "positive", "score": 0.9}}', "pos", "json/exact"],
    ['{"sentiment": ["positive"]}', "pos", "json/exact"],
    ['"positive"', "pos", "whole/normalised"],
    ['{"sentiment": "pos\\u0069tive"}', "pos", "json/exact"],
    ["{'sentiment': 'positive'}", "pos", "mended-json/exact"],
    ["{sentiment: positive}", "pos", "mended-json/exact"],
    ['{"sentiment": "positive",}', "pos", "mended-json/exact"],
    ['{"sentiment": "positive"', "pos", "json/exact"],
    ['{"sentiment": "positive", "why": "line\nbreak"}', "pos", "mended-json/exact"],
  ])("%j says %s by %s", (reply, value, rule) => {
    expect(readOne(sentiment, reply)).toMatchObject({ ok: true, value, rule });
  });

  test.each([
    ['{"sentiment": null}', "(no-label)"],
    ['{"sentiment": ""}', "(no-label)"],
    ['{"sentiment": "happy"}', "(unknown-option)"],
    ['{"sentiment": "positive or negative"}', "(ambiguous)"],
    ['{"sentiment": ["positive", "negative"]}', "(ambiguous)"],
    ['{"sentiment": "positive"} {"sentiment": "negative"}', "(ambiguous)"],
    ['{"sentiment": "I cannot determine it"}', "(refusal)"],
    ['{"tone": "warm", "style": "positive"}', "(no-label)"],
    ["{{{", "(malformed-json)"],
  ])("%j gives no label: %s", (reply, reason) => {
    expect(said(sentiment, reply)).toBe(reason);
  });

  test("cut off at the token limit keeps what is complete, and only that", () => {
    const cut = { finish: "length" } as const;
    expect(said(sentiment, '{"sentiment": "positive", "why": "it is', cut)).toBe("pos");
    expect(said(sentiment, '{"sentiment": "pos', cut)).toBe("(truncated)");
    expect(said(sentiment, '{"why": "it is', cut)).toBe("(truncated)");
    expect(said(topics, '{"topics": ["politics", "spo', cut)).toBe("(truncated)");
  });

  test("nested beyond all sense breaks nothing", () => {
    const deep = `${'{"a":'.repeat(200)}{"sentiment":"positive"}${"}".repeat(200)}`;
    expect(said(sentiment, deep)).toBe("pos");
    expect(said(sentiment, `${"[".repeat(100_000)}`)).toBe("(unknown-option)");
  });
});
