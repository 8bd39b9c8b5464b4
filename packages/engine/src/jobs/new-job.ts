import {
  type Agent,
  type Condition,
  err,
  hasBatches,
  type JobSettings,
  ok,
  type Problem,
  type ResolvedCondition,
  type Result,
  type SchemaVersion,
} from "@countersign/core";
import { findAgent } from "../agents/index.ts";
import type { Engine } from "../engine.ts";
import { connectionOf, type Environment } from "../llm/connection.ts";
import { pricingOf } from "../llm/prices.ts";
import { findProject, type ProjectReference } from "../projects/index.ts";
import { checkCondition } from "../records/index.ts";
import { findSchema } from "../schemas/index.ts";

/** What a job is to do. */
export interface NewJob {
  readonly project: string;
  /** An agent's name, id, or the beginning of its id. */
  readonly agent: string;
  /** The records to label; all if left out. */
  readonly where?: Condition | undefined;
  /** At most so many, in order of id. */
  readonly limit?: number | undefined;
  readonly settings: JobSettings;
}

/** Why a job cannot be what was asked for. */
export type NewJobProblem = Problem<
  "project-not-found" | "agent-not-found" | "schema-missing" | "search-invalid" | "job-not-possible"
>;

/** Finds what a new job speaks of, and checks that it can be done. */
export async function readNewJob(
  engine: Engine,
  input: NewJob,
): Promise<
  Result<
    {
      readonly project: ProjectReference;
      readonly agent: Agent;
      readonly schema: SchemaVersion;
      /** What the condition means now: subsets that change later change nothing for the job. */
      readonly where: ResolvedCondition | undefined;
    },
    NewJobProblem
  >
> {
  const project = await findProject(engine.db, input.project);
  if (!project.ok) return project;
  const agent = await findAgent(engine.db, project.value, input.agent);
  if (!agent.ok) return agent;
  const schema = await findSchema(engine.db, project.value);
  if (!schema.ok) return schema;
  const asked = checkLabels(agent.value, schema.value);
  if (!asked.ok) return asked;
  const priced = checkBudget(agent.value, input.settings, engine.environment);
  if (!priced.ok) return priced;
  const batched = checkBatch(agent.value, input.settings);
  if (!batched.ok) return batched;
  const checked = await checkCondition(engine, project.value, input.where);
  if (!checked.ok) return checked;
  return ok({
    project: project.value,
    agent: agent.value,
    schema: schema.value,
    where: checked.value,
  });
}

/** What has no known price cannot be kept to a sum of money. */
function checkBudget(
  { content: { model } }: Agent,
  { budget }: JobSettings,
  environment: Environment,
): Result<void, Problem<"job-not-possible">> {
  if (budget?.usd === undefined) return ok(undefined);
  const connection = connectionOf(model, environment);
  const usage = { inputTokens: 1, cachedInputTokens: 0, outputTokens: 1 };
  if (pricingOf(connection).costOf({ usage, simulated: false }) !== null) return ok(undefined);
  return err({
    type: "job-not-possible",
    what: `The price of ${connection.model} at ${connection.address} is not known, so a budget in dollars could not be kept.`,
    kept: "No job was made.",
    next: "Give a budget of tokens or records instead.",
  });
}

/** Batches need a provider that has them, in a form that is spoken here. */
function checkBatch(
  { name, content: { model } }: Agent,
  { batch }: JobSettings,
): Result<void, Problem<"job-not-possible">> {
  if (!batch || hasBatches(model)) return ok(undefined);
  return err({
    type: "job-not-possible",
    what: `The agent “${name}” asks ${model.provider}, which cannot be asked in batches here: openai, azure, anthropic and servers like OpenAI's can.`,
    kept: "No job was made.",
    next: "Run it without batches, or with an agent of another provider.",
  });
}

/** An agent is older than the newest schema, perhaps; it can only be asked for labels that are still there. */
function checkLabels(
  agent: Agent,
  { version, document }: SchemaVersion,
): Result<void, Problem<"job-not-possible">> {
  const names = new Set(document.labels.map((label) => label.name));
  const gone = agent.content.labels.find((name) => !names.has(name));
  if (gone === undefined) return ok(undefined);
  return err({
    type: "job-not-possible",
    what: `The agent “${agent.name}” asks for the label “${gone}”, which schema version ${version} no longer has.`,
    kept: "No job was made.",
    next: "Make an agent from the present schema: countersign agent create",
  });
}
