import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { decodeQuery, encodeQuery } from "./query.ts";

const fields = z.object({
  text: z.string().optional(),
  choice: z.enum(["a", "true", "1"]).default("a"),
  number: z.number().optional(),
  flag: z.boolean().optional(),
  list: z.array(z.string()).optional(),
  whatever: z.json().optional(),
});

test("a query is read as it was written", () => {
  const query = fc.record(
    {
      text: fc.string({ unit: "grapheme" }),
      choice: fc.constantFrom("a", "true", "1"),
      number: fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0),
      flag: fc.boolean(),
      list: fc.array(fc.string()),
      // JSON has no -0
      whatever: fc.json({ noUnicodeString: false }).map((text) => JSON.parse(text)),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(query, (value) => {
      const sent = encodeQuery(fields, value).toString();
      expect(decodeQuery(fields, new URLSearchParams(sent))).toEqual(value);
    }),
  );
});

test("text that looks like JSON stays text", () => {
  expect(decodeQuery(fields, new URLSearchParams("text=12&choice=true"))).toEqual({
    text: "12",
    choice: "true",
  });
});

test("what is no JSON is left for validation to name", () => {
  const query = decodeQuery(fields, new URLSearchParams("number=many"));
  expect(fields.safeParse(query).error?.issues.map((issue) => issue.path)).toEqual([["number"]]);
});
