import { readFile } from "node:fs/promises";
import { readSchema, type SchemaDocument } from "@countersign/core";
import { UsageError } from "./usage.ts";

/** Reads a schema file in our own form, MEGAnno's or Fannotate's codebook form. */
export async function schemaFile(path: string): Promise<SchemaDocument> {
  const text = await readFile(path, "utf8").catch(() => {
    throw new UsageError(`${path} cannot be read.`);
  });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${path} is no JSON: ${(error as SyntaxError).message}`);
  }
  const schema = readSchema(json);
  if (!schema.ok)
    throw new UsageError(
      `${path}: ${[schema.error.what, schema.error.next].filter(Boolean).join(" ")}`,
    );
  return schema.value;
}
