import { describe, expect, it } from "vitest";
import { findOptions } from "./find-options.ts";
import { optionHand } from "./option-hand.ts";
import { textLines } from "./text-lines.ts";

describe("an option shows whose hand is on it", () => {
  it("the machine's until a person has said something", () => {
    expect(optionHand({ suggested: "neg", chosen: undefined }, "neg")).toBe("machine");
    expect(optionHand({ suggested: "neg", chosen: undefined }, "pos")).toBe("nobody");
  });

  it("the person's, with the machine's overruled where they differ", () => {
    expect(optionHand({ suggested: "neg", chosen: "pos" }, "pos")).toBe("person");
    expect(optionHand({ suggested: "neg", chosen: "pos" }, "neg")).toBe("overruled");
    expect(optionHand({ suggested: "neg", chosen: "neg" }, "neg")).toBe("person");
    expect(optionHand({ suggested: ["a", "b"], chosen: [] }, "a")).toBe("overruled");
  });

  it("nobody's while the suggestion is hidden", () => {
    expect(optionHand({ suggested: undefined, chosen: undefined }, "neg")).toBe("nobody");
  });
});

it("an option is found by its beginning first, then by a word, then anywhere", () => {
  const options = ["card arrival", "lost card", "Arrival late", "discard"].map((text) => ({
    value: text.replaceAll(" ", "_"),
    text,
  }));
  expect(findOptions(options, "CAR").map(({ text }) => text)).toEqual([
    "card arrival",
    "lost card",
    "discard",
  ]);
  expect(findOptions(options, " ")).toBe(options);
  expect(findOptions(options, "zebra")).toEqual([]);
});

it("the text's place fits nearly every text, and one giant does not stretch it", () => {
  const short = Array.from({ length: 40 }, () => "x".repeat(130));
  expect(textLines(short, 68)).toBe(2);
  expect(textLines([...short, "x".repeat(400)], 68)).toBe(6);
  expect(textLines([...short, "x".repeat(100_000)], 68)).toBe(2);
  expect(textLines(["a\nb\n\nc"], 68)).toBe(4);
  expect(textLines([], 68)).toBe(1);
});
