import {
  type AgentContent,
  type JobEstimate,
  type LabelDefinition,
  ok,
  optionsOf,
  type Range,
  type Result,
} from "@countersign/core";
import { templatesOf } from "../agents/index.ts";
import type { Engine } from "../engine.ts";
import { batchPrice } from "../llm/batch/index.ts";
import { connectionOf } from "../llm/connection.ts";
import { type Pricing, pricingOf } from "../llm/prices.ts";
import { promptCounter, type TokenCounter } from "../llm/tokens.ts";
import { findPilot, type Pilot } from "./estimate/pilot.ts";
import { sampleOf } from "./estimate/sample.ts";
import { type NewJob, type NewJobProblem, readNewJob } from "./new-job.ts";
import { structureOf } from "./worker/assignment.ts";
import { questionsOf } from "./worker/questions.ts";
import { storedReplies } from "./worker/stored-replies.ts";

/** How far another tokenizer than the model's may be off. */
const roughly = { low: 0.8, likely: 1, high: 1.3 };
/** Seconds a reply takes where no pilot tells. */
const usualLatency = { low: 0.4, likely: 1, high: 4 };
/** Seconds that batches take: an hour as a rule, and a day at most, else they expire. */
const batchSeconds: Range = { low: 60, likely: 3600, high: 86_400 };
/** Standard errors to either side that 95 of 100 means lie within. */
const z95 = 1.96;

/**
 * What a job would take in tokens, money and time. Prompts are counted on a sample of its records that is the same each
 * time, without those whose reply is stored; replies are taken to be as long and as quick as those of the agent's last
 * job, else as the schema's options. Limits are those of the settings; repeated calls are not reckoned in. Nothing is
 * called or stored.
 */
export async function estimate(
  engine: Engine,
  input: NewJob,
): Promise<Result<JobEstimate, NewJobProblem>> {
  const read = await readNewJob(engine, input);
  if (!read.ok) return read;
  const { db, environment } = engine;
  const { project, agent, schema, where } = read.value;
  const { content } = agent;
  const connection = connectionOf(content.model, environment);
  const sampled = await sampleOf(engine, project, where, input.limit);
  if (!sampled.ok) return sampled;
  const { records, sample } = sampled.value;

  const labels = schema.document.labels.filter(({ name }) => content.labels.includes(name));
  const questioning = {
    agent: content,
    connection,
    templates: templatesOf(content),
    structure: structureOf(content, labels),
  };
  const asked = sample.map((item) => questionsOf(questioning, item).samples);
  const keys = asked.flatMap((samples) => samples.map(({ key }) => key));
  const stored =
    input.settings.reuse === false ? new Map() : await storedReplies(db, project.id, keys);
  const openOf = asked.map((samples) => samples.filter(({ name }) => !stored.has(name)));
  const open = openOf.flat();
  const share = (part: readonly unknown[]) =>
    sample.length === 0 ? 0 : (records * part.length) / sample.length;

  const tokenizer = await promptCounter(connection);
  const pilot = await findPilot(db, project.id, agent.id);
  const calls = Math.round(share(open) * (1 + (pilot?.refined ?? 0)));
  const input1 = perCall(
    open.map(({ prompt }) => tokenizer.count(prompt)),
    tokenizer,
  );
  const output1 = replyTokens(pilot, labels, content, tokenizer);
  return ok({
    records,
    sampled: sample.length,
    reused: Math.round(share(openOf.filter((questions) => questions.length === 0))),
    calls,
    inputTokens: times(input1, calls),
    outputTokens: times(output1, calls),
    usd: priceOf(
      pricingOf(connection),
      input1,
      output1,
      calls * (input.settings.batch ? batchPrice : 1),
    ),
    seconds: secondsOf(input, calls, plus(input1, output1), pilot),
    tokenizer: { name: tokenizer.name, exact: tokenizer.exact },
    pilot: pilot?.job ?? null,
  });
}

const map = (range: Range, change: (n: number, part: keyof Range) => number): Range => ({
  low: change(range.low, "low"),
  likely: change(range.likely, "likely"),
  high: change(range.high, "high"),
});

const times = (range: Range, calls: number): Range => map(range, (n) => Math.round(n * calls));

const plus = (a: Range, b: Range): Range => map(a, (n, part) => n + b[part]);

/** A mean with its interval. */
const around = (mean: number, deviation: number, n: number): Range => {
  const off = (z95 * deviation) / Math.sqrt(Math.max(1, n));
  return { low: Math.max(0, mean - off), likely: mean, high: mean + off };
};

