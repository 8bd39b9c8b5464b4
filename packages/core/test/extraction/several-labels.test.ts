import { describe, expect, test } from "vitest";
import type { FinishReason } from "../../src/index.ts";
import { sentiment, single, topics } from "../labels.ts";
import { read } from "../said.ts";

describe("several labels in one reply", () => {
  const spam = single("spam", "yes", "no");
  const all = [sentiment, spam, topics];
  const values = (reply: string, finish: FinishReason = "stop") =>
    [...read(all, reply, { finish }).values()].map((reading) =>
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
    const readings = read(odd, '{"__proto__": "a", "constructor": "b"}');
    expect([...readings.values()]).toMatchObject([{ value: "a" }, { value: "b" }]);
  });
});
