import { describe, expect, test } from "vitest";
import { LabelDefinition } from "../../src/index.ts";
import { read, said } from "../said.ts";

const rating = LabelDefinition.parse({ name: "stars", kind: "number", min: 1, max: 5, step: 1 });
const share = LabelDefinition.parse({ name: "share", kind: "number", min: 0, max: 1, step: 0.1 });
const degrees = LabelDefinition.parse({ name: "degrees", kind: "number" });
const summary = LabelDefinition.parse({ name: "summary", kind: "text", maxLength: 30 });
const options = ["price", "staff", "room"].map((text) => ({ value: text.slice(0, 1), text }));
const order = LabelDefinition.parse({ name: "order", kind: "ranking", options });
const first = LabelDefinition.parse({ name: "first", kind: "ranking", options, top: 2 });

describe("a number is read where it is one", () => {
  test.each([
    ["4", 4],
    [" **4**. ", 4],
    ["stars: 4", 4],
    ["Rating is not asked\nstars: 4", 4],
    ['{"stars": 4}', 4],
    ['{"stars": "4"}', 4],
    ['{"rating": 4}', 4],
    ["4/5", 4],
    ["4 out of 5", 4],
    ["stars: 4 (out of 5)", 4],
    ["4.0", 4],
    ["４", 4],
    ["<stars>4</stars>", 4],
    ["4\n\nThe guest liked the room.", 4],
    ["The guest liked the room.\n4", 4],
    ["Final answer: 4", 4],
    ["stars: 3\nFinal answer: 4", 4],
    ["stars:\n4", 4],
  ])("%j", (reply, value) => {
    expect(said(rating, reply)).toBe(value);
  });

  test("a sign, a fraction and an exponent belong to it", () => {
    expect(
      ["-3.5", "−3.5", "+2", "1e3", "degrees: -0"].map((reply) => said(degrees, reply)),
    ).toEqual([-3.5, -3.5, 2, 1000, 0]);
    expect(said(share, "0.30")).toBe(0.3);
  });

  test.each([
    ["0", "(out-of-range)"],
    ["6", "(out-of-range)"],
    ["1e999", "(out-of-range)"],
    ["3.5", "(off-step)"],
    ["4/10", "(wrong-scale)"],
    ["3-4", "(several-numbers)"],
    ["between 3 and 4", "(several-numbers)"],
    ["3 or 4", "(several-numbers)"],
    ["1,200", "(several-numbers)"],
    ["4 stars", "(unit)"],
    ["4%", "(unit)"],
    ["$4", "(unit)"],
    ["four", "(not-a-number)"],
    [".5", "(unit)"],
    ["★★★★", "(not-a-number)"],
    ["I would give this stay a rating of 4 because of the room", "(not-a-number)"],
    ["4\n\nor rather\n\n5", "(ambiguous)"],
    ['{"stars": [4]}', "(not-a-number)"],
    ['{"stars": null}', "(no-label)"],
    ["I cannot rate this.", "(refusal)"],
    ["", "(empty)"],
  ])("%j is none", (reply, reason) => {
    expect(said(rating, reply)).toBe(reason);
  });

  test("a number at the token limit may go on", () => {
    expect(said(degrees, "degrees: 12", { finish: "length" })).toBe("(truncated)");
    expect(said(rating, "4", { finish: "length" })).toBe("(truncated)");
  });
});

describe("a free text", () => {
  test.each([
    ["The guest is pleased.", "The guest is pleased."],
    ["Summary: The guest\nis pleased.", "The guest\nis pleased."],
    ["summary:\nThe guest is pleased.", "The guest is pleased."],
    ['{"summary": "The guest is pleased."}', "The guest is pleased."],
    ["<summary>The guest</summary>", "The guest"],
    ['summary: "One\\nTwo"', "One\nTwo"],
    ["Note: {x} is [y]", "Note: {x} is [y]"],
    ["<think>Long ago.</think>Pleased.", "Pleased."],
    ["summary: I cannot log in", "I cannot log in"],
  ])("is read out of %j", (reply, text) => {
    expect(said(summary, reply)).toBe(text);
  });

  test.each([
    ["A text that is longer than thirty characters.", "(too-long)"],
    ["I'm sorry, but I cannot help.", "(refusal)"],
    ['{"summary": ""}', "(no-label)"],
    ['{"summary": null}', "(no-label)"],
    ["summary:", "(no-label)"],
    ["summary: one\nsummary: two", "(ambiguous)"],
  ])("of %j is %s", (reply, reason) => {
    expect(said(summary, reply)).toBe(reason);
  });

  test("is not cut at the token limit", () => {
    expect(said(summary, "The guest is", { finish: "length" })).toBe("(truncated)");
  });

  test("ends where another label is named", () => {
    const both = read([summary, rating], "summary: Pleased,\nmostly.\nstars: 4");
    expect(both.get("summary")).toMatchObject({ value: "Pleased,\nmostly." });
    expect(both.get("stars")).toMatchObject({ value: 4 });
    expect(read([summary, rating], "Pleased.\nstars: 4").get("summary")).toMatchObject({
      ok: false,
      reason: "no-label",
    });
  });
});

