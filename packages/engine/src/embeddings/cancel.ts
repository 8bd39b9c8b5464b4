import type { Embedding, Result } from "@countersign/core";
import { sql } from "kysely";
import type { Actor } from "../actor.ts";
import type { Engine } from "../engine.ts";
import { type EmbeddingNotFound, type EmbeddingReference, findEmbedding } from "./find.ts";
import { get } from "./get.ts";

/** Stops computing. Vectors that are there stay and are searched; what is finished is left as it is. */
export async function cancel(
  engine: Engine,
  actor: Actor,
  input: EmbeddingReference,
): Promise<Result<Embedding, EmbeddingNotFound>> {
  const found = await findEmbedding(engine.db, input);
  if (!found.ok) return found;
  await engine.db
    .updateTable("embeddings")
    .set({ state: "cancelled", finished_at: sql`now()` })
    .where("id", "=", found.value.id)
    .where("state", "in", ["waiting", "running"])
    .execute();
  engine.log.info({ embedding: input.name, actor: actor.name }, "embedding cancelled");
  return get(engine, input);
}
