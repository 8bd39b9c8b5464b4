import { SchemaDocument } from "@countersign/core";
import { describe, expect, it } from "vitest";
import {
  changed,
  type Draft,
  type DraftOption,
  draftOf,
  finished,
  moved,
  newLabel,
} from "./draft.ts";

const noBounds = { min: "", max: "", step: "", maxLength: "", top: "" };

const document: SchemaDocument = {
  labels: [
    {
      name: "sentiment",
      level: "record",
      kind: "single",
      description: "Towards the airline.",
      options: [
        { value: "neg", text: "negative" },
        { value: "pos", text: "positive", description: "Praise, thanks." },
      ],
    },
  ],
};

const withOption = (draft: Draft, place: number, change: Partial<DraftOption>) => {
  const [label = newLabel()] = draft.labels;
  const id = label.options[place]?.id ?? "";
  return {
    labels: changed(draft.labels, label.id, { options: changed(label.options, id, change) }),
  };
};

describe("a draft of a schema", () => {
  it("unchanged is the schema again", () => {
    expect(finished(draftOf(document))).toEqual({ document, rename: {} });
  });

  it("an option without a text reads as its value", () => {
    const draft = withOption(draftOf(document), 0, { value: " neutral ", text: "" });
    expect(finished(draft)).toMatchObject({
      document: { labels: [{ options: [{ value: "neutral", text: "neutral" }, {}] }] },
    });
  });

  it("an option with another value maps the labels that have the former one, unless that is not wanted", () => {
    const draft = withOption(draftOf(document), 0, { value: "bad" });
    expect(finished(draft)).toMatchObject({ rename: { sentiment: { neg: "bad" } } });
    expect(finished(withOption(draft, 0, { unmapped: true }))).toMatchObject({ rename: {} });
  });

  it("holds every kind with its bounds", () => {
    const all = SchemaDocument.parse({
      labels: [
        { name: "stars", kind: "number", min: 1, max: 5, step: 0.5 },
        { name: "note", kind: "text", maxLength: 80 },
        {
          name: "order",
          kind: "ranking",
          top: 1,
          options: [
            { value: "a", text: "a", colour: "teal" },
            { value: "b", text: "b" },
          ],
        },
        { name: "who", level: "span", options: [{ value: "a", text: "a", colour: "#aa0000" }] },
      ],
    });
    expect(finished(draftOf(all))).toEqual({ document: all, rename: {} });
    const [stars] = draftOf(all).labels;
    const crossed = { ...(stars ?? newLabel()), bounds: { ...noBounds, min: "9", max: "5" } };
    expect(finished({ labels: [crossed] })).toMatchObject({ says: expect.stringContaining("Max") });
  });

  it("says what is still empty, and where", () => {
    const draft = draftOf(undefined);
    expect(finished(draft)).toEqual({ of: draft.labels[0]?.id, says: "The name is still empty." });
    const named = { labels: changed(draft.labels, draft.labels[0]?.id ?? "", { name: "tone" }) };
    expect(finished(named)).toEqual({
      of: draft.labels[0]?.options[0]?.id,
      says: "The value is still empty.",
    });
  });

  it("says which word stands twice", () => {
    const draft = withOption(draftOf(document), 1, { text: "Negative" });
    expect(finished(draft)).toMatchObject({ says: expect.stringContaining("“Negative” twice") });
  });

  it("moves an option up and down, not beyond the ends", () => {
    const items = [{ id: "a" }, { id: "b" }, { id: "c" }];
    expect(moved(items, "c", -1).map(({ id }) => id)).toEqual(["a", "c", "b"]);
    expect(moved(items, "a", 1).map(({ id }) => id)).toEqual(["b", "a", "c"]);
    expect(moved(items, "a", -1)).toBe(items);
    expect(moved(items, "c", 1)).toBe(items);
  });
});
