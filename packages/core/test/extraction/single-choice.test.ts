import { describe, expect, test } from "vitest";
import { sentiment, single } from "../labels.ts";
import { said } from "../said.ts";

describe("a reply to one single choice", () => {
  test.each([
    [" Positive.\n", "pos"],
    ["`positive`", "pos"],
    ["“positive”", "pos"],
    ["__Positive__", "pos"],
    ["ｐｏｓｉｔｉｖｅ", "pos"],
    ["\u200epositive\u200f", "pos"],
    ["<|im_start|>assistant\npositive<|im_end|>", "pos"],
    ["```\npositive\n```", "pos"],
    ["```text\npositive\n```", "pos"],
    ["Answer: positive", "pos"],
    ["Final answer: **positive**", "pos"],
    ["The answer is positive.", "pos"],
    ["Overall sentiment: positive", "pos"],
    ["- Sentiment: positive", "pos"],
    ["1. **Sentiment:** positive", "pos"],
    ["> Sentiment: positive", "pos"],
    ["| Sentiment | positive |", "pos"],
    ["sentiment = positive", "pos"],
    ["Sentiment → positive", "pos"],
    ["Sentiment - positive", "pos"],
    ["Sentiment：positive", "pos"],
    ["The sentiment of this text is positive.", "pos"],
    ["The sentiment is clearly positive", "pos"],
    ["<sentiment>positive</sentiment>", "pos"],
    ["<answer> Positive </answer>", "pos"],
    ["So \\boxed{\\text{positive}}", "pos"],
    ["Sentiment: positive\nExplanation: it has few negative words.", "pos"],
    ["Sentiment: positive (not negative)", "pos"],
    ["Sentiment: positive, because the negative part is ironic", "pos"],
    ["positive\n\nThe review has a negative side, but it is outweighed.", "pos"],
    ["Positive. Negative remarks are few.", "pos"],
    ["I would classify this review as positive.", "pos"],
    ["It is not positive but negative.", "neg"],
    ["[x] positive\n[ ] negative\n[ ] neutral", "pos"],
    ["❌ positive\n✅ negative", "neg"],
    [
      "The words are positive at first. Then they turn negative. Overall, the sentiment is neutral.",
      "neu",
    ],
    ["Options:\n- positive\n- negative\n- neutral\n\nFinal answer: neutral", "neu"],
    ["Let me think.\nGreat food, slow service.\n\nneutral", "neu"],
    ["The first part is negative. The second is positive.\n\npositive", "pos"],
    ["Sentiment: Positive 😊", "pos"],
    ["The text expresses a positive sentiment.", "pos"],
    ["Sentiment positive", "pos"],
    ["sentiment_positive", "pos"],
    ["Not negative, so positive.", "pos"],
    ["negative rather than positive", "neg"],
    ["neutral - neither positive nor negative", "neu"],
    ["It is nothing but positive", "pos"],
    ["There are no positive words, so it is negative.", "neg"],
    ["Neutral\n\nReason: I cannot find any emotion.", "neu"],
  ])("%j says %s", (reply, value) => {
    expect(said(sentiment, reply)).toBe(value);
  });

  test.each([
    ["", "(empty)"],
    [" \n ", "(empty)"],
    ["???", "(unknown-option)"],
    ["positive negative", "(ambiguous)"],
    ["positive/negative", "(ambiguous)"],
    ["positive or negative", "(ambiguous)"],
    ["positive\nnegative", "(ambiguous)"],
    ["positive. negative.", "(ambiguous)"],
    ["Sentiment: positive\nSentiment: negative", "(ambiguous)"],
    ["it is not positive", "(negated)"],
    ["It isn't positive.", "(negated)"],
    ["Sentiment: not positive", "(negated)"],
    ["neither positive nor negative", "(negated)"],
    ["I do not think that this is positive", "(negated)"],
    ["!positive", "(negated)"],
    ["The sentiment is anything but positive", "(negated)"],
    ["I doubt it is positive.", "(negated)"],
    ["It is unclear whether it is positive.", "(negated)"],
    ["It would be positive if he meant it.", "(negated)"],
    ["Is it positive? No.", "(unknown-option)"],
    ["positive (sarcastic, so negative)", "(ambiguous)"],
    ["positive\n\nHowever, the text is negative.", "(ambiguous)"],
    ["The review is mostly negative with a few positive points.", "(ambiguous)"],
    ["The word 'positive' appears in the text.", "(unknown-option)"],
    ["Please provide the message you want me to classify as positive.", "(refusal)"],
    ["Sentiment:", "(no-label)"],
    ["non-positive", "(unknown-option)"],
    ["positive-ish", "(unknown-option)"],
    ["positively", "(unknown-option)"],
    ["happy", "(unknown-option)"],
    ["I'm sorry, I can't help with that.", "(refusal)"],
    ["Sentiment: I cannot determine whether this is positive.", "(refusal)"],
    ["Lo siento, no puedo decir si es positive", "(refusal)"],
    ["The text talks about a great many things and I like how it does.", "(no-label)"],
    ["The positive feedback loop in this amplifier design oscillates quite a lot.", "(no-label)"],
    ["<think>positive</think>", "(empty)"],
  ])("%j gives no label: %s", (reply, reason) => {
    expect(said(sentiment, reply)).toBe(reason);
  });

  test("an everyday word is read where it is the answer, and not where it is only a word", () => {
    const yesNo = single("hateful", "yes", "no");
    expect(said(yesNo, "Yes, this is hateful.")).toBe("yes");
    expect(said(yesNo, "No, there is nothing to it.")).toBe("no");
    expect(said(yesNo, "The text has no errors, so the answer is yes.")).toBe("yes");
    expect(said(yesNo, "There is no reason to think so at all here")).toBe("(no-label)");
    expect(said(yesNo, "No. I cannot help with that.")).toBe("(refusal)");
    expect(said(yesNo, "No\n\nI can't help with that.")).toBe("(refusal)");
    const letters = single("choice", "A", "B");
    expect(said(letters, "The answer is B.")).toBe("B");
    expect(said(letters, "B. It is a case of fraud.")).toBe("B");
    expect(said(letters, "This is a good example of the first")).toBe("(unknown-option)");
    const ratings = single("rating", "-1", "0", "1");
    expect(said(ratings, "Rating: -1")).toBe("-1");
    expect(said(ratings, "1.5")).toBe("(unknown-option)");
    expect(said(ratings, "There is 1 complaint in this text about something")).toBe("(no-label)");
  });

  test("an option may be what would else be a refusal or a denial", () => {
    const unsure = single("verdict", "yes", "no", "not sure", "cannot be determined");
    expect(said(unsure, "Verdict: not sure")).toBe("not sure");
    expect(said(unsure, "It cannot be determined.")).toBe("cannot be determined");
  });
});

describe("thoughts before the answer", () => {
  test.each([
    ["<think>It could be negative.</think>\n\npositive", "pos"],
    ["It could be negative.\n</think>\npositive", "pos"],
    ["<think>a</think>negative<think>no wait</think>positive", "pos"],
    ["[THINK]negative?[/THINK]positive", "pos"],
    ["◁think▷negative◁/think▷positive", "pos"],
    ["<|channel|>analysis<|message|>negative?<|end|><|channel|>final<|message|>positive", "pos"],
  ])("%j says %s", (reply, value) => {
    expect(said(sentiment, reply)).toBe(value);
  });

  test("that never end are no answer", () => {
    expect(said(sentiment, "<think>It is positive", { finish: "length" })).toBe("(truncated)");
    expect(said(sentiment, "<think>It is positive")).toBe("(empty)");
  });
});
