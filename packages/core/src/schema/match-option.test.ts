import { expect, test } from "vitest";
import { single, type Words } from "../../test/labels.ts";
import { matchOption } from "./match-option.ts";

const label = (...options: Words[]) => single("label", ...options);

test.each([
  ["pos", "pos"],
  ["positive", "pos"],
  [" POSITIVE ", "pos"],
  ["Ｐositive", "pos"],
  ["'positive'.", "pos"],
  ["not positive", undefined],
  ["pos neg", undefined],
  ["", undefined],
  ["…", undefined],
])("%j is the option %s", (text, value) => {
  expect(matchOption(label(["pos", "positive"], ["neg", "negative"]), text)).toBe(value);
});

test("space, dash and underscore are alike where no option needs them told apart", () => {
  const hate = label("hate", "not-hate");
  for (const text of ["not hate", "Not_Hate", "not-hate", "not–hate"])
    expect(matchOption(hate, text)).toBe("not-hate");
});

test("where options share their words, only the exact one matches", () => {
  const both = label("not hate", "not-hate", "hate");
  expect(matchOption(both, "not hate")).toBe("not hate");
  expect(matchOption(both, "NOT-hate")).toBe("not-hate");
  expect(matchOption(both, "hate")).toBe("hate");
});

test("options that are signs are told apart", () => {
  expect(matchOption(label("👍", "👎"), "👍🏽")).toBe("👍");
  expect(matchOption(label("👍", "👎"), " 👎 ")).toBe("👎");
  expect(matchOption(label("❤", "☹"), "❤️")).toBe("❤");
  expect(matchOption(label(">50K", "<=50K"), ">50k")).toBe(">50K");
  expect(matchOption(label(">50K", "<=50K"), "50k")).toBe(undefined);
  expect(matchOption(label("C", "C++", "C#"), "c++")).toBe("C++");
  expect(matchOption(label("-1", "0", "1"), "-1")).toBe("-1");
  expect(matchOption(label("1", "2"), "1.5")).toBe(undefined);
});

test("words in any script match without regard to case and Unicode form", () => {
  expect(matchOption(label("θετικός", "αρνητικός"), "ΘΕΤΙΚΌΣ")).toBe("θετικός");
  expect(matchOption(label("olumlu", "iyi"), "İYİ")).toBe("iyi");
  expect(matchOption(label("été", "hiver"), "e\u0301te\u0301")).toBe("été");
  expect(matchOption(label("إيجابي", "سلبي"), "\u200fإيجابي\u200f.")).toBe("إيجابي");
  expect(matchOption(label("支持", "不支持"), "「不支持」")).toBe("不支持");
  expect(matchOption(label("支持", "反对"), "不支持")).toBe(undefined);
  expect(matchOption(label("نمی‌دانم", "بله"), "نمیدانم")).toBe("نمی‌دانم");
});
