import {
  err,
  type LabelReply,
  ok,
  type Problem,
  parseTemplate,
  type Result,
  renderPrompt,
} from "@countersign/core";
import type { Engine } from "../engine.ts";
import { findProject } from "../projects/index.ts";

/** The prompt and the stored reply that a job's label came from. A person's label, or gold, has none. */
export async function reply(
  { db }: Engine,
  input: { readonly project: string; readonly label: number },
): Promise<Result<LabelReply, Problem<"project-not-found" | "label-not-found">>> {
  const project = await findProject(db, input.project);
  if (!project.ok) return project;
  const found = await db
    .selectFrom("labels")
    .innerJoin("annotators", "annotators.id", "labels.annotator_id")
    .innerJoin("jobs", "jobs.id", "annotators.job_id")
    .innerJoin("agents", (on) =>
      on
        .onRef("agents.project_id", "=", "jobs.project_id")
        .onRef("agents.id", "=", "jobs.agent_id"),
    )
    .innerJoin("records", "records.id", "labels.record_id")
    .innerJoin("job_items", (on) =>
      on
        .onRef("job_items.record_id", "=", "labels.record_id")
        .onRef("job_items.job_id", "=", "jobs.id"),
    )
    .innerJoin("replies", (on) =>
      on
        .onRef("replies.project_id", "=", "labels.project_id")
        .onRef("replies.key", "=", "job_items.reply_key"),
    )
    .select([
      "jobs.id as job",
      "agents.content as agent",
      "records.content",
      "records.source",
      "replies.text",
      "replies.created_at",
      "labels.metadata",
    ])
    .where("labels.project_id", "=", project.value.id)
    .where("labels.id", "=", input.label)
    .executeTakeFirst();
  if (!found)
    return err({
      type: "label-not-found",
      what: `The project “${input.project}” has no label with the id ${input.label} that a job made.`,
      next: "Look at the record: people's labels and gold come from no reply.",
    });
  const { agent, content, source } = found;
  const { system = null, user } = renderPrompt(parseTemplate(agent.prompt), {
    text: content,
    columns: source,
  });
  return ok({
    label: input.label,
    job: found.job,
    prompt: { system, user },
    reply: found.text,
    at: found.created_at,
    metadata: found.metadata,
  });
}
