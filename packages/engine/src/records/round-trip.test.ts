import { type ExportFormat, ExportOptions, SchemaDocument } from "@countersign/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freshEngine } from "../../../../test/fresh-database.ts";
import { given } from "../../../../test/given.ts";
import { ann, freshProject, imported } from "../../test/importing.ts";
import type { Engine } from "../engine.ts";
import * as schemas from "../schemas/index.ts";
import { prepareExport } from "./index.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await freshEngine();
});
afterAll(() => engine.close());

const document = SchemaDocument.parse({
  labels: [
    {
      name: "tone",
      options: [
        { value: "neg", text: "negative" },
        { value: "pos", text: "positive" },
      ],
    },
    {
      name: "topics",
      kind: "multiple",
      options: ["a", "b"].map((value) => ({ value, text: value })),
    },
  ],
});

async function withSchema(): Promise<string> {
  const project = await freshProject(engine);
  given(await schemas.set(engine, ann, { project, document }));
  return project;
}

async function exported(project: string, format: ExportFormat): Promise<string> {
  const { write } = given(
    await prepareExport(engine, { project, ...ExportOptions.parse({ format }) }),
  );
  const chunks = await Array.fromAsync(write());
  return chunks.map((chunk) => Buffer.from(chunk).toString()).join("");
}

/** The same without the ids of labels, which are each database's own. */
const withoutIds = (json: string): unknown =>
  JSON.parse(json.replaceAll(/"label-\d+(-\d+)?"/g, '"label"'));

test("Label Studio's tasks go out, come in and go out the same", async () => {
  const project = await withSchema();
  const codes = { "1": "pos", "0": "neg" };
  await imported(
    engine,
    project,
    'id,text,n,gold,gpt,sure,eve,t\n007,"one, ""two""",x,1,0,0.25,1,"[""a"",""b""]"\n8,größer 🦊,,,1,,0,\n',
    {
      mapping: {
        key: "id",
        text: "text",
        metadata: ["n"],
        gold: { tone: { column: "gold", codes } },
        labels: [
          { label: "tone", column: "gpt", by: { name: "gpt 4" }, codes, confidence: "sure" },
          { label: "tone", column: "eve", by: { name: "eve" }, kind: "person", codes },
          { label: "topics", column: "t", by: { name: "eve" }, kind: "person" },
        ],
      },
    },
  );
  const first = await exported(project, "label-studio");
  const again = await withSchema();
  const report = await imported(engine, again, first, {
    format: undefined,
    mapping: { key: "key", text: "text" },
    chunk: 999,
  });
  expect(report).toMatchObject({
    added: 2,
    goldLabels: 1,
    labels: 5,
    leftOut: {},
    reading: { layout: "label-studio" },
  });
  expect(withoutIds(await exported(again, "label-studio"))).toEqual(withoutIds(first));
});
