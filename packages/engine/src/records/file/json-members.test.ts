import fc from "fast-check";
import { expect, test } from "vitest";
import { jsonMembers } from "./json-members.ts";

test("members are read as JSON.parse reads them, whatever stands between them", () => {
  const space = fc.stringMatching(/^[ \t\r\n]{0,2}$/);
  fc.assert(
    fc.property(
      fc.dictionary(fc.string({ unit: "binary" }), fc.jsonValue(), { noNullPrototype: true }),
      fc.array(space, { minLength: 5, maxLength: 5 }),
      (object, [a = "", b = "", c = "", d = "", e = ""]) => {
        const members = Object.entries(object).map(
          ([name, value]) =>
            `${b}${JSON.stringify(name)}${c}:${d}${JSON.stringify(value, null, 1)}${e}`,
        );
        const { names, values } = jsonMembers(
          `${a}{${members.join(",")}${members.length ? "" : a}}${e}`,
        );
        expect(names).toEqual(Object.keys(object));
        expect(values).toEqual(
          Object.values(object).map((value) => JSON.stringify(value, null, 1)),
        );
      },
    ),
  );
});

test("numbers keep their digits, and repeated names are all there", () => {
  expect(jsonMembers('{"a":12345678901234567890,"a" : 1.50 ,"b":-1E+2}')).toEqual({
    names: ["a", "a", "b"],
    values: ["12345678901234567890", "1.50", "-1E+2"],
  });
});

test("brackets and quotes inside strings end nothing", () => {
  const written = ['["]","\\\\"]', '{"x":"}\\"{"}', '"\\\\"', "[]"];
  const text = `{${written.map((value, n) => `"${n}":${value}`).join(", ")}}`;
  expect(jsonMembers(text).values).toEqual(written);
});

test("a string of a million escapes is read", () => {
  const value = `"${"\\n".repeat(1_000_000)}"`;
  expect(jsonMembers(`{"a":${value}}`).values).toEqual([value]);
});
