import {
  ok,
  type Problem,
  type PromptTemplate,
  type Result,
  renderPrompt,
} from "@countersign/core";
import type { Engine } from "../engine.ts";
import { findProject } from "../projects/index.ts";
import { findSchema } from "../schemas/index.ts";
import { compose, type NewAgent } from "./compose.ts";

/** What an agent would send. */
export interface Preview {
  readonly prompt: PromptTemplate;
  /** One a record, by its key. */
  readonly prompts: { key: string; system: string | null; user: string }[];
}

/** The prompts an agent would send for the first records; makes no agent and calls nothing. */
export async function preview(
  engine: Engine,
  input: { readonly project: string; readonly agent: NewAgent; readonly records: number },
): Promise<
  Result<
    Preview,
    Problem<"project-not-found" | "schema-missing" | "label-not-in-schema" | "agent-invalid">
  >
> {
  const { db } = engine;
  const project = await findProject(db, input.project);
  if (!project.ok) return project;
  const schema = await findSchema(db, project.value);
  if (!schema.ok) return schema;
  const composed = await compose(db, project.value.id, schema.value.document, input.agent);
  if (!composed.ok) return composed;

  const { content, template } = composed.value;
  const records = await db
    .selectFrom("records")
    .select(["key", "content", "source"])
    .where("project_id", "=", project.value.id)
    .orderBy("id")
    .limit(input.records)
    .execute();
  const prompts = records.map((record) => {
    const { system, user } = renderPrompt(template, {
      text: record.content,
      columns: record.source,
    });
    return { key: record.key, system: system ?? null, user };
  });
  return ok({ prompt: content.prompt, prompts });
}
