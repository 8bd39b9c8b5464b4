import type { FileReading, ImportPreview, Result } from "@countersign/core";
import type { Engine } from "../engine.ts";
import { previewFile } from "../records/index.ts";
import { bytesOf } from "./bytes.ts";
import { get, type ImportNotFound, type ImportReference } from "./find.ts";

/** The beginning of a file that has come, or is coming, and how it would be imported. */
export async function preview(
  engine: Engine,
  { reading, ...reference }: ImportReference & { readonly reading: FileReading },
): Promise<Result<ImportPreview, ImportNotFound>> {
  const found = await get(engine, reference);
  if (!found.ok) return found;
  return previewFile(engine, {
    project: reference.project,
    name: found.value.name,
    reading,
    partial: found.value.state === "receiving",
    body: bytesOf(engine, reference.import),
  });
}
