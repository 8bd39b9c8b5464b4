import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { multiple, type Words } from "../../test/labels.ts";
import { labelTokenProbability } from "./label-token-probability.ts";
import type { TokenLogprob } from "./token.ts";

const label = (...options: Words[]) => multiple("label", ...options);
const sentiment = label(["pos", "positive"], ["neg", "negative"], ["neu", "neutral"]);

/** A token of a probability, with alternatives of theirs. */
const token = (
  written: string,
  probability: number,
  alternatives: Record<string, number> = {},
): TokenLogprob => ({
  token: written,
  logprob: Math.log(probability),
  top: Object.entries({ [written]: probability, ...alternatives }).map(([token, p]) => ({
    token,
    logprob: Math.log(p),
  })),
});

/** The probability of the words in the reply that the tokens write. */
const measure = (
  tokens: readonly TokenLogprob[],
  words: string | readonly string[],
  value: string | readonly string[],
  definition = sentiment,
  reply = tokens.map(({ token }) => token).join(""),
): number | null => {
  const spans = [words].flat().map((word) => {
    const start = reply.lastIndexOf(word);
    return [start, start + word.length] as const;
  });
  return labelTokenProbability({
    tokens,
    reply,
    spans,
    definition,
    value: typeof value === "string" ? value : [...value],
  });
};

describe("the probability of a label's tokens", () => {
  test("without alternatives is the token's own", () => {
    expect(measure([token("positive", 0.7)], "positive", "pos")).toBeCloseTo(0.7);
  });

  test("weighs the option against the others, and leaves out what is none", () => {
    const tokens = [token("positive", 0.6, { negative: 0.2, The: 0.2 })];
    expect(measure(tokens, "positive", "pos")).toBeCloseTo(0.75);
  });

  test("holds what is not shown against the option", () => {
    const tokens = [token("positive", 0.6, { negative: 0.2, The: 0.1 })];
    expect(measure(tokens, "positive", "pos")).toBeCloseTo(0.6 / 0.9);
  });

  test("adds other spellings of the same option to it", () => {
    const tokens = [token(" positive", 0.5, { " Positive": 0.2, ' "pos': 0.1, " negative": 0.2 })];
    expect(measure(tokens, "positive", "pos")).toBeCloseTo(0.8);
  });

  test("does not weigh the words around it", () => {
    const around = (certain: number) => [
      token("Sentiment", certain),
      token(":", certain),
      token(" positive", 0.9, { " negative": 0.1 }),
      token(" because", certain),
    ];
    expect(measure(around(0.1), "positive", "pos")).toBeCloseTo(0.9);
  });

  test("of several tokens is decided where options part, and no longer after that", () => {
    const stance = label("unsupported", "unclear", "supported");
    const tokens = [
      token(" un", 0.8, { " supported": 0.2 }),
      token("supported", 0.6, { clear: 0.3, " known": 0.1 }),
    ];
    expect(measure(tokens, "unsupported", "unsupported", stance)).toBeCloseTo(0.8 * (0.6 / 0.9));
    const whole = [token(" neg", 0.9, { " pos": 0.1 }), token("ative", 0.5, { lect: 0.5 })];
    expect(measure(whole, "negative", "neg")).toBeCloseTo(0.9);
  });

  test("takes an alternative that may become several options for none of them", () => {
    const tokens = [token("negative", 0.5, { ne: 0.25, neutral: 0.25 })];
    expect(measure(tokens, "negative", "neg")).toBeCloseTo(0.5 / 0.75);
  });

  test("sees an option that goes on in another one", () => {
    const stance = label("support", "support with doubts", "oppose");
    const tokens = [
      token("support", 0.9, { oppose: 0.1 }),
      token(".", 0.6, { " with": 0.3, "\n": 0.1 }),
    ];
    expect(measure(tokens, "support", "support", stance)).toBeCloseTo(0.9 * 0.7);
    const longer = [token("support", 0.9, { oppose: 0.1 }), token(" with", 0.6, { ".": 0.4 })];
    expect(
      measure(
        [...longer, token(" doubts", 0.5, { " reservations": 0.5 })],
        "support with doubts",
        "support with doubts",
        stance,
      ),
    ).toBeCloseTo(0.9 * 0.6);
  });

  test("looks through quotes, brackets and colons glued to the token", () => {
    const json = [
      token('{"', 1),
      token("sentiment", 1),
      token('":"', 0.9, { '": "': 0.1 }),
      token('positive"}', 0.8, { 'negative"}': 0.15, 'neutral"': 0.05 }),
    ];
    expect(measure(json, "positive", "pos")).toBeCloseTo(0.8);
    const glued = [
      token("Sentiment", 1),
      token(": positive", 0.7, { ": negative": 0.2, ":": 0.1 }),
    ];
    expect(measure(glued, "positive", "pos")).toBeCloseTo(0.7 / 0.9);
  });

  test("tells a sign from its absence", () => {
    const rating = label("-1", "0", "1");
    const tokens = [token(" -", 0.5, { " 1": 0.3, " 0": 0.2 }), token("1", 0.9, { "0": 0.1 })];
    expect(measure(tokens, "-1", "-1", rating)).toBeCloseTo(0.5);
  });

  test("reads the option whether written as value or as text, in any case", () => {
    const tokens = [token("NEG", 0.9, { positive: 0.1 })];
    expect(measure(tokens, "NEG", "neg")).toBeCloseTo(0.9);
  });

  test("of a multiple choice is that of the least probable option, and its own options are no rivals", () => {
    const tokens = [
      token("positive", 0.6, { neutral: 0.3, negative: 0.1 }),
      token(", ", 1),
      token("neutral", 0.95, { negative: 0.05 }),
    ];
    expect(measure(tokens, ["positive", "neutral"], ["pos", "neu"])).toBeCloseTo(0.6 / 0.7);
  });
});

