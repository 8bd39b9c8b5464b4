import { describe, expect, test } from "vitest";
import { sentiment, single } from "../labels.ts";
import { readOne, said } from "../said.ts";

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
    expect(readOne(yesNo, "Spam: Sí")).toMatchObject({ value: "yes", rule: "line/translated" });
    expect(said(yesNo, "Nein.")).toBe("no");
    expect(said(yesNo, "はい")).toBe("yes");
    expect(said(yesNo, '{"spam": "oui"}')).toBe("yes");
    expect(said(yesNo, "true")).toBe("(unknown-option)");
    expect(said(single("wahr", ["1", "wahr"], ["0", "falsch"]), "false")).toBe("0");
    expect(said(sentiment, "sí")).toBe("(unknown-option)");
    expect(said(single("answer", "oui", "ja"), "yes")).toBe("(unknown-option)");
  });
});
