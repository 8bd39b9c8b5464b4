import { ImportPreview, LabelDefinition } from "@countersign/core";
import { describe, expect, it } from "vitest";
import { guessedRoles, mappingOf, unreadCells, withCode, withMaker, withRole } from "./roles.ts";

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
    expect(mappingOf(columns, coded, [bias])).toEqual({
      key: "",
      text: "text",
      metadata: [],
      gold: { bias: { column: "gold", codes: { "1": "b", "0": null } } },
      labels: [{ label: "bias", column: "gpt", by: { name: "gpt-4" }, kind: "model", codes: {} }],
      controls: {},
    });
    expect(mappingOf(columns, withRole(guessed, 1, "kept"), [])).toBeUndefined();
  });

  it("names who gave labels, by a name or a column, and a model's confidence", () => {
    const named = withMaker(guessed, 3, { by: { name: "old gpt" }, confidence: "p" });
    expect(mappingOf(columns, named, [bias])?.labels).toEqual([
      expect.objectContaining({ by: { name: "old gpt" }, kind: "model", confidence: "p" }),
    ]);
    const people = withMaker(withRole(guessed, 3, "person:bias"), 3, { by: { column: "worker" } });
    expect(mappingOf(columns, people, [bias])?.labels).toEqual([
      { label: "bias", column: "gpt", by: { column: "worker" }, kind: "person", codes: {} },
    ]);
    // A column that becomes something else forgets who it was by.
    const again = withRole(withRole(named, 3, "kept"), 3, "model:bias");
    expect(mappingOf(columns, again, [bias])?.labels).toEqual([
      { label: "bias", column: "gpt", by: { name: "gpt" }, kind: "model", codes: {} },
    ]);
  });
});
