import type { LabelDefinition } from "@countersign/core";
import { describe, expect, it } from "vitest";
import { guessReading, readPreview } from "./preview.ts";
import { guessRoles, mappingOf, withRole } from "./roles.ts";

const stance: LabelDefinition = {
  name: "stance",
  level: "record",
  kind: "single",
  options: [
    { value: "0", text: "disagrees" },
    { value: "1", text: "agrees" },
  ],
};

describe("how a file is read", () => {
  it.each([
    ["a.csv", "id,text\n", { format: "csv", delimiter: "," }],
    ["a.csv", 'id;"a,b,c";text\n', { format: "csv", delimiter: ";" }],
    ["a.tsv", "id\ttext\n", { format: "tsv" }],
    ["a.txt", "id\ttext\n", { format: "tsv" }],
    ["a.ndjson", "", { format: "jsonl" }],
    ["a.txt", '{"text": "x, y"}\n', { format: "jsonl" }],
  ])("%s beginning %j", (name, text, reading) => {
    expect(guessReading(name, text)).toEqual(reading);
  });
});

describe("the preview", () => {
  it("keeps line breaks and delimiters inside quotes", async () => {
    const preview = await readPreview('\ufeff,text\n7,"a, b\nc"\n', { format: "csv" });
    expect(preview).toEqual({ columns: ["", "text"], rows: [["7", "a, b\nc"]] });
  });

  it("shows a file cut off in the middle as far as it needs it", async () => {
    const text = `id,text\n${"1,short\n".repeat(5)}2,"cut`;
    expect((await readPreview(text, { format: "csv" })).rows).toHaveLength(5);
  });

  it("has a column for each member of JSON lines", async () => {
    const preview = await readPreview('{"a": "x"}\n{"a": "y", "n": [1]}\n', { format: "jsonl" });
    expect(preview).toEqual({
      columns: ["a", "n"],
      rows: [
        ["x", ""],
        ["y", "[1]"],
      ],
    });
  });

  it("says which line is no object", async () => {
    await expect(readPreview('{"a": 1}\n[2]\n', { format: "jsonl" })).rejects.toThrow("line 2");
  });
});

describe("what columns become", () => {
  const preview = {
    columns: ["", "year", "sentence", "Y"],
    rows: [
      ["a", "2001", "It is getting warmer every year.", "1"],
      ["b", "2001", "It is not.", "0"],
    ],
  };

  it("is guessed from names and cells", () => {
    expect(guessRoles(preview, [stance])).toEqual(["key", "kept", "text", "gold:stance"]);
  });

  it("a repeated value is no key, and the longest cells are the text", () => {
    const other = {
      columns: ["id", "words"],
      rows: [
        ["1", "long enough"],
        ["1", "also long"],
      ],
    };
    expect(guessRoles(other, [])).toEqual(["kept", "text"]);
  });

  it("one column has the text: the last one given it", () => {
    const roles = withRole(["text", "metadata", "kept"], 2, "text");
    expect(roles).toEqual(["kept", "metadata", "text"]);
  });

  it("is sent as the mapping of the import", () => {
    expect(mappingOf(preview.columns, guessRoles(preview, [stance]), [stance])).toEqual({
      key: "",
      text: "sentence",
      metadata: [],
      gold: { stance: "Y" },
    });
    expect(mappingOf(["a"], ["kept"], [])).toBeUndefined();
  });
});
