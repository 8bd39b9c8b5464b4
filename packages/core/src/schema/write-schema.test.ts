import { expect, test } from "vitest";
import { readSchema } from "./read-schema.ts";
import { SchemaDocument } from "./schema.ts";
import { writeSchema } from "./write-schema.ts";

const about = { dataset: "calls", createdAt: "2026-01-01T00:00:00Z" };
const options = ["person", "place"].map((value) => ({ value, text: value }));
const schema = SchemaDocument.parse({
  labels: [
    { name: "who", level: "span", options },
    { name: "topic", description: "What it is about", options },
    { name: "summary", kind: "text" },
    { name: "stars", kind: "number", min: 1, max: 5, step: 1 },
    { name: "order", kind: "ranking", options },
  ],
});
const readAgain = (json: unknown) => {
  const read = readSchema(json);
  return read.ok ? read.value.labels : read.error.what;
};

test("what another form can hold comes back from it, and the rest is named", () => {
  const meganno = writeSchema(schema, "meganno", about);
  expect(readAgain(meganno.json)).toMatchObject([
    { name: "who", level: "span" },
    { name: "topic" },
  ]);
  expect(meganno.left).toEqual([
    "label “topic”: descriptions",
    "label “summary”: MEGAnno has no text",
    "label “stars”: MEGAnno has no number",
    "label “order”: MEGAnno has no ranking",
  ]);
  const codebook = writeSchema(schema, "codebook", about);
  expect(readAgain(codebook.json)).toMatchObject([
    { name: "topic", kind: "single", description: "What it is about" },
    { name: "summary", kind: "text" },
  ]);
  expect(codebook.left).toEqual([
    "label “who”: a codebook has no spans",
    "label “stars”: a codebook has no numbers",
    "label “order”: a codebook has no rankings",
  ]);
});

test("our own form loses nothing", () => {
  expect(readAgain(writeSchema(schema, "own", about).json)).toEqual(schema.labels);
});
