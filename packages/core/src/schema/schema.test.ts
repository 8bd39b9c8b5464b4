import { describe, expect, test } from "vitest";
import { SchemaDocument } from "./schema.ts";

const refusal = (labels: unknown): string | undefined =>
  SchemaDocument.safeParse({ labels })
    .error?.issues.map((issue) => issue.message)
    .join("; ");
const options = (...words: (string | [string, string])[]) =>
  words.map((word) =>
    typeof word === "string" ? { value: word, text: word } : { value: word[0], text: word[1] },
  );

describe("a schema", () => {
  test("fills in what is usual, and drops white space around words", () => {
    expect(SchemaDocument.parse({ labels: [{ name: " a ", options: options(" b ") }] })).toEqual({
      labels: [
        { name: "a", level: "record", kind: "single", options: [{ value: "b", text: "b" }] },
      ],
    });
  });

  test.each([
    [
      "two labels of one name but for case",
      [
        { name: "a", options: options("x") },
        { name: "A", options: options("x") },
      ],
      "two labels are named “A”",
    ],
    [
      "two options of one text",
      [{ name: "a", options: options(["1", "x"], ["2", "X"]) }],
      "“X” twice",
    ],
    [
      "one option's text as another's value",
      [{ name: "a", options: options(["1", "2"], ["2", "x"]) }],
      "“2” twice",
    ],
    [
      "texts that differ in Unicode form only",
      [{ name: "a", options: options("é", "e\u0301") }],
      "twice",
    ],
    ["a line break in a text", [{ name: "a", options: options("x\ny") }], "line break"],
    ["half a character", [{ name: "a", options: options("x\ud800") }], "control character"],
    [
      "a text that cannot be seen",
      [{ name: "a", options: options("\u200b") }],
      "nothing that can be seen",
    ],
    ["a colon in a name", [{ name: "a: b", options: options("x") }], "colon"],
    ["no option", [{ name: "a", options: [] }], ">=1"],
  ])("is refused for %s", (_, labels, message) => {
    expect(refusal(labels)).toContain(message);
  });

  test("may have an option whose text is its value", () => {
    expect(refusal([{ name: "a", options: options("x", ["Y", "y"]) }])).toBe(undefined);
  });
});
