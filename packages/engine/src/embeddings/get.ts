import { type Embedding, ok, type Result } from "@countersign/core";
import type { Engine } from "../engine.ts";
import { type EmbeddingNotFound, type EmbeddingReference, findEmbedding } from "./find.ts";
import { toEmbedding } from "./select.ts";

/** Vectors by name, and how far computing them is. */
export async function get(
  engine: Engine,
  input: EmbeddingReference,
): Promise<Result<Embedding, EmbeddingNotFound>> {
  const found = await findEmbedding(engine.db, input);
  return found.ok ? ok(toEmbedding(found.value)) : found;
}
