import { describe, expect, it } from "vitest";
import { readSchema } from "./read-schema.ts";

describe("readSchema", () => {
  it("reads its own form, with the defaults filled in", () => {
    expect(
      readSchema({ labels: [{ name: "mood", options: [{ value: "g", text: "good" }] }] }),
    ).toEqual({
      ok: true,
      value: {
        labels: [
          {
            name: "mood",
            level: "record",
            kind: "single",
            options: [{ value: "g", text: "good" }],
          },
        ],
      },
    });
  });

  it("reads MEGAnno's form", () => {
    const schema = readSchema({
      label_schema: [
        {
          name: "sentiment",
          level: "record",
          options: [
            { value: "pos", text: "positive" },
            { value: 0, text: "neutral" },
          ],
        },
      ],
    });
    expect(schema).toMatchObject({
      ok: true,
      value: {
        labels: [
          { name: "sentiment", options: [{ value: "pos" }, { value: "0", text: "neutral" }] },
        ],
      },
    });
  });

  it("reads a Fannotate codebook: categories become options, categories of two words stay whole", () => {
    const schema = readSchema({
      created_at: "2024-01-01",
      dataset: "calls",
      codes: [
        {
          attribute: "reason",
          description: "Why the customer calls",
          type: "categorical",
          instruction: "Choose one",
          categories: [{ category: "lost parcel", description: "it never came", icon: "📦" }],
        },
      ],
    });
    expect(schema).toEqual({
      ok: true,
      value: {
        labels: [
          {
            name: "reason",
            level: "record",
            kind: "single",
            description: "Why the customer calls\nChoose one",
            options: [{ value: "lost parcel", text: "lost parcel", description: "it never came" }],
          },
        ],
      },
    });
  });

  it("reads MEGAnno's spans and a codebook's free text as kinds of ours", () => {
    const options = [{ value: "p", text: "person" }];
    expect(readSchema({ label_schema: [{ name: "who", level: "span", options }] })).toMatchObject({
      value: { labels: [{ name: "who", level: "span", kind: "single", options }] },
    });
    const codes = [
      { attribute: "summary", type: "freetext", instruction: "Sum up", categories: [] },
    ];
    expect(readSchema({ codes })).toEqual({
      ok: true,
      value: {
        labels: [
          {
            name: "summary",
            level: "record",
            kind: "text",
            description: "Sum up",
            maxLength: 2000,
          },
        ],
      },
    });
  });

  it.each([
    [{ labels: [{ name: "mood", options: [{ value: "g" }] }] }, /label “mood”, option 1, text/],
    [{ labels: [{ name: "mood", options: [] }] }, /label “mood”, options/],
    [
      {
        labels: [
          {
            name: "mood",
            options: [
              { value: "a", text: "same" },
              { value: "b", text: "Same" },
            ],
          },
        ],
      },
      /“Same” twice/,
    ],
    [
      { label_schema: [{ name: "who", level: "page", options: [{ value: "p", text: "person" }] }] },
      /label “who”, level/,
    ],
    [{ codes: [{ attribute: "summary", type: "drawing" }] }, /label “summary”, kind/],
    [{ labels: [{ name: "n", kind: "number", options: [] }] }, /label “n”: Unrecognized key/],
    [{ labels: [{ name: "n", kind: "number", min: 3, max: 3 }] }, /label “n”, max: is 3/],
    [
      { labels: [{ name: "n", kind: "number", min: 1, max: 5, step: 3 }] },
      /label “n”, max: .* no whole number of steps/,
    ],
    [
      {
        labels: [
          {
            name: "r",
            kind: "ranking",
            top: 3,
            options: ["a", "b"].map((value) => ({ value, text: value })),
          },
        ],
      },
      /label “r”, top: asks for 3 of 2 options/,
    ],
    [
      { labels: [{ name: "a", options: [{ value: "x", text: "x", colour: "pink" }] }] },
      /label “a”, option 1, colour: is no colour/,
    ],
    [
      { label_schema: [{ name: "mood", options: [{ value: "g" }] }] },
      /label “mood”, option 1, text/,
    ],
    [{ label_schema: "mood" }, /labels/],
    [
      { codes: [{ attribute: "mood", categories: [{ category: ["a"] }] }] },
      /label “mood”, option 1, value/,
    ],
    [{ codes: [{ categories: [{ category: "a" }] }] }, /label 1, name/],
    [[1, 2], /not usable/],
    ["text", /not usable/],
  ])("refuses %j and names what is wrong", (json, message) => {
    const schema = readSchema(json);
    expect(schema.ok).toBe(false);
    if (!schema.ok) expect(schema.error.what).toMatch(message);
  });
});
