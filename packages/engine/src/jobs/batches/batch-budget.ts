import type { Engine } from "../../engine.ts";
import { batchPrice } from "../../llm/batch/index.ts";
import { promptCounter } from "../../llm/tokens.ts";
import { findPilot } from "../estimate/pilot.ts";
import { replyTokens } from "../estimate.ts";
import { spentBy } from "../spent.ts";
import type { Assignment } from "../worker/assignment.ts";
import type { Question } from "../worker/questions.ts";
import type { Allowance } from "./draft.ts";
import { expectedOf } from "./rows.ts";

/** What one question is expected to take. */
export type Expectation = (question: Question) => {
  readonly usd: number;
  readonly tokens: number;
};

export const nothing: Expectation = () => ({ usd: 0, tokens: 0 });
export const none: Allowance = { usd: 0, tokens: 0, records: 0 };
const boundless: Allowance = {
  usd: Number.POSITIVE_INFINITY,
  tokens: Number.POSITIVE_INFINITY,
  records: Number.POSITIVE_INFINITY,
};

/** What is left of a job's budget, batches that are under way reckoned in. */
export async function allowanceOf(
  { db }: Engine,
  { job, settings: { budget } }: Assignment,
): Promise<Allowance> {
  if (!budget) return boundless;
  const spent = await spentBy(db, job);
  const expected = await expectedOf(db, job);
  const left = (kind: keyof Allowance, waiting: number) =>
    (budget[kind] ?? Number.POSITIVE_INFINITY) - spent[kind] - waiting;
  return {
    usd: left("usd", expected.usd),
    tokens: left("tokens", expected.tokens),
    records: left("records", expected.items),
  };
}

/** What a job's questions are expected to take: rather more than less, so that a budget is kept. */
export async function expectationOf(
  { db }: Engine,
  { settings: { budget }, connection, pricing, labels, agent, projectId, agentId }: Assignment,
): Promise<Expectation> {
  if (budget?.usd === undefined && budget?.tokens === undefined) return nothing;
  const tokenizer = await promptCounter(connection);
  const pilot = await findPilot(db, projectId, agentId);
  const outputTokens = Math.ceil(replyTokens(pilot, labels, agent, tokenizer).high);
  return ({ prompt }) => {
    const inputTokens = tokenizer.count(prompt);
    const usage = { inputTokens, cachedInputTokens: 0, outputTokens };
    const usd = batchPrice * (pricing.costOf({ usage, simulated: false }) ?? 0);
    return { usd, tokens: inputTokens + outputTokens };
  };
}
