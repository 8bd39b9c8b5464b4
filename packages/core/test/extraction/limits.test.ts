import { describe, expect, test } from "vitest";
import { sentiment, single } from "../labels.ts";
import { readOne, said } from "../said.ts";

describe("the token limit", () => {
  const cut = { finish: "length" } as const;
  test("leaves an option that is complete and could go on to no other", () => {
    expect(said(sentiment, "positive", cut)).toBe("pos");
    expect(said(sentiment, "Sentiment: positive", cut)).toBe("pos");
    expect(said(sentiment, "Sentiment: positive\nReason: the", cut)).toBe("pos");
  });
  test("takes what may have gone on", () => {
    expect(said(sentiment, "posit", cut)).toBe("(truncated)");
    expect(said(sentiment, "The sentiment seems to be positive, but", cut)).toBe("(truncated)");
    expect(said(single("stance", "support", "support with doubts"), "support", cut)).toBe(
      "(truncated)",
    );
    expect(said(sentiment, "", cut)).toBe("(truncated)");
  });
  test("a filtered reply is refused, whatever it says", () => {
    expect(said(sentiment, "positive", { finish: "content-filter" })).toBe("(refusal)");
  });
});

test("the span of an answer is the option's own words in the reply", () => {
  for (const [reply, words] of [
    ["Sentiment: 'negative'.", "negative"],
    ["**Sentiment:** **Neg**", "Neg"],
    ['<think>positive</think>{"sentiment": "negative"}', "negative"],
    ["{sentiment: 'negative', why: 'not positive'}", "negative"],
    ["I think it is negative.", "negative"],
    ["<answer>\nnegative\n</answer>", "negative"],
  ] as const) {
    const reading = readOne(sentiment, reply);
    expect(reading?.ok && reading.spans.map((span) => reply.slice(...span))).toEqual([words]);
  }
});

test("a reading without a label tells what was written, cut short", () => {
  const reading = readOne(sentiment, `Sentiment: ${"very ".repeat(100)}odd`);
  expect(reading).toMatchObject({ ok: false, reason: "unknown-option" });
  expect(!reading?.ok && reading?.detail).toHaveLength(120);
});
