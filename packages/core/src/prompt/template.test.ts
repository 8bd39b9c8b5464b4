import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkTemplate, literally, parseTemplate, renderPrompt } from "./template.ts";

const render = (user: string, text: string, columns: Record<string, string> = {}) =>
  renderPrompt(parseTemplate({ user, format: "line" }), { text, columns }).user;

/** Texts that a careless renderer would trip over. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "{{text}}",
        "{{",
        "}}",
        "\\{{",
        "\\",
        "{",
        "$&",
        "$1",
        "$\u007btext}",
        '"',
        "'",
        "`",
        "<<text>>",
        "%s",
      ),
      fc.string({ unit: "binary" }),
    ),
  )
  .map((pieces) => pieces.join(""));

describe("a prompt template", () => {
  test("is filled with the record's text and columns, each slot by its place", () => {
    expect(
      renderPrompt(
        parseTemplate({
          system: "From {{ source of text }}.",
          user: "A {{text}} b {{text}}",
          format: "line",
        }),
        { text: "x", columns: { "source of text": "mail" } },
      ),
    ).toEqual({ system: "From mail.", user: "A x b x" });
  });

  test("without a system part renders none", () => {
    const prompt = renderPrompt(parseTemplate({ user: "{{text}}", format: "line" }), {
      text: "x",
      columns: {},
    });
    expect("system" in prompt).toBe(false);
  });

  test("puts in any record exactly as it is, whatever it looks like", () => {
    fc.assert(
      fc.property(hostile, hostile, (text, column) => {
        expect(render("[{{text}}|{{column}}]", text, { column })).toBe(`[${text}|${column}]`);
      }),
    );
  });

  test("keeps any text that was written literally", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(render(`${literally(text)}\n{{text}}`, "x")).toBe(`${text}\nx`);
      }),
    );
  });

  test("leaves braces that are no slot as they are", () => {
    expect(render('{"a": {"b": 1}} {{}} {{text}} {{open', "x")).toBe(
      '{"a": {"b": 1}} {{}} x {{open',
    );
  });

  test("fills a column that a record lacks with nothing, though every object has its name", () => {
    expect(render("[{{toString}}]{{text}}", "x")).toBe("[]x");
  });

  test("cannot be made to run away", () => {
    const started = performance.now();
    expect(render(`${"{{a".repeat(100_000)}{{text}}`, "x")).toHaveLength(300_001);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe("checking a template", () => {
  test("names the slot that is no column, and what could be used", () => {
    const checked = checkTemplate({ user: "{{text}} {{sorce}}", format: "line" }, ["source"]);
    expect(checked).toMatchObject({
      ok: false,
      error: {
        type: "agent-invalid",
        what: expect.stringContaining("{{sorce}}"),
        next: expect.stringContaining("{{source}}"),
      },
    });
  });

  test("refuses a prompt in which the text has no place", () => {
    expect(checkTemplate({ user: "Hello \\{{text}}", format: "line" }, [])).toMatchObject({
      ok: false,
      error: { what: expect.stringContaining("no place for the record's text") },
    });
  });

  test("takes the text from either part, and every column", () => {
    const checked = checkTemplate(
      { system: "{{text}}", user: "Label it. {{a b}}", format: "line" },
      ["a b"],
    );
    expect(checked.ok).toBe(true);
  });
});
