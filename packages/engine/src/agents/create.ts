import { createHash } from "node:crypto";
import { type Agent, canonicalJson, ok, type Problem, type Result } from "@countersign/core";
import type { Actor } from "../actor.ts";
import type { Engine } from "../engine.ts";
import { findProject } from "../projects/index.ts";
import { findSchema } from "../schemas/index.ts";
import { checkAddress } from "./address.ts";
import { compose, type NewAgent } from "./compose.ts";
import { selectAgents } from "./select.ts";

/**
 * Registers an agent. Its id is the SHA-256 of its content with everything decided, so that the same content is the same
 * agent: it is then returned as it stands, under the name it has, with `created` false. `notes` say what a user should know before it
 * is run: what of its parameters the model does not take, what is not known of the model.
 */
export async function create(
  engine: Engine,
  actor: Actor,
  input: NewAgent & { readonly project: string },
): Promise<
  Result<
    Agent & { created: boolean; notes: string[] },
    Problem<"project-not-found" | "schema-missing" | "label-not-in-schema" | "agent-invalid">
  >
> {
  const { db } = engine;
  const project = await findProject(db, input.project);
  if (!project.ok) return project;
  const schema = await findSchema(db, project.value);
  if (!schema.ok) return schema;
  const address = checkAddress(input.model, actor, engine.environment);
  if (!address.ok) return address;
  const composed = await compose(db, project.value.id, schema.value.document, input);
  if (!composed.ok) return composed;

  const content = canonicalJson(composed.value.content);
  const id = createHash("sha256").update(content).digest("hex");
  const { numInsertedOrUpdatedRows } = await db
    .insertInto("agents")
    .values({
      project_id: project.value.id,
      id,
      name: input.name ?? input.model.model,
      content,
      created_by: actor.name,
    })
    .onConflict((taken) => taken.doNothing())
    .executeTakeFirstOrThrow();
  const agent = await selectAgents(db, project.value.id)
    .where("agents.id", "=", id)
    .executeTakeFirstOrThrow();
  return ok({
    ...agent,
    created: numInsertedOrUpdatedRows === 1n,
    notes: composed.value.notes,
  });
}
