import { err, type LabelReply, ok, type Problem, type Result } from "@countersign/core";
import type { Engine } from "../engine.ts";
import { findProject } from "../projects/index.ts";
import { modelCalls, storedCalls } from "./model-calls.ts";

/** The prompts and stored replies that a job's label came from. A person's label, or gold, has none. */
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
    .innerJoin("job_items as item", (on) =>
      on.onRef("item.record_id", "=", "labels.record_id").onRef("item.job_id", "=", "jobs.id"),
    )
    .select([
      "jobs.id as job",
      "agents.content as agent",
      "records.content",
      "records.source",
      "labels.metadata",
      storedCalls(project.value.id).as("calls"),
    ])
    .where("labels.project_id", "=", project.value.id)
    .where("labels.id", "=", input.label)
    .executeTakeFirst();
  if (!found || found.calls.length === 0)
    return err({
      type: "label-not-found",
      what: `The project “${input.project}” has no label with the id ${input.label} that a job made.`,
      next: "Look at the record: people's labels and gold come from no reply.",
    });
  const { agent, content, source, calls, job, metadata } = found;
  const record = { text: content, columns: source };
  return ok({
    label: input.label,
    job,
    calls: modelCalls(calls, agent, record),
    metadata,
  });
}