function perCall(counts: readonly number[], { exact }: TokenCounter): Range {
  const n = Math.max(1, counts.length);
  const mean = counts.reduce((sum, count) => sum + count, 0) / n;
  const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / Math.max(1, n - 1);
  const range = around(mean, Math.sqrt(variance), n);
  return exact ? range : map(range, (tokens, part) => tokens * roughly[part]);
}

/** What a reply is expected to take in tokens. */
export const replyTokens = (
  pilot: Pilot | undefined,
  labels: readonly LabelDefinition[],
  agent: AgentContent,
  tokenizer: TokenCounter,
): Range => (pilot ? ofPilot(pilot) : ofSchema(labels, agent, tokenizer));

const ofPilot = ({ outputTokens, deviation, replies }: Pilot): Range =>
  around(outputTokens, deviation, replies);

/** Words of a sentence or two, and how many spans a text is taken to have. */
const usualWords = 40;
const usualSpans = [0, 3, 12];

/** Answers of usual length: each option, or what is written where there are none. */
function usualAnswers(label: LabelDefinition): string[] {
  const options = optionsOf(label).map(({ text }) => text);
  const words = (n: number) => "word ".repeat(n);
  if (label.level === "span") {
    const quote = `{"text": "${words(4)}", "occurrence": 1, "option": "${options[0] ?? words(4)}"}`;
    return usualSpans.map((n) => JSON.stringify(Array.from({ length: n }, () => quote)));
  }
  switch (label.kind) {
    case "ranking":
      return [options.slice(0, label.top).join(" > ")];
    case "number":
      return [String(label.max ?? 100)];
    case "text":
      return [5, usualWords, label.maxLength / 5].map((n) =>
        words(Math.min(n, label.maxLength / 5)),
      );
    default:
      return options;
  }
}

/** The length of “name: answer” lines, with each label's shortest, middle and longest answer. */
function ofSchema(
  labels: readonly LabelDefinition[],
  { parameters }: AgentContent,
  tokenizer: TokenCounter,
): Range {
  const form = tokenizer.count({ user: "" });
  const sum = labels
    .map((label) => {
      const lines = usualAnswers(label)
        .map((answer) => tokenizer.count({ user: `${label.name}: ${answer}\n` }) - form)
        .toSorted((a, b) => a - b);
      const likely = lines[Math.floor(lines.length / 2)] ?? 0;
      return { low: lines[0] ?? 0, likely, high: 2 * (lines.at(-1) ?? 0) };
    })
    .reduce(plus, { low: 0, likely: 0, high: 0 });
  return map(sum, (n) => Math.min(n, parameters.maxOutputTokens ?? Number.POSITIVE_INFINITY));
}

function priceOf(pricing: Pricing, input: Range, output: Range, calls: number): Range | null {
  // Nothing costs nothing, whatever the price.
  if (calls === 0) return { low: 0, likely: 0, high: 0 };
  const cost = (part: keyof Range): number | null =>
    pricing.costOf({
      usage: {
        inputTokens: Math.round(input[part]),
        cachedInputTokens: 0,
        outputTokens: Math.round(output[part]),
      },
      simulated: false,
    });
  const [low, likely, high] = [cost("low"), cost("likely"), cost("high")];
  if (low === null || likely === null || high === null) return null;
  return { low: low * calls, likely: likely * calls, high: high * calls };
}

/** As long as the slowest of: calls one after the other in so many places, requests a minute, tokens a minute. */
function secondsOf(
  { settings }: NewJob,
  calls: number,
  tokens: Range,
  pilot: Pilot | undefined,
): Range {
  const { batch, concurrency, requestsPerMinute, tokensPerMinute } = settings;
  if (batch) return calls === 0 ? { low: 0, likely: 0, high: 0 } : batchSeconds;
  const seconds = pilot && pilot.latencyMs !== null ? pilot.latencyMs / 1000 : undefined;
  const latency =
    seconds === undefined ? usualLatency : { low: seconds, likely: seconds, high: 2 * seconds };
  return map(latency, (one, part) =>
    Math.max(
      (calls * one) / concurrency,
      requestsPerMinute === undefined ? 0 : (60 * calls) / requestsPerMinute,
      tokensPerMinute === undefined ? 0 : (60 * calls * tokens[part]) / tokensPerMinute,
    ),
  );
}
