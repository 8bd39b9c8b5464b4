import {
  type AgentContent,
  capabilitiesOf,
  checkParameters,
  checkTemplate,
  defaultPrompt,
  err,
  type LabelDefinition,
  type ModelConfiguration,
  type ModelParameters,
  ok,
  type ParsedTemplate,
  type Problem,
  type PromptTemplate,
  type Result,
  type SchemaDocument,
  writeExample,
} from "@countersign/core";
import { type Kysely, sql } from "kysely";
import type { Database } from "../store/database.ts";
import {
  composeConfidence,
  composeRefine,
  confidenceNotes,
  type GivenParts,
  type NewConfidence,
} from "./confidence.ts";
import { findExamples, type NewExample } from "./examples.ts";

/** What an agent is made of; what is left out is built from the project's newest schema. */
export interface NewAgent {
  readonly name?: string | undefined;
  readonly model: ModelConfiguration;
  readonly parameters: ModelParameters;
  readonly prompt: { readonly [Part in keyof PromptTemplate]?: PromptTemplate[Part] | undefined };
  readonly labels?: readonly string[] | undefined;
  /** Shown to the model with their right labels, in place of the prompt's own. */
  readonly examples?: readonly NewExample[] | undefined;
  /** Left out: by the label's token probability. */
  readonly confidence?: NewConfidence | undefined;
  /** Whether a reply that names no option is mapped by a second call, and by which prompt; `true` for the built one. */
  readonly refine?: true | GivenParts | undefined;
}

/** An agent's content with everything decided, and its template taken apart. */
export interface Composed {
  readonly content: AgentContent;
  readonly template: ParsedTemplate;
  /** What a user should know before the model is asked, a sentence each. */
  readonly notes: string[];
}

/** Decides everything that a new agent leaves open, and refuses what could not be asked of a single record. */
export async function compose(
  db: Kysely<Database>,
  projectId: number,
  schema: SchemaDocument,
  agent: NewAgent,
): Promise<Result<Composed, Problem<"label-not-in-schema" | "agent-invalid">>> {
  const storable = checkText(agent);
  if (!storable.ok) return storable;
  const version = checkVersion(agent.model);
  if (!version.ok) return version;
  const usual = (agent.confidence?.by ?? "label-token-probability") === "label-token-probability";
  const notes = checkParameters(agent.model, agent.parameters, usual);
  if (!notes.ok) return notes;
  const labels = labelsOf(schema, agent.labels);
  if (!labels.ok) return labels;

  const asksSureness = agent.confidence?.by === "verbalised";
  const built = defaultPrompt(labels.value, agent.prompt.format ?? "line", asksSureness);
  const examples = await findExamples(db, projectId, labels.value, agent.examples ?? []);
  if (!examples.ok) return examples;
  const written = examples.value.map((one) => writeExample(labels.value, one, built.format));
  const prompt: PromptTemplate = {
    user: agent.prompt.user ?? built.user,
    format: built.format,
    ...withSystem(agent.prompt.system ?? built.system),
    ...withExamples(agent.examples ? written : agent.prompt.examples),
  };
  const columns = await columnsOf(db, projectId);
  const template = checkTemplate(prompt, columns);
  if (!template.ok) return template;
  const confidence = composeConfidence(agent.confidence, prompt, columns);
  if (!confidence.ok) return confidence;
  const refine = composeRefine(agent.refine, labels.value, prompt, columns);
  if (!refine.ok) return refine;
  const names = labels.value.map((label) => label.name);
  const content: AgentContent = {
    model: withoutDefault(agent.model),
    parameters: agent.parameters,
    prompt,
    labels: names,
    ...(confidence.value && { confidence: confidence.value }),
    ...(refine.value && { refine: refine.value }),
  };
  return ok({
    content,
    template: template.value,
    notes: [
      ...notes.value,
      ...structureNotes(agent.model, built.format),
      ...confidenceNotes(content, agent.prompt.system === undefined),
    ],
  });
}

/** What becomes of asking for structured replies: never is it silently something else. */
function structureNotes(model: ModelConfiguration, format: PromptTemplate["format"]): string[] {
  if (format !== "structured") return [];
  switch (capabilitiesOf(model).structuredOutput) {
    case true:
      return [`${model.model} is held to a JSON Schema of the labels.`];
    case false:
      return [
        `${model.model} takes no JSON Schema: none is sent, and it is asked for JSON in words only.`,
      ];
    case undefined:
      return [
        `Whether ${model.model} takes a JSON Schema is not known: one is sent, and a server that takes none may refuse it or pass over it.`,
      ];
  }
}

/** An empty system part is none at all. */
const withSystem = (system: string | undefined) =>
  system === undefined || system === "" ? {} : { system };

/** No examples are none at all. */
const withExamples = (examples: PromptTemplate["examples"]) =>
  examples === undefined || examples.length === 0 ? {} : { examples };

/** The chat interface is the default, and naming it makes no other agent. */
function withoutDefault(model: ModelConfiguration): ModelConfiguration {
  if (!("interface" in model) || model.interface !== "chat") return model;
  const { interface: _, ...rest } = model;
  return rest;
}

/** The labels asked for, each once and in schema order, so that the order they were named in makes no other agent. */
function labelsOf(
  schema: SchemaDocument,
  asked: readonly string[] | undefined,
): Result<LabelDefinition[], Problem<"label-not-in-schema">> {
  const names = schema.labels.map((label) => label.name);
  const unknown = asked?.find((name) => !names.includes(name));
  if (unknown !== undefined)
    return err({
      type: "label-not-in-schema",
      what: `The schema has no label named “${unknown}”.`,
      next: `It has: ${names.map((name) => `“${name}”`).join(", ")}.`,
    });
  return ok(schema.labels.filter((label) => asked?.includes(label.name) ?? true));
}

/** What no database can hold, and no provider would take. */
function checkText(agent: NewAgent): Result<void, Problem<"agent-invalid">> {
  const { name, model, prompt, examples = [] } = agent;
  const shown = [...examples, ...(prompt.examples ?? [])].map(({ text }) => text);
  const replies = prompt.examples?.map(({ reply }) => reply) ?? [];
  const { confidence, refine } = agent;
  const others = confidence?.by === "paraphrase-consistency" ? confidence.prompts : [];
  const parts = [prompt, ...others, ...(typeof refine === "object" ? [refine] : [])].flatMap(
    ({ system, user }) => [system, user],
  );
  const texts = [name, model.model, ...parts, ...shown, ...replies];
  if (texts.every((text) => text === undefined || (text.isWellFormed() && !text.includes("\0"))))
    return ok(undefined);
  return err({
    type: "agent-invalid",
    what: "The agent's name, model or prompt holds a NUL character or half of a surrogate pair.",
    next: "Remove it; most editors show such characters only on request.",
  });
}

/** Azure's responses are reached through its v1 API alone. */
function checkVersion(model: ModelConfiguration): Result<void, Problem<"agent-invalid">> {
  if (model.provider !== "azure" || model.interface !== "responses" || !model.apiVersion)
    return ok(undefined);
  return err({
    type: "agent-invalid",
    what: "Azure's responses interface is reached through its v1 API, which takes no API version.",
    next: "Leave the API version out, or use the chat interface.",
  });
}

/** Names of the columns that records came with; those of the first thousand stand for all. */
async function columnsOf(db: Kysely<Database>, projectId: number): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select distinct jsonb_object_keys(source) as name
    from (select source from records where project_id = ${projectId} order by id limit 1000) as first_records
    order by name`.execute(db);
  return rows.map((row) => row.name);
}