describe("a ranking", () => {
  test.each([
    ["order: room > price > staff"],
    ["room > price > staff"],
    ["Room, Price, Staff"],
    ["1. room\n2. price\n3. staff"],
    ['{"order": ["room", "price", "staff"]}'],
    ["order:\n- room\n- price\n- staff"],
    ["room → price → staff"],
  ])("keeps the order of %j", (reply) => {
    expect(said(order, reply)).toEqual(["r", "p", "s"]);
  });

  test.each([
    ["room > price", "(incomplete-ranking)"],
    ["room > price > room", "(repeated-option)"],
    ["room > price > staff > room", "(repeated-option)"],
    ["2. price\n1. room\n3. staff", "(ambiguous)"],
    ["room > price > garden", "(unknown-option)"],
    ["room = price = staff", "(unknown-option)"],
    ['{"order": []}', "(no-label)"],
    ["none", "(no-label)"],
    ["order: room > price > staff\norder: price > room > staff", "(ambiguous)"],
  ])("of %j is %s", (reply, reason) => {
    expect(said(order, reply)).toBe(reason);
  });

  test("is not cut at the token limit", () => {
    expect(said(order, "order: room > pri", { finish: "length" })).toBe("(truncated)");
  });

  test("of the foremost has just so many options", () => {
    expect(said(first, "room > price")).toEqual(["r", "p"]);
    expect(said(first, "room > price > staff")).toBe("(incomplete-ranking)");
  });
});

describe("spans", () => {
  const who = LabelDefinition.parse({
    name: "who",
    level: "span",
    options: [
      { value: "per", text: "person" },
      { value: "loc", text: "place" },
    ],
  });
  const record = "Ann met 👍 Ben in Annaberg. Ann left.";
  const at = (start: number, end: number, value: unknown) => ({ start, end, value });
  const find = (reply: string, label = who) => said(label, reply, { record });

  test.each([
    ['[{"text": "Ben", "option": "person"}]', [at(11, 14, "per")]],
    ['who: [{"text": "Ben", "occurrence": 1, "option": "person"}]', [at(11, 14, "per")]],
    ['{"who": [{"text": "Annaberg", "option": "Place"}]}', [at(18, 26, "loc")]],
    [
      'Here they are:\n```json\n[\n {"text": "Ben", "label": "person"},\n {"quote": "Annaberg", "label": "place"}\n]\n```',
      [at(11, 14, "per"), at(18, 26, "loc")],
    ],
    [
      '[{"text": "Ann", "occurrence": 3, "option": "person"}, {"text": "Ann", "occurrence": 1, "option": "person"}]',
      [at(0, 3, "per"), at(28, 31, "per")],
    ],
    [
      '[{"text": "Annaberg", "option": "place"}, {"text": "Ann", "occurrence": 2, "option": "person"}]',
      [at(18, 21, "per"), at(18, 26, "loc")],
    ],
    [
      '[{"text": "Ann", "option": "person"}, {"text": "Ann", "option": "person"}, {"text": "Ann", "option": "person"}]',
      [at(0, 3, "per"), at(18, 21, "per"), at(28, 31, "per")],
    ],
    ["[]", []],
    ["who: []", []],
    ['{"who": []}', []],
    ["[{'text': 'Ben', 'option': 'person',}]", [at(11, 14, "per")]],
  ])("%j", (reply, spans) => {
    expect(find(reply)).toEqual(spans);
  });

  test.each([
    ['[{"text": "ben", "option": "person"}]', "(quote-not-found)"],
    ['[{"text": "Ben ", "occurrence": 2, "option": "person"}]', "(quote-not-found)"],
    ['[{"text": "", "option": "person"}]', "(quote-not-found)"],
    ['[{"text": "Ben", "occurrence": 0, "option": "person"}]', "(quote-not-found)"],
    ['[{"text": "Ann", "option": "person"}]', "(ambiguous-quote)"],
    ['[{"text": "Ben", "option": "animal"}]', "(unknown-option)"],
    ['[{"text": "Ben"}]', "(no-label)"],
    ['["Ben"]', "(malformed-json)"],
    [
      '[{"text": "Ben", "option": "person"}, {"text": "Nobody", "option": "person"}]',
      "(quote-not-found)",
    ],
    ["Ben is a person.", "(unknown-option)"],
    ["I cannot help with that.", "(refusal)"],
  ])("%j gives none", (reply, reason) => {
    expect(find(reply)).toBe(reason);
  });

  test("broken off at the token limit give none, rather than half of them", () => {
    expect(
      said(who, '[{"text": "Ben", "option": "person"}, {"te', { record, finish: "length" }),
    ).toBe("(truncated)");
  });

  test("carry what their label asks for: options, a number, a text", () => {
    const of = (rest: object) => LabelDefinition.parse({ name: "x", level: "span", ...rest });
    const multiple = of({ kind: "multiple", options: "options" in who ? who.options : [] });
    expect(find('[{"text": "Ben", "options": ["place", "person"]}]', multiple)).toEqual([
      at(11, 14, ["per", "loc"]),
    ]);
    const number = of({ kind: "number", min: 1, max: 5, step: 1 });
    expect(find('[{"text": "Ben", "value": 4}]', number)).toEqual([at(11, 14, 4)]);
    expect(find('[{"text": "Ben", "value": 7}]', number)).toBe("(out-of-range)");
    const note = of({ kind: "text" });
    expect(find('[{"text": "Ben", "value": "a friend"}]', note)).toEqual([at(11, 14, "a friend")]);
  });
});