describe("tokens that are not plain text", () => {
  const chinese = label("正面", "负面");
  test("are put together from bytes", () => {
    const tokens = [
      token("\\xe6\\xad", 0.8, { "\\xe8\\xb4": 0.2 }),
      token("\\xa3", 1),
      token("面", 0.9, { 确: 0.1 }),
    ];
    expect(measure(tokens, "正面", "正面", chinese, "正面")).toBeCloseTo(0.8);
    const llama = ["<0xE6>", "<0xAD>", "<0xA3>", "面"].map((written) => token(written, 0.9));
    expect(measure(llama, "正面", "正面", chinese, "正面")).toBeCloseTo(0.9);
  });

  test("carry their tokenizer's marks for spaces", () => {
    const tokens = [
      token("▁Sentiment", 1),
      token(":", 1),
      token("▁positive", 0.8, { "▁negative": 0.2 }),
    ];
    expect(measure(tokens, "positive", "pos", sentiment, "Sentiment: positive")).toBeCloseTo(0.8);
    const bpe = [token("Sentiment", 1), token("Ċ", 1), token("Ġpositive", 0.8, { Ġnegative: 0.2 })];
    expect(measure(bpe, "positive", "pos", sentiment, "Sentiment\n positive")).toBeCloseTo(0.8);
  });

  test("are left where they cannot be read, so long as the rest can", () => {
    const tokens = [
      token("\ufffd", 0.5),
      token("\ufffd", 0.5),
      token(" positive", 0.8, { " negative": 0.1, "\ufffd": 0.1 }),
    ];
    expect(measure(tokens, "positive", "pos", sentiment, "🙂 positive")).toBeCloseTo(0.8);
  });

  test("may hold thoughts before the reply and marks after it", () => {
    const tokens = [
      token("positive?", 0.1),
      token("</think>", 1),
      token(" positive", 0.8, { " negative": 0.2 }),
      token("<|end|>", 1),
    ];
    expect(measure(tokens, "positive", "pos", sentiment, "positive")).toBeCloseTo(0.8);
  });
});

describe("what cannot be measured is null", () => {
  test("no tokens, no option, or tokens of another reply", () => {
    const tokens = [token("positive", 0.9)];
    expect(measure([], "positive", "pos", sentiment, "positive")).toBe(null);
    expect(measure(tokens, [], [])).toBe(null);
    expect(measure(tokens, "negative", "neg", sentiment, "negative")).toBe(null);
    expect(measure([token("\ufffd", 1)], "positive", "pos", sentiment, "positive")).toBe(null);
    expect(measure([{ token: "positive", logprob: Number.NaN, top: [] }], "positive", "pos")).toBe(
      null,
    );
  });
});

describe("for any tokens", () => {
  const pieces = [
    "pos",
    "positive",
    "neg",
    "ative",
    "neu",
    "tral",
    " ",
    '"',
    "The",
    "\ufffd",
    "\\xe6",
    "正",
  ];
  const logprob = fc.double({ min: -20, max: 0, noNaN: true });
  const tokens = fc.array(
    fc.record({
      token: fc.constantFrom(...pieces),
      logprob,
      top: fc.array(fc.record({ token: fc.constantFrom(...pieces), logprob }), { maxLength: 5 }),
    }),
    { minLength: 1, maxLength: 6 },
  );
  const evidence = (list: readonly TokenLogprob[], start: number, length: number) => {
    const reply = list.map(({ token }) => token).join("");
    const from = start % reply.length;
    return {
      tokens: list,
      reply,
      spans: [[from, Math.min(reply.length, from + length)] as const],
      definition: sentiment,
      value: "pos",
    };
  };

  test("it is a probability", () => {
    fc.assert(
      fc.property(tokens, fc.nat(20), fc.integer({ min: 1, max: 9 }), (list, start, length) => {
        const probability = labelTokenProbability(evidence(list, start, length));
        expect(probability === null || (probability >= 0 && probability <= 1)).toBe(true);
      }),
    );
  });

  test("it never falls when a token of the option becomes more probable", () => {
    fc.assert(
      fc.property(
        tokens,
        fc.nat(5),
        fc.double({ min: 0, max: 5, noNaN: true }),
        (list, which, more) => {
          const index = which % list.length;
          const raised = list.map((one, at) =>
            at === index ? { ...one, logprob: Math.min(0, one.logprob + more) } : one,
          );
          const length = list.map(({ token }) => token).join("").length;
          const before = labelTokenProbability(evidence(list, 0, length));
          const after = labelTokenProbability(evidence(raised, 0, length));
          if (before === null) expect(after).toBe(null);
          else expect(after).toBeGreaterThanOrEqual(before - 1e-12);
        },
      ),
    );
  });

  test("it is 1 where the chosen token is certain and no alternative is another option", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("The", " ", '"', "Positive", "xyz"), { maxLength: 5 }),
        (others) => {
          const top = others.map((other) => ({ token: other, logprob: -30 }));
          expect(measure([{ token: "positive", logprob: 0, top }], "positive", "pos")).toBe(1);
        },
      ),
    );
  });
});
