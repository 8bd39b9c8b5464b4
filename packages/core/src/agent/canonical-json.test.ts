import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson } from "./agent.ts";

test("keys are sorted at every depth, white space is left out, lists keep their order", () => {
  expect(canonicalJson({ b: [{ z: 1, a: 2 }, 1], a: { d: null, c: "é" } })).toBe(
    '{"a":{"c":"é","d":null},"b":[{"a":2,"z":1},1]}',
  );
});

test("what is undefined is as if it were not there", () => {
  expect(canonicalJson({ a: undefined, b: 1 })).toBe(canonicalJson({ b: 1 }));
});

const shuffled = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(shuffled)
    : value !== null && typeof value === "object"
      ? Object.fromEntries(
          Object.entries(value)
            .reverse()
            .map(([key, inner]) => [key, shuffled(inner)]),
        )
      : value;

test("documents with the same content have the same text, which reads back as the content", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value);
      expect(canonicalJson(shuffled(value))).toBe(text);
      expect(canonicalJson(JSON.parse(text))).toBe(text);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});
