import { expect, test } from "vitest";
import { mergeComponents } from "./components.ts";

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

test("what reads the same sent and received is one component", () => {
  const same = { type: "string" };
  expect(mergeComponents({ A: same, B: same }, { A: same, C: same }).schemas).toEqual({
    A: same,
    B: same,
    C: same,
  });
});

test("what differs, and what refers to it from far, is two components, and references follow", () => {
  const leaf = { sent: { type: "object" }, received: { type: "object", required: ["x"] } };
  const middle = { items: ref("Leaf") };
  const top = { properties: { m: ref("Middle"), o: ref("Other") } };
  const other = { type: "string" };
  const { schemas, renamed } = mergeComponents(
    { Top: top, Middle: middle, Leaf: leaf.sent, Other: other, Only: { items: ref("Top") } },
    { Top: top, Middle: middle, Leaf: leaf.received, Other: other },
  );
  expect(schemas).toEqual({
    Leaf: leaf.received,
    LeafInput: leaf.sent,
    Middle: middle,
    MiddleInput: { items: ref("LeafInput") },
    Only: { items: ref("TopInput") },
    Other: other,
    Top: top,
    TopInput: { properties: { m: ref("MiddleInput"), o: ref("Other") } },
  });
  expect(renamed({ anyOf: [ref("Leaf"), ref("Other")] })).toEqual({
    anyOf: [ref("LeafInput"), ref("Other")],
  });
});

test("a schema that refers to itself is printed once", () => {
  const list = { items: ref("List") };
  expect(mergeComponents({ List: list }, { List: list }).schemas).toEqual({ List: list });
});
