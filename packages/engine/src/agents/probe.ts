import {
  err,
  type FinishReason,
  ok,
  type Problem,
  parseTemplate,
  type Result,
  renderPrompt,
} from "@countersign/core";
import type { Engine } from "../engine.ts";
import { structureOf } from "../jobs/worker/assignment.ts";
import { chatModel } from "../llm/ai-sdk-model.ts";
import { connectionOf } from "../llm/connection.ts";
import { pricingOf } from "../llm/prices.ts";
import { remedy } from "../llm/remedy.ts";
import { findProject } from "../projects/index.ts";
import { findSchema } from "../schemas/index.ts";
import { findAgent } from "./find.ts";

/** What came of asking an agent's model once. */
export interface Probe {
  readonly reply: string;
  readonly finish: FinishReason;
  /** Key of the record that was asked about; null for a stand-in text. */
  readonly record: string | null;
  readonly modelVersion: string | null;
  /** Whether token probabilities came. */
  readonly probabilities: boolean;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  /** US dollars; null where it is not known. */
  readonly cost: number | null;
  readonly latencyMs: number;
  readonly simulated: boolean;
}

/** Longer than this, in milliseconds, nobody waits for a probe. */
const timeoutMs = 60_000;

/** What is asked about where there is no record yet. */
const standIn = { key: null, content: "This is a text.", source: {} };

/**
 * Asks an agent's model once, with its own prompt and parameters, and the labels' JSON Schema where it asks for one, about the first record; stores nothing. A failure is
 * told in the provider's own words, with what can be done about it.
 */
export async function probe(
  { db, environment }: Engine,
  input: { readonly project: string; readonly agent: string },
  signal: AbortSignal,
): Promise<
  Result<
    Probe,
    Problem<"project-not-found" | "schema-missing" | "agent-not-found" | "probe-failed">
  >
> {
  const project = await findProject(db, input.project);
  if (!project.ok) return project;
  const found = await findAgent(db, project.value, input.agent);
  if (!found.ok) return found;
  const { content } = found.value;
  const { model, parameters, prompt } = content;
  const schema = await findSchema(db, project.value);
  if (!schema.ok) return schema;
  const labels = schema.value.document.labels.filter(({ name }) => content.labels.includes(name));
  const structure = structureOf(content, labels);

  const record =
    (await db
      .selectFrom("records")
      .select(["key", "content", "source"])
      .where("project_id", "=", project.value.id)
      .orderBy("id")
      .limit(1)
      .executeTakeFirst()) ?? standIn;
  const connection = connectionOf(model, environment);
  const rendered = renderPrompt(parseTemplate(prompt), {
    text: record.content,
    columns: record.source,
  });
  const answer = await chatModel(model, environment).call(
    { prompt: rendered, parameters, timeoutMs, ...(structure && { structure }) },
    signal,
  );
  if (!answer.ok) {
    const failure = answer.error;
    if (failure.kind === "aborted")
      return err({ type: "probe-failed", what: "The probe was given up before a reply came." });
    return err({
      type: "probe-failed",
      what: `${model.model} did not answer: ${failure.message}`,
      next: remedy(failure.reason, connection, "make"),
    });
  }
  const { text, finish, modelVersion, logprobs, usage, latencyMs, simulated } = answer.value;
  return ok({
    reply: text,
    finish,
    record: record.key,
    modelVersion,
    probabilities: logprobs !== undefined,
    inputTokens: usage.inputTokens,
    outputTokens: usage.outputTokens,
    cost: pricingOf(connection).costOf({ usage, simulated }),
    latencyMs,
    simulated,
  });
}
