import { Condition } from "@countersign/core";
import { expect, it } from "vitest";
import { conditionWords } from "./words.ts";

const said = (condition: unknown): string => conditionWords(Condition.parse(condition));

it.each([
  [{ metadata: { stars: { ">=": 3, "<": 5 } } }, "where stars < 5 and stars ≥ 3"],
  [{ metadata: { note: { exists: false } } }, "where note is missing"],
  [{ metadata: { day: { in: ["Mon", "Tue"] } } }, "where day is Mon or Tue"],
  [{ subset: "pilot" }, "in the subset pilot"],
  [{ regex: { pattern: "a+" } }, "matching /a+/"],
  [{ keyword: { text: "late bag", match: "any" } }, "containing any of “late bag”"],
  [{ key: ["a", "b", "c", "d", "e"] }, "with the key a, b, c or 2 more"],
  [
    { conflict: { label: "tone", among: [{ job: 1 }, { person: "ann" }] } },
    "in conflict over tone between job 1, ann",
  ],
  [{ outcome: { job: 3, is: ["invalid-reply"] } }, "that job 3 left invalid reply"],
  [{ assignment: { name: "first" } }, "of the assignment first"],
  [
    { assignment: { name: "first", is: "done", by: ["ann", "ben"] } },
    "done in the assignment first by ann or ben",
  ],
  [{ similar: { to: { keys: ["r1"] }, top: 5 } }, "most similar to r1, 5 at most"],
  [
    {
      label: {
        name: "tone",
        value: ["neg"],
        verified: { by: ["ann"], at: { ">=": "2026-01-01" } },
      },
    },
    "labelled for tone as neg with a verdict of ann ≥ 2026-01-01",
  ],
  [
    { label: { name: "topics", says: { any: ["price", "bag"], keyword: { text: "late" } } } },
    "labelled for topics saying price or bag and containing “late”",
  ],
  [{ label: { name: "score", says: { ">=": 3 } } }, "labelled for score ≥ 3"],
  [
    { label: { name: "parts", value: [[]], verified: { says: { first: ["a"] } } } },
    "labelled for parts as nothing with a verdict ranking a first",
  ],
  [
    { any: [{ subset: "a" }, { not: [{ subset: "b" }] }] },
    "(in the subset a or not (in the subset b))",
  ],
])("%j is said as “%s”", (condition, words) => {
  expect(said(condition)).toBe(words);
});
