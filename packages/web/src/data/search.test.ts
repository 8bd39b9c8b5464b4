import { Search } from "@countersign/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DataSearch } from "./search.ts";
import { isNarrowed, searchDocument } from "./search-document.ts";

const document = (address: unknown, label: string | undefined = "sentiment") =>
  searchDocument(DataSearch.parse(address), label);

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
