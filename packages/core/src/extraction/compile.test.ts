import { describe, expect, test } from "vitest";
import { LabelDefinition } from "../schema/schema.ts";
import { compileExtraction } from "./compile.ts";
import type { ExtractionOptions, FinishReason, Reading } from "./reading.ts";

type Words = string | readonly [value: string, text: string];

const definition = (name: string, kind: "single" | "multiple", options: readonly Words[]) =>
  LabelDefinition.parse({
    name,
    kind,
    options: options.map((option) =>
      typeof option === "string"
        ? { value: option, text: option }
        : { value: option[0], text: option[1] },
    ),
  });
const single = (name: string, ...options: Words[]) => definition(name, "single", options);
const multiple = (name: string, ...options: Words[]) => definition(name, "multiple", options);

const sentiment = single("sentiment", ["pos", "positive"], ["neg", "negative"], ["neu", "neutral"]);
const topics = multiple("topics", "politics", "sports", "health, food", "science and technology");

const read = (
  labels: LabelDefinition | readonly LabelDefinition[],
  text: string,
  options: ExtractionOptions & { finish?: FinishReason } = {},
): Record<string, Reading> =>
  Object.fromEntries(
    compileExtraction(Array.isArray(labels) ? labels : [labels as LabelDefinition])(
      { text, finish: options.finish ?? "stop" },
      options,
    ),
  );

/** What is read for the one label: its value, or the reason there is none. */
const said = (
  label: LabelDefinition,
  text: string,
  options: ExtractionOptions & { finish?: FinishReason } = {},
): unknown => {
  const reading = read(label, text, options)[label.name];
  return reading?.ok ? reading.value : `(${reading?.reason})`;
};

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
    expect(read(sentiment, reply).sentiment).toMatchObject({ ok: true, value, rule });
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

  test("nested too deep is not followed", () => {
    const deep = `${'{"a":'.repeat(200)}{"sentiment":"positive"}${"}".repeat(200)}`;
    expect(said(sentiment, deep)).not.toBe("neg");
    expect(said(sentiment, `${"[".repeat(100_000)}`)).toBe("(unknown-option)");
  });
});

describe("several labels in one reply", () => {
  const spam = single("spam", "yes", "no");
  const all = [sentiment, spam, topics];
  const values = (reply: string, finish: FinishReason = "stop") =>
    Object.values(read(all, reply, { finish })).map((reading) =>
      reading.ok ? reading.value : `(${reading.reason})`,
    );

  test.each([
    ["sentiment: positive\nspam: no\ntopics: sports, politics"],
    ["**Sentiment**: Positive\n\n**Spam**: No\n\n**Topics**:\n- Sports\n- Politics"],
    ['{"sentiment": "positive", "spam": "no", "topics": ["sports", "politics"]}'],
    ['```json\n{"topics": "sports; politics", "spam": "no", "sentiment": "pos"}\n```'],
    ["Sentiment: positive, Spam: no, Topics: sports and politics"],
    ["Sentiment is positive. Spam is no. Topics: sports, politics"],
    ["| sentiment | positive |\n| spam | no |\n| topics | sports, politics |"],
    ["<sentiment>positive</sentiment><spam>no</spam><topics>sports, politics</topics>"],
  ])("%j answers them all", (reply) => {
    expect(values(reply)).toEqual(["pos", "no", ["politics", "sports"]]);
  });

  test("a label that is not answered does not spoil the others", () => {
    expect(values("sentiment: positive\nspam: maybe")).toEqual([
      "pos",
      "(unknown-option)",
      "(no-label)",
    ]);
    expect(values("positive")).toEqual(["(no-label)", "(no-label)", "(no-label)"]);
    expect(values("sentiment: positive\nspam: n", "length")).toEqual([
      "pos",
      "(truncated)",
      "(truncated)",
    ]);
    expect(values("I'm sorry, I can't do that.")).toEqual(["(refusal)", "(refusal)", "(refusal)"]);
  });

  test("a label named like one of Object's own properties is one like any other", () => {
    const odd = [single("__proto__", "a", "b"), single("constructor", "a", "b")];
    const reader = compileExtraction(odd);
    const readings = reader({ text: '{"__proto__": "a", "constructor": "b"}', finish: "stop" });
    expect([...readings.values()]).toMatchObject([{ value: "a" }, { value: "b" }]);
  });
});

