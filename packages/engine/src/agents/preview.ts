import {
  type Condition,
  err,
  ok,
  type Problem,
  type PromptTemplate,
  type Range,
  type Result,
  renderPrompt,
} from "@countersign/core";
import type { Engine } from "../engine.ts";
import { replyTokens } from "../jobs/estimate.ts";
import { connectionOf } from "../llm/connection.ts";
import { contextOf } from "../llm/context.ts";
import { pricingOf } from "../llm/prices.ts";
import { promptCounter } from "../llm/tokens.ts";
import { findProject, type ProjectReference } from "../projects/index.ts";
import { matchingRecords, searching } from "../records/index.ts";
import { findSchema } from "../schemas/index.ts";
import { compose, type NewAgent } from "./compose.ts";
import { templatesOf } from "./templates.ts";

/** What an agent would send about one record. */
export interface PreviewedPrompt {
  readonly key: string;
  readonly system: string | null;
  readonly user: string;
  /** Of this prompt, as the tokenizer counts. */
  readonly tokens: number;
  /** Whether the model takes so long a prompt; null where its window is not known. */
  readonly fits: boolean | null;
  /** Calls made for the record, if none is repeated. */
  readonly calls: number;
  /** US dollars that they are expected to cost; null where the model's price is not known. */
  readonly usd: number | null;
}

/** What an agent would send, how long it is and what it would cost. */
export interface Preview {
  readonly prompt: PromptTemplate;
  readonly prompts: PreviewedPrompt[];
  readonly tokenizer: { readonly name: string; readonly exact: boolean };
  /** What a reply is expected to take. */
  readonly replyTokens: Range;
  /** Most tokens the model takes; null where it is not known. */
  readonly contextTokens: number | null;
  /** Of a thousand records like these; null where the price is not known, or there are none. */
  readonly usdPerThousand: number | null;
}

type PreviewProblem = Problem<
  | "project-not-found"
  | "schema-missing"
  | "label-not-in-schema"
  | "agent-invalid"
  | "search-invalid"
  | "record-not-found"
>;

export interface PreviewInput {
  readonly project: string;
  readonly agent: NewAgent;
  /** How many at most. */
  readonly records: number;
  /** Of those that match; in order of import. */
  readonly where?: Condition | undefined;
  /** Just these. */
  readonly keys?: readonly string[] | undefined;
}

/**
 * The prompts an agent would send for some records, the first ones if none are chosen, with their tokens and the price to
 * be expected; makes no agent and calls nothing.
 */
export async function preview(
  engine: Engine,
  input: PreviewInput,
): Promise<Result<Preview, PreviewProblem>> {
  const { db, environment } = engine;
  const project = await findProject(db, input.project);
  if (!project.ok) return project;
  const schema = await findSchema(db, project.value);
  if (!schema.ok) return schema;
  const { document } = schema.value;
  const composed = await compose(db, project.value.id, document, input.agent);
  if (!composed.ok) return composed;
  const chosen = await chooseRecords(engine, project.value, input);
  if (!chosen.ok) return chosen;

  const { content } = composed.value;
  const connection = connectionOf(content.model, environment);
  const tokenizer = await promptCounter(connection);
  const pricing = pricingOf(connection);
  const context = contextOf(content.model, pricing);
  const labels = document.labels.filter(({ name }) => content.labels.includes(name));
  const reply = replyTokens(undefined, labels, content, tokenizer);
  const { samples } = templatesOf(content);

  const prompts = chosen.value.map(({ key, content: text, source }): PreviewedPrompt => {
    const asked = samples.map((template) => renderPrompt(template, { text, columns: source }));
    const counts = asked.map((prompt) => tokenizer.count(prompt));
    const costs = counts.map((inputTokens) =>
      pricing.costOf({
        usage: { inputTokens, cachedInputTokens: 0, outputTokens: Math.round(reply.likely) },
        simulated: false,
      }),
    );
    const [first, tokens = 0] = [asked[0], counts[0]];
    return {
      key,
      system: first?.system ?? null,
      user: first?.user ?? "",
      tokens,
      fits: context === undefined ? null : Math.max(...counts) <= context.tokens,
      calls: asked.length,
      usd: sumOf(costs),
    };
  });
  const total = sumOf(prompts.map(({ usd }) => usd));
  return ok({
    prompt: content.prompt,
    prompts,
    tokenizer: { name: tokenizer.name, exact: tokenizer.exact },
    replyTokens: reply,
    contextTokens: context?.tokens ?? null,
    usdPerThousand: total === null || prompts.length === 0 ? null : (1000 * total) / prompts.length,
  });
}

/** Null where one of them is not known. */
const sumOf = (costs: readonly (number | null)[]): number | null =>
  costs.reduce(
    (sum: number | null, cost) => (sum === null || cost === null ? null : sum + cost),
    0,
  );

async function chooseRecords(engine: Engine, project: ProjectReference, input: PreviewInput) {
  const { keys, records: most } = input;
  const named: Condition[] = keys === undefined ? [] : [{ key: [...keys] }];
  const conditions = [...named, ...(input.where === undefined ? [] : [input.where])];
  const where = conditions.length === 0 ? undefined : { all: conditions };
  const found = await searching(engine, { project, where }, async (snapshot, resolved) =>
    ok(
      await snapshot
        .selectFrom("records")
        .select(["key", "content", "source"])
        .where("id", "in", matchingRecords(snapshot, project.id, resolved).limit(most))
        .orderBy("id")
        .execute(),
    ),
  );
  if (!found.ok) return found;
  const missing = keys?.find((key) => !found.value.some((record) => record.key === key));
  if (missing === undefined || input.where !== undefined) return found;
  return err({
    type: "record-not-found" as const,
    what: `There is no record with the key “${missing}” in this project.`,
    next: "Name the keys of records that are there.",
  });
}
