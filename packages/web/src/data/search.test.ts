import { SchemaDocument, Search } from "@countersign/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DataSearch } from "./search.ts";
import { isNarrowed, searchDocument } from "./search-document.ts";

const options = ["neg", "pos"].map((value) => ({ value, text: value }));
const { labels } = SchemaDocument.parse({
  labels: [
    { name: "sentiment", options },
    { name: "topics", kind: "multiple", options },
    { name: "order", kind: "ranking", options },
    { name: "parts", level: "span", options },
  ],
});

const document = (address: unknown) => searchDocument(DataSearch.parse(address), labels);

describe("an address of the data page", () => {
  it("without anything shows every record as imported", () => {
    expect(document({})).toEqual({ sort: { by: "id", order: "ascending" } });
    expect(isNarrowed(DataSearch.parse({}))).toBe(false);
  });

  it("asks for one job's doubtful, unverified labels of some values", () => {
    expect(
      document({
        by: 3,
        values: ["neg"],
        standing: "unverified",
        below: 0.8,
        order: "least-confident",
      }),
    ).toEqual({
      where: {
        label: {
          name: "sentiment",
          by: { job: 3 },
          value: ["neg"],
          status: ["unverified"],
          confidence: { "<": 0.8 },
        },
      },
      sort: { by: "confidence", job: 3, name: "sentiment", order: "ascending" },
    });
  });

  it("asks of several options, of a ranking and of spans what they say", () => {
    const says = (label: string) => document({ label, values: ["neg"] }).where;
    expect(says("topics")).toEqual({ label: { name: "topics", says: { any: ["neg"] } } });
    expect(says("order")).toEqual({ label: { name: "order", says: { first: ["neg"] } } });
    expect(says("parts")).toEqual({ label: { name: "parts", says: { any: ["neg"] } } });
  });

  it("asks for records that a job left without a label", () => {
    expect(document({ by: 3, standing: "none", keyword: "late" }).where).toEqual({
      all: [
        { keyword: { text: "late", caseSensitive: false } },
        { not: [{ label: { name: "sentiment", by: { job: 3 } } }] },
      ],
    });
  });

  it("orders by confidence only where it is known whose", () => {
    expect(document({ order: "least-confident" }).sort).toEqual({ by: "id", order: "ascending" });
  });

  it("with nonsense in it still is a search", () => {
    const address = fc.dictionary(
      fc.constantFrom(...Object.keys(DataSearch.shape)),
      fc.oneof(fc.anything(), fc.integer(), fc.double({ min: 0, max: 1 }), fc.string()),
    );
    fc.assert(
      fc.property(address, (found) => {
        expect(Search.safeParse(document(found)).success).toBe(true);
      }),
    );
  });
});