describe("a multiple choice", () => {
  test.each([
    ["politics", ["politics"]],
    ["sports, politics", ["politics", "sports"]],
    ["Topics: health, food", ["health, food"]],
    ["Topics: health, food, sports", ["sports", "health, food"]],
    ["Topics: sports and science and technology", ["sports", "science and technology"]],
    ["Topics: [sports, politics]", ["politics", "sports"]],
    ['["sports", "health, food"]', ["sports", "health, food"]],
    ['```json\n["sports", "politics"]\n```', ["politics", "sports"]],
    ["['sports', 'politics']", ["politics", "sports"]],
    ["- sports\n- politics", ["politics", "sports"]],
    ["1. Sports\n2. Politics", ["politics", "sports"]],
    ["Topics:\n* sports\n* politics\n\nThese fit best.", ["politics", "sports"]],
    ["sports, sports", ["sports"]],
    ["none", []],
    ["Topics: None.", []],
    ["[]", []],
    ['{"topics": []}', []],
    ['{"topics": "none"}', []],
  ])("%j says %j", (reply, values) => {
    expect(said(topics, reply)).toEqual(values);
  });

  test.each([
    ["sports, chess", "(unknown-option)"],
    ["sports or politics", "(unknown-option)"],
    ["Topics: sports, not politics", "(unknown-option)"],
    ['{"topics": ["sports", "chess"]}', "(unknown-option)"],
    ['{"topics": null}', "(no-label)"],
    ["I'm sorry, I can't say.", "(refusal)"],
    ["A long text in which sports and politics and other things are talked about.", "(no-label)"],
  ])("%j gives no label: %s", (reply, reason) => {
    expect(said(topics, reply)).toBe(reason);
  });

  test("cut off at the token limit is no list", () => {
    expect(said(topics, "Topics: sports, politics", { finish: "length" })).toBe("(truncated)");
    expect(said(topics, "Topics: [sports, politics]", { finish: "length" })).toEqual([
      "politics",
      "sports",
    ]);
  });

  test("an option that means nothing is the option", () => {
    const tags = multiple("tags", "none", "urgent");
    expect(said(tags, "none")).toEqual(["none"]);
    expect(said(tags, "[]")).toEqual([]);
  });

  test("each option has its span, in the order of the values", () => {
    const reply = "Topics: sports and politics";
    const reading = read(topics, reply).topics;
    expect(reading?.ok && reading.spans.map((span) => reply.slice(...span))).toEqual([
      "politics",
      "sports",
    ]);
  });
});

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

describe("other languages and scripts", () => {
  test("options in any script are read bare, after a name, and in a sentence", () => {
    const arabic = single("المشاعر", "إيجابي", "سلبي");
    expect(said(arabic, "المشاعر: \u202bإيجابي\u202c")).toBe("إيجابي");
    const chinese = single("情感", "正面", "负面");
    expect(said(chinese, "情感：正面")).toBe("正面");
    expect(said(chinese, "情感是正面。")).toBe("正面");
    expect(said(chinese, "不是正面")).toBe("(negated)");
    expect(said(single("立场", "支持", "不支持"), "立场：不支持")).toBe("不支持");
    const russian = single("тон", "положительный", "отрицательный");
    expect(said(russian, "Тон: ПОЛОЖИТЕЛЬНЫЙ")).toBe("положительный");
    expect(said(russian, "не положительный")).toBe("(negated)");
    const thai = single("ความรู้สึก", "บวก", "ลบ");
    expect(said(thai, "ความรู้สึก: บวก")).toBe("บวก");
  });

  test("yes, no, true and false are known in other languages where the schema has them", () => {
    const yesNo = single("spam", "yes", "no");
    expect(read(yesNo, "Spam: Sí").spam).toMatchObject({ value: "yes", rule: "line/translated" });
    expect(said(yesNo, "Nein.")).toBe("no");
    expect(said(yesNo, "はい")).toBe("yes");
    expect(said(yesNo, '{"spam": "oui"}')).toBe("yes");
    expect(said(yesNo, "true")).toBe("(unknown-option)");
    expect(said(single("wahr", ["1", "wahr"], ["0", "falsch"]), "false")).toBe("0");
    expect(said(sentiment, "sí")).toBe("(unknown-option)");
    expect(said(single("answer", "oui", "ja"), "yes")).toBe("(unknown-option)");
  });
});

describe("fuzzy matching", () => {
  const fuzzy = { threshold: 0.8, margin: 0.2 };
  test("takes the nearest option, only where asked for", () => {
    expect(said(sentiment, "positve")).toBe("(unknown-option)");
    expect(read(sentiment, "Sentiment: positve", { fuzzy }).sentiment).toMatchObject({
      value: "pos",
      rule: "line/fuzzy",
    });
    expect(said(sentiment, "psoitive", { fuzzy })).toBe("pos");
    expect(said(topics, "[sport, politcs]", { fuzzy })).toEqual(["politics", "sports"]);
  });
  test("takes none that is too far, or hardly nearer than another, or denied", () => {
    expect(said(sentiment, "possible", { fuzzy })).toBe("(unknown-option)");
    const near = single("label", "clause a", "clause b");
    expect(said(near, "clause c", { fuzzy: { threshold: 0.8, margin: 0.1 } })).toBe("(ambiguous)");
    expect(said(sentiment, "not positve", { fuzzy: { threshold: 0.5, margin: 0.1 } })).toBe(
      "(unknown-option)",
    );
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
    const reading = read(sentiment, reply).sentiment;
    expect(reading?.ok && reading.spans.map((span) => reply.slice(...span))).toEqual([words]);
  }
});

test("a reading without a label tells what was written, cut short", () => {
  const reading = read(sentiment, `Sentiment: ${"very ".repeat(100)}odd`).sentiment;
  expect(reading).toMatchObject({ ok: false, reason: "unknown-option" });
  expect(!reading?.ok && reading?.detail).toHaveLength(120);
});
