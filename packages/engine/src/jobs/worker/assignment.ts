import {
  type AgentContent,
  compileExtraction,
  compileSureness,
  type JobSettings,
  type LabelDefinition,
  type Reply,
  type ReplyReader,
  type ReplyStructure,
  replyStructure,
  type SureReply,
} from "@countersign/core";
import { templatesOf } from "../../agents/index.ts";
import type { Engine } from "../../engine.ts";
import { chatModel } from "../../llm/ai-sdk-model.ts";
import type { ChatModel } from "../../llm/chat-model.ts";
import { connectionOf } from "../../llm/connection.ts";
import { type Pricing, pricingOf } from "../../llm/prices.ts";
import { type Carrier, carrierSince } from "../../schemas/index.ts";
import { spentBy } from "../spent.ts";
import type { Questioning } from "./questions.ts";
import { Spending } from "./spending.ts";
import type { Destination } from "./store.ts";

/** All that a worker needs to know to do a job's items; none of it changes while the job runs. */
export interface Assignment extends Destination, Questioning {
  readonly settings: JobSettings;
  readonly agentId: string;
  /** Kept where the job has a budget. */
  readonly spending: Spending | undefined;
  readonly labels: readonly LabelDefinition[];
  /** Puts what is read into the words of the newest schema, where options were renamed since the job began. */
  readonly carrier: Carrier;
  readonly read: ReplyReader;
  /** Takes what a reply says of its own sureness out of it, where the agent asks for that. */
  readonly readSureness: ((reply: Reply) => SureReply) | undefined;
  readonly pricing: Pricing;
  readonly model: ChatModel;
}

/** What an agent's replies are held to, where it asks for structured ones. */
export const structureOf = (
  { prompt, confidence }: AgentContent,
  labels: readonly LabelDefinition[],
): ReplyStructure | undefined =>
  prompt.format === "structured"
    ? replyStructure(labels, confidence?.by === "verbalised")
    : undefined;

/** Reads a job's assignment; undefined where the job is no longer there. */
export async function loadAssignment(
  { db, environment }: Engine,
  job: number,
): Promise<Assignment | undefined> {
  const row = await db
    .selectFrom("jobs")
    .innerJoin("annotators", "annotators.job_id", "jobs.id")
    .innerJoin("agents", (on) =>
      on
        .onRef("agents.project_id", "=", "jobs.project_id")
        .onRef("agents.id", "=", "jobs.agent_id"),
    )
    .innerJoin("schema_versions", (on) =>
      on
        .onRef("schema_versions.project_id", "=", "jobs.project_id")
        .onRef("schema_versions.version", "=", "jobs.schema_version"),
    )
    .select([
      "jobs.project_id",
      "jobs.agent_id",
      "jobs.label_names",
      "jobs.schema_version",
      "jobs.settings",
      "annotators.id as annotator_id",
      "agents.content",
      "schema_versions.document",
    ])
    .where("jobs.id", "=", job)
    .executeTakeFirst();
  if (!row) return undefined;
  const { content: agent, document } = row;
  const { budget } = row.settings;
  const connection = connectionOf(agent.model, environment);
  const labels = document.labels.filter((label) => row.label_names.includes(label.name));
  return {
    job,
    projectId: row.project_id,
    annotatorId: row.annotator_id,
    schemaVersion: row.schema_version,
    settings: row.settings,
    spending: budget && new Spending(budget, await spentBy(db, job)),
    agentId: row.agent_id,
    agent,
    templates: templatesOf(agent),
    labels,
    carrier: await carrierSince(db, row.project_id, row.schema_version),
    read: compileExtraction(labels),
    readSureness: agent.confidence?.by === "verbalised" ? compileSureness(labels) : undefined,
    structure: structureOf(agent, labels),
    asksAnew: row.settings.reuse === false ? job : undefined,
    connection,
    pricing: pricingOf(connection),
    model: chatModel(agent.model, environment),
  };
}
