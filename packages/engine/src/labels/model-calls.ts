import {
  type AgentContent,
  type ModelCall,
  type Prompt,
  type PromptInput,
  renderPrompt,
} from "@countersign/core";
import { type RawBuilder, sql } from "kysely";
import { type Templates, templatesOf } from "../agents/index.ts";

/** A stored reply of an item, and which of its calls it answers. */
export interface StoredCall extends Omit<ModelCall, "prompt"> {
  readonly sample: number;
}

/** The stored replies of the job item `item`, each sample's followed by the one that refines it. */
export const storedCalls = (projectId: number): RawBuilder<StoredCall[]> => sql<StoredCall[]>`(
  select coalesce(json_agg(json_build_object('sample', asked.sample::int - 1, 'refines', asked.refines,
    'reply', replies.text, 'at', replies.created_at, 'finish', replies.finish_reason,
    'inputTokens', replies.input_tokens, 'outputTokens', replies.output_tokens, 'cost', replies.cost,
    'latency', replies.latency_ms, 'model', replies.model_version, 'simulated', replies.simulated)
    order by asked.sample, asked.refines), '[]')
  from (
    select key, sample, false as refines
    from unnest(item.reply_keys) with ordinality as own (key, sample)
    union all
    select key, sample, true
    from unnest(item.refined_keys) with ordinality as refined (key, sample)
  ) as asked
  join replies on replies.project_id = ${projectId} and replies.key = asked.key)`;

/** The calls with their prompts, rendered once more: of a refining one, with the reply that it refines. */
export function modelCalls(
  calls: readonly StoredCall[],
  agent: AgentContent,
  record: PromptInput,
): ModelCall[] {
  const templates = templatesOf(agent);
  return calls.map(({ sample, ...call }) => ({
    ...call,
    prompt: promptOf({ sample, ...call }, calls, templates, record),
    // JSON gives a moment as Postgres writes it.
    at: new Date(call.at).toISOString(),
  }));
}

/** What is asked first of a record. */
export function firstPrompt(agent: AgentContent, record: PromptInput): ModelCall["prompt"] {
  const [template] = templatesOf(agent).samples;
  return template ? shown(renderPrompt(template, record)) : { system: null, user: "" };
}

function promptOf(
  { sample, refines }: StoredCall,
  calls: readonly StoredCall[],
  templates: Templates,
  record: PromptInput,
): ModelCall["prompt"] {
  const own = calls.find((call) => call.sample === sample && !call.refines);
  const template = refines ? templates.refine : templates.samples[sample];
  const text = refines ? (own?.reply ?? "") : record.text;
  return template ? shown(renderPrompt(template, { ...record, text })) : { system: null, user: "" };
}

const shown = ({ system, user }: Prompt): ModelCall["prompt"] => ({
  system: system ?? null,
  user,
});
