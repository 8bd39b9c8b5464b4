import { Condition } from "@countersign/core";
import { expect, test } from "vitest";
import { conditionOf, filtered } from "./filter.ts";

const spelled = (...words: string[]) => {
  const command = filtered("search", "")
    .exitOverride()
    .configureOutput({ writeErr: () => {} });
  const condition = conditionOf(command.parse(words, { from: "user" }).opts());
  if (condition) Condition.parse(condition);
  return condition;
};

test("no option means every record", () => {
  expect(spelled()).toBeUndefined();
});

test("a keyword may be words of which all or any are meant, and mind capitals", () => {
  expect(spelled("--keyword", "late bag", "--words", "any", "--case-sensitive")).toEqual({
    keyword: { text: "late bag", caseSensitive: true, match: "any" },
  });
});

test("metadata is compared as what it looks like, and quotes make it text", () => {
  expect(
    spelled(
      "--metadata",
      "stars>=3",
      'code="007"',
      "language!=en",
      "checked=true",
      "day<2026-01-31",
      "note",
    ),
  ).toEqual({
    all: [
      { metadata: { stars: { ">=": 3 } } },
      { metadata: { code: { "==": "007" } } },
      { metadata: { language: { "!=": "en" } } },
      { metadata: { checked: { "==": true } } },
      { metadata: { day: { "<": "2026-01-31" } } },
      { metadata: { note: { exists: true } } },
    ],
  });
  expect(() => spelled("--metadata", "checked<true")).toThrow(/have no order/);
});

test("a label is asked for by value, annotator, metadata and verdict at once", () => {
  expect(
    spelled(
      "--label=tone=neg",
      "--by=agent:mini",
      "--label-metadata=latency>1000",
      "--verified-by=ann",
      "--verified-since=2026-01-01",
    ),
  ).toEqual({
    label: {
      name: "tone",
      value: ["neg"],
      by: { agent: "mini" },
      metadata: { latency: { ">": 1000 } },
      verified: { by: ["ann"], at: { ">=": "2026-01-01" } },
    },
  });
  expect(spelled("--by", "3")).toEqual({ label: { by: { job: 3 } } });
  expect(spelled("--by", "gold")).toEqual({ label: { by: { gold: true } } });
  expect(() => spelled("--by", "nobody")).toThrow(/a job's number/);
});

test("what a label says is asked for by its options, its number or its words", () => {
  expect(spelled("--label=score>=3.5", "--by=2")).toEqual({
    label: { name: "score", by: { job: 2 }, says: { ">=": 3.5 } },
  });
  expect(spelled("--label", "topics=", "--says", "price", "bag", "--says-all", "late")).toEqual({
    label: { name: "topics", says: { any: ["price", "bag"], all: ["late"] } },
  });
  expect(spelled("--says-first", "price")).toEqual({ label: { says: { first: ["price"] } } });
  expect(spelled("--label", "why=", "--says-keyword", "late bag", "--words", "all")).toEqual({
    label: {
      name: "why",
      says: { keyword: { text: "late bag", caseSensitive: false, match: "all" } },
    },
  });
  expect(spelled("--label", "x<y")).toEqual({ label: { value: ["x<y"] } });
});

test("a conflict is between anybody, or between those who are named", () => {
  expect(spelled("--conflict")).toEqual({ conflict: {} });
  expect(spelled("--conflict", "1", "person:ann", "--label", "tone=")).toEqual({
    conflict: { label: "tone", among: [{ job: 1 }, { person: "ann" }] },
  });
});

test("subsets, outcomes and similar records are asked for by name", () => {
  expect(spelled("--subset", "pilot", "--outcome", "3:refused")).toEqual({
    all: [{ subset: "pilot" }, { outcome: { job: 3, is: ["refused"] } }],
  });
  expect(spelled("--similar-to", "k1", "k2", "--similar-by", "embedding", "--top", "5")).toEqual({
    similar: { to: { keys: ["k1", "k2"] }, by: { vector: "embedding" }, top: 5 },
  });
  expect(() => spelled("--top", "5")).toThrow(/need --similar-to/);
  expect(() => spelled("--outcome", "3:lost")).toThrow(/looks like “3:refused”/);
});
