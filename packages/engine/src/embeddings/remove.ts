import { ok, type Result } from "@countersign/core";
import type { Actor } from "../actor.ts";
import type { Engine } from "../engine.ts";
import { type EmbeddingNotFound, type EmbeddingReference, findEmbedding } from "./find.ts";

/** Deletes vectors of a name, all or none; what is computed meanwhile is not stored. */
export async function remove(
  engine: Engine,
  actor: Actor,
  input: EmbeddingReference,
): Promise<Result<{ removed: number }, EmbeddingNotFound>> {
  const found = await findEmbedding(engine.db, input);
  if (!found.ok) return found;
  await engine.db.deleteFrom("embeddings").where("id", "=", found.value.id).execute();
  engine.log.info({ embedding: input.name, actor: actor.name }, "vectors deleted");
  return ok({ removed: found.value.done });
}
