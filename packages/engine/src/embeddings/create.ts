import {
  type Embedding,
  err,
  type NewEmbedding,
  type Problem,
  type Result,
} from "@countersign/core";
import type { Actor } from "../actor.ts";
import { checkAddress } from "../agents/address.ts";
import { notifyErrands } from "../background/notice.ts";
import type { Engine } from "../engine.ts";
import { findProject } from "../projects/index.ts";
import { checkCondition } from "../records/index.ts";
import type { EmbeddingNotFound } from "./find.ts";
import { get } from "./get.ts";

/**
 * Has a model make vectors of records' texts in the background. The address that it is reached at is checked as an
 * agent's is.
 */
export async function create(
  engine: Engine,
  actor: Actor,
  {
    project: projectName,
    name,
    model,
    dimensions,
    where,
  }: NewEmbedding & { readonly project: string },
): Promise<
  Result<
    Embedding,
    EmbeddingNotFound | Problem<"embedding-exists" | "agent-invalid" | "search-invalid">
  >
> {
  const project = await findProject(engine.db, projectName);
  if (!project.ok) return project;
  const address = checkAddress(model, actor, engine.environment);
  if (!address.ok) return address;
  const checked = await checkCondition(engine, project.value, where);
  if (!checked.ok) return checked;
  const made = await engine.db
    .insertInto("embeddings")
    .values({
      project_id: project.value.id,
      name,
      model: JSON.stringify(model),
      dimensions: dimensions ?? null,
      condition: where ? JSON.stringify(where) : null,
      state: "waiting",
      created_by: actor.name,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning("id")
    .executeTakeFirst();
  if (!made)
    return err({
      type: "embedding-exists",
      what: `The project “${projectName}” has vectors named “${name}” already.`,
      kept: "They are unchanged, and nothing was computed.",
      next: `Go on with them: countersign embeddings resume ${name}; or take another name.`,
    });
  await notifyErrands(engine.db);
  engine.log.info({ project: projectName, embedding: name, by: actor.name }, "embedding begun");
  return get(engine, { project: projectName, name });
}
