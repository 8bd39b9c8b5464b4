import {
  Agent,
  Condition,
  LabelValue,
  ModelConfiguration,
  ModelParameters,
  PromptParts,
  PromptTemplate,
  Range,
} from "@countersign/core";
import { z } from "zod";
import { ProjectParams } from "./projects.ts";
import { PageQuery, pageOf, route } from "./route.ts";

const ModelProvider = z.enum([
  "openai",
  "azure",
  "anthropic",
  "google",
  "mistral",
  "openai-compatible",
] satisfies ModelConfiguration["provider"][]);

const NewExample = z
  .strictObject({
    text: z.string().min(1).max(200_000).optional(),
    record: z.string().optional().meta({ description: "A record's key, in place of a text" }),
    values: z.record(z.string(), LabelValue).optional().meta({
      description: "Label name → value; a record's gold labels if left out",
    }),
  })
  .meta({ id: "NewExample" });

const GivenParts = PromptParts.partial();

const NewConfidence = z
  .discriminatedUnion("by", [
    z.strictObject({ by: z.literal("label-token-probability") }),
    z.strictObject({ by: z.literal("self-consistency"), samples: z.int().min(2).max(20) }),
    z.strictObject({
      by: z.literal("paraphrase-consistency"),
      prompts: z.array(GivenParts).min(1).max(19).meta({
        description: "The task in other words; a part that is left out is the prompt's own",
      }),
    }),
    z.strictObject({ by: z.literal("verbalised") }),
  ])
  .meta({ id: "NewConfidence" });

/** What an agent is made of; the parts left out of the prompt are built from the project's schema. */
export const NewAgent = z
  .strictObject({
    name: z
      .string()
      .min(1)
      .max(100)
      .optional()
      .meta({ description: "The model's name if left out" }),
    model: ModelConfiguration,
    parameters: ModelParameters.prefault({}),
    prompt: PromptTemplate.partial().prefault({}),
    labels: z
      .array(z.string())
      .min(1)
      .optional()
      .meta({ description: "All labels of the schema if left out" }),
    examples: z.array(NewExample).min(1).max(100).optional().meta({
      description: "Shown to the model with their right labels, in place of the prompt's own",
    }),
    confidence: NewConfidence.optional().meta({
      description: "How confidence is come by; by the label's token probability if left out",
    }),
    refine: z
      .union([z.literal(true), GivenParts])
      .optional()
      .meta({
        description:
          "A second call maps a reply that names no option; true for the built prompt, or parts of your own, whose {{text}} is that reply",
      }),
  })
  .meta({ id: "NewAgent" });
export type NewAgent = z.input<typeof NewAgent>;

export const AgentParams = ProjectParams.extend({
  agent: z
    .string()
    .min(1)
    .meta({ description: "Its name, its id, or the first eight or more characters of its id" }),
});

/** What an agent would send, how long it is and what it would cost. */
export const Preview = z
  .object({
    prompt: PromptTemplate,
    prompts: z.array(
      z.object({
        key: z.string(),
        system: z.string().nullable(),
        user: z.string(),
        tokens: z.int().meta({ description: "Of this prompt" }),
        fits: z.boolean().nullable().meta({
          description: "Whether the model takes so long a prompt; null where its window is unknown",
        }),
        calls: z.int().meta({ description: "Calls made for the record, if none is repeated" }),
        usd: z.number().nullable().meta({
          description: "US dollars they are expected to cost; null where the price is unknown",
        }),
      }),
    ),
    tokenizer: z.object({
      name: z.string(),
      exact: z.boolean().meta({ description: "Whether it is the model's own" }),
    }),
    replyTokens: Range.meta({ description: "What a reply is expected to take" }),
    contextTokens: z.int().nullable().meta({ description: "Most tokens the model takes" }),
    usdPerThousand: z.number().nullable().meta({
      description: "US dollars for a thousand records like these; null where the price is unknown",
    }),
  })
  .meta({ id: "Preview" });

/** What came of asking an agent's model once. */
export const Probe = z
  .object({
    reply: z.string(),
    finish: z.enum(["stop", "length", "content-filter", "other"]),
    record: z
      .string()
      .nullable()
      .meta({ description: "Key of the record that was asked about; null for a stand-in text" }),
    modelVersion: z
      .string()
      .nullable()
      .meta({ description: "The model's version as the provider names it" }),
    probabilities: z.boolean().meta({ description: "Whether token probabilities came" }),
    inputTokens: z.int().nullable(),
    outputTokens: z.int().nullable(),
    cost: z.number().nullable().meta({ description: "US dollars; null where it is not known" }),
    latencyMs: z.number(),
    simulated: z.boolean(),
  })
  .meta({ id: "Probe" });

/** The operations on agents, by verb. */
export const agents = {
  create: route({
    id: "agents.create",
    method: "post",
    path: "/projects/{project}/agents",
    summary: "Register an agent; the same content is the same agent",
    params: ProjectParams,
    body: NewAgent,
    response: Agent.extend({
      created: z.boolean(),
      notes: z
        .array(z.string())
        .meta({ description: "What the model is not sent, and what is not known of it" }),
    }),
    problems: ["project-not-found", "schema-missing", "label-not-in-schema", "agent-invalid"],
  }),

  list: route({
    id: "agents.list",
    method: "get",
    path: "/projects/{project}/agents",
    summary: "Agents, newest first",
    params: ProjectParams,
    query: PageQuery.extend({
      provider: ModelProvider.optional(),
      model: z.string().optional().meta({ description: "The model, as its provider calls it" }),
      creator: z.string().optional().meta({ description: "Who made them" }),
    }),
    response: pageOf(Agent),
    problems: ["project-not-found"],
  }),

  get: route({
    id: "agents.get",
    method: "get",
    path: "/projects/{project}/agents/{agent}",
    summary: "One agent",
    params: AgentParams,
    response: Agent,
    problems: ["project-not-found", "agent-not-found"],
  }),

  preview: route({
    id: "agents.preview",
    method: "post",
    path: "/projects/{project}/agents/preview",
    summary:
      "The prompts an agent would send, their tokens and the price to be expected, without making it or calling anything",
    params: ProjectParams,
    body: z.strictObject({
      agent: NewAgent,
      records: z
        .int()
        .min(1)
        .max(20)
        .default(2)
        .meta({ description: "How many at most; the first ones if none are chosen" }),
      where: Condition.optional().meta({ description: "Of the records that match" }),
      keys: z.array(z.string()).min(1).max(20).optional().meta({
        description: "Just these records",
      }),
    }),
    response: Preview,
    problems: [
      "project-not-found",
      "schema-missing",
      "label-not-in-schema",
      "agent-invalid",
      "search-invalid",
      "record-not-found",
    ],
  }),

  probe: route({
    id: "agents.probe",
    method: "post",
    path: "/projects/{project}/agents/{agent}/probe",
    summary: "Ask an agent's model once, about the first record; stores nothing",
    params: AgentParams,
    response: Probe,
    problems: ["project-not-found", "schema-missing", "agent-not-found", "probe-failed"],
  }),
};
