import {
  err,
  type LabelReply,
  type ModelCall,
  ok,
  type Problem,
  type PromptInput,
  type Result,
  renderPrompt,
} from "@countersign/core";
import { sql } from "kysely";
import { type Templates, templatesOf } from "../agents/index.ts";
import type { Engine } from "../engine.ts";
import { findProject } from "../projects/index.ts";

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
    .innerJoin("job_items", (on) =>
      on
        .onRef("job_items.record_id", "=", "labels.record_id")
        .onRef("job_items.job_id", "=", "jobs.id"),
    )
    .select([
      "jobs.id as job",
      "agents.content as agent",
      "records.content",
      "records.source",
      "labels.metadata",
      sql<StoredCall[]>`(
        select coalesce(json_agg(json_build_object('sample', asked.sample::int - 1, 'refines', asked.refines,
            'reply', replies.text, 'at', replies.created_at) order by asked.sample, asked.refines), '[]')
        from (
          select key, sample, false as refines
          from unnest(job_items.reply_keys) with ordinality as own (key, sample)
          union all
          select key, sample, true
          from unnest(job_items.refined_keys) with ordinality as refined (key, sample)
        ) as asked
        join replies on replies.project_id = labels.project_id and replies.key = asked.key)`.as(
        "calls",
      ),
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
  const templates = templatesOf(agent);
  const record = { text: content, columns: source };
  return ok({
    label: input.label,
    job,
    calls: calls.map((call) => shown(call, calls, templates, record)),
    metadata,
  });
}

interface StoredCall {
  readonly sample: number;
  readonly refines: boolean;
  readonly reply: string;
  readonly at: string;
}

/** A call with its prompt, rendered once more: of a refining one, with the reply that it refines. */
function shown(
  { sample, refines, reply, at }: StoredCall,
  calls: readonly StoredCall[],
  templates: Templates,
  record: PromptInput,
): ModelCall {
  const own = calls.find((call) => call.sample === sample && !call.refines);
  const template = refines ? templates.refine : templates.samples[sample];
  const text = refines ? (own?.reply ?? "") : record.text;
  const { system = null, user = "" } = template ? renderPrompt(template, { ...record, text }) : {};
  return { prompt: { system, user }, reply, at: new Date(at).toISOString(), refines };
}
