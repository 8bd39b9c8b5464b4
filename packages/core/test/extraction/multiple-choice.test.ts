import { describe, expect, test } from "vitest";
import { multiple, topics } from "../labels.ts";
import { readOne, said } from "../said.ts";

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
    const reading = readOne(topics, reply);
    expect(reading?.ok && reading.spans.map((span) => reply.slice(...span))).toEqual([
      "politics",
      "sports",
    ]);
  });
});
