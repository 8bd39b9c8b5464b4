import { ImportPreview, LabelDefinition } from "@countersign/core";
import { describe, expect, it } from "vitest";
import { guessedRoles, mappingOf, unreadCells, withCode, withRole } from "./roles.ts";

const bias = LabelDefinition.parse({
  name: "bias",
  options: [
    { value: "b", text: "biased" },
    { value: "f", text: "fair" },
  ],
});

const column = (name: string, ...samples: string[]) => ({ name, samples, values: samples });
const columns = [
  column("", "1", "2"),
  column("text", "one"),
  column("gold", "0", "1"),
  column("gpt", "b"),
];

const preview = ImportPreview.parse({
  name: "a.csv",
  reading: {
    format: "csv",
    gzip: false,
    encoding: "utf-8",
    delimiter: ",",
    header: true,
    sheet: null,
    layout: "table",
  },
  sheets: [],
  columns,
  rows: [],
  rowsRead: 2,
  controls: [],
  mapping: {
    key: "",
    text: "text",
    labels: [{ label: "bias", column: "gpt", by: { name: "gpt-4" } }],
  },
  warnings: [],
  faults: [],
});

describe("what columns become", () => {
  const guessed = guessedRoles(preview);

  it("is what the server guessed", () => {
    expect(guessed.map(({ role }) => role)).toEqual(["key", "text", "kept", "model:bias"]);
  });

  it("one column has the content: the last one given it", () => {
    expect(withRole(guessed, 2, "turns").map(({ role }) => role)).toEqual([
      "key",
      "kept",
      "turns",
      "model:bias",
    ]);
  });

  it("cells that are no options are asked about", () => {
    expect(unreadCells(column("gold", "0", "fair", "1"), bias)).toEqual(["0", "1"]);
  });

  it("is sent as the mapping of the import, codes included", () => {
    const gold = withRole(guessed, 2, "gold:bias");
    const coded = withCode(withCode(gold, 2, "1", "b"), 2, "0", null);
    expect(mappingOf(columns, coded, [bias], {}, new Map([["gpt", "gpt-4"]]))).toEqual({
      key: "",
      text: "text",
      metadata: [],
      gold: { bias: { column: "gold", codes: { "1": "b", "0": null } } },
      labels: [{ label: "bias", column: "gpt", by: { name: "gpt-4" }, kind: "model", codes: {} }],
      controls: {},
    });
    expect(mappingOf(columns, withRole(guessed, 1, "kept"), [])).toBeUndefined();
  });
});
