import {
  type AgentContent,
  compileExtraction,
  type JobSettings,
  type LabelDefinition,
  type ParsedTemplate,
  parseTemplate,
  type ReplyReader,
  type ReplyStructure,
  replyStructure,
} from "@countersign/core";
import type { Engine } from "../../engine.ts";
import { chatModel } from "../../llm/ai-sdk-model.ts";
import type { ChatModel } from "../../llm/chat-model.ts";
import { type Connection, connectionOf } from "../../llm/connection.ts";
import { type Pricing, pricingOf } from "../../llm/prices.ts";
import { spentBy } from "../spent.ts";
import { Spending } from "./spending.ts";
import type { Destination } from "./store.ts";

/** All that a worker needs to know to do a job's items; none of it changes while the job runs. */
export interface Assignment extends Destination {
  readonly settings: JobSettings;
  /** Kept where the job has a budget. */
  readonly spending: Spending | undefined;
  readonly agent: AgentContent;
  readonly template: ParsedTemplate;
  readonly labels: readonly LabelDefinition[];
  readonly read: ReplyReader;
  /** What the replies are held to, where the agent asks for structured ones. */
  readonly structure: ReplyStructure | undefined;
  readonly connection: Connection;
  readonly pricing: Pricing;
  readonly model: ChatModel;
}

/** What an agent's replies are held to, where it asks for structured ones. */
export const structureOf = (
  { prompt }: AgentContent,
  labels: readonly LabelDefinition[],
): ReplyStructure | undefined =>
  prompt.format === "structured" ? replyStructure(labels) : undefined;

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
    agent,
    template: parseTemplate(agent.prompt),
    labels,
    read: compileExtraction(labels),
    structure: structureOf(agent, labels),
    connection,
    pricing: pricingOf(connection),
    model: chatModel(agent.model, environment),
  };
}
