import { type Embedding, err, type Problem, type Result } from "@countersign/core";
import type { Actor } from "../actor.ts";
import { notifyErrands } from "../background/notice.ts";
import type { Engine } from "../engine.ts";
import { type EmbeddingNotFound, type EmbeddingReference, findEmbedding } from "./find.ts";
import { get } from "./get.ts";

/**
 * Computes what is missing: after a halt, for records that came later, for texts that were changed. What was refused is
 * tried again.
 */
export async function resume(
  engine: Engine,
  actor: Actor,
  input: EmbeddingReference,
): Promise<Result<Embedding, EmbeddingNotFound | Problem<"embedding-not-possible">>> {
  const found = await findEmbedding(engine.db, input);
  if (!found.ok) return found;
  const { id, model } = found.value;
  if (model === null)
    return err({
      type: "embedding-not-possible",
      what: `The vectors “${input.name}” were imported; no model is known that would make more.`,
      next: "Keep those that are in the metadata now: countersign records vectors; or compute some under another name.",
    });
  await engine.db.transaction().execute(async (db) => {
    const begun = await db
      .updateTable("embeddings")
      .set({ state: "waiting", problem: null, finished_at: null })
      .where("id", "=", id)
      .where("state", "not in", ["waiting", "running"])
      .executeTakeFirst();
    if (begun.numUpdatedRows === 0n) return;
    await db.deleteFrom("embedding_refusals").where("embedding_id", "=", id).execute();
    await notifyErrands(db);
  });
  engine.log.info({ embedding: input.name, actor: actor.name }, "embedding resumed");
  return get(engine, input);
}
