import { expect, test } from "vitest";
import { notation } from "./notation.ts";

const text = (schema: Parameters<typeof notation>[0]) =>
  notation(schema)
    .map((piece) => (typeof piece === "string" ? piece : `<${piece.component}>`))
    .join("");

test("a schema is written as TypeScript would write it", () => {
  expect(
    text({
      type: "object",
      required: ["name"],
      properties: {
        name: { type: "string", description: "Who" },
        at: { anyOf: [{ type: "string", format: "date-time" }, { type: "null" }] },
        kind: { enum: ["a", "b"], default: "a" },
        labels: { type: "array", items: { $ref: "#/components/schemas/Label" } },
        counts: { type: "object", additionalProperties: { type: "integer" } },
        inner: { type: "object", properties: { yes: { const: true } } },
      },
    }),
  ).toBe(`{
  // Who
  name: string
  at?: date-time | null
  kind?: "a" | "b" = "a"
  labels?: Array<<Label>>
  counts?: { [name: string]: integer }
  inner?: {
    yes?: true
  }
}`);
});
