import { LabelDefinition, Search } from "@countersign/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allLabels, ReviewSearch, reviewDefaults } from "./review-search.ts";
import { belongs, searchDocument } from "./search-document.ts";

const options = ["neg", "pos"].map((value) => ({ value, text: value }));
const definition = LabelDefinition.parse({ name: "sentiment", options });
const job = { by: { job: 3 }, definition };

describe("an address", () => {
  it("without anything opens the unverified labels one by one, the least certain first", () => {
    expect(ReviewSearch.parse({})).toEqual({
      view: "single",
      blind: false,
      status: "unverified",
      order: "least-confident",
    });
  });

  it("with nonsense in it still opens", () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom(
            "job",
            "view",
            "from",
            "values",
            "status",
            "record",
            "blind",
            "keyword",
            "order",
          ),
          fc.anything(),
        ),
        (search) => {
          expect(ReviewSearch.safeParse(search).success).toBe(true);
        },
      ),
    );
  });

  it("keeps what it holds when it is read again", () => {
    const search = ReviewSearch.parse({
      job: 2,
      from: 0.1,
      below: 0.8,
      values: ["neg"],
      keyword: "late",
      view: "table",
    });
    expect(ReviewSearch.parse(search)).toEqual(search);
    expect(ReviewSearch.parse({})).toEqual(reviewDefaults);
  });
});

describe("a filter", () => {
  it("asks of one and the same label all that it asks of labels", () => {
    const filter = ReviewSearch.parse({ from: 0.2, below: 0.8, values: ["neg"], keyword: "late" });
    expect(searchDocument(job, filter)).toEqual({
      where: {
        all: [
          {
            label: {
              name: "sentiment",
              by: { job: 3 },
              value: ["neg"],
              confidence: { ">=": 0.2, "<": 0.8 },
              status: ["unverified"],
            },
          },
          { keyword: { text: "late", caseSensitive: false } },
        ],
      },
      sort: {
        by: "label",
        of: { job: 3 },
        name: "sentiment",
        fact: "confidence",
        order: "ascending",
      },
    });
  });

  it("for the whole job asks for nothing but the label", () => {
    expect(searchDocument(job, allLabels).where).toEqual({
      label: { name: "sentiment", by: { job: 3 } },
    });
  });

  it("is always a search document that the server takes", () => {
    const share = fc.option(fc.float({ min: 0, max: 1, noNaN: true }), { nil: undefined });
    fc.assert(
      fc.property(
        fc.record({
          status: fc.constantFrom("unverified", "verified", "confirmed", "corrected", "any"),
          from: share,
          below: share,
          keyword: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
          order: fc.constantFrom("least-confident", "most-confident", "imported"),
        }),
        (search) => {
          const document = searchDocument(job, ReviewSearch.parse(search));
          expect(Search.safeParse(document).success).toBe(true);
        },
      ),
    );
  });

  it("for verified labels holds confirmed and corrected ones", () => {
    expect(belongs("verified", "confirmed")).toBe(true);
    expect(belongs("verified", "unverified")).toBe(false);
    expect(belongs("any", "corrected")).toBe(true);
  });
});
