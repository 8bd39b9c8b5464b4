import { Command, Option } from "@commander-js/extra-typings";
import {
  type Behaviour,
  type FaultRule,
  startSimulator,
  UnusableReplies,
  WrittenFaultRule,
} from "@countersign/simulator";
import { InvalidArgumentError } from "commander";
import type { z } from "zod";
import { wholeNumber } from "../filter.ts";
import { providers } from "../model.ts";
import { remark } from "../output.ts";
import { portNumber } from "../port.ts";
import { positive } from "../positive.ts";
import { describeRehearsal } from "../rehearsal/describe.ts";
import { type ItemsOptions, sizedItems } from "../rehearsal/items.ts";
import { type JobOptions, rehearsedModel, settingsOf } from "../rehearsal/options.ts";
import { rehearseJob } from "../rehearsal/rehearsal.ts";
import { untilStopped } from "../signals.ts";
import { UsageError } from "../usage.ts";

function notNegative(text: string): number {
  const n = Number(text);
  if (text.trim() !== "" && Number.isFinite(n) && n >= 0) return n;
  throw new InvalidArgumentError("It is a number from 0.");
}

function wholeFromZero(text: string): number {
  const n = notNegative(text);
  if (Number.isSafeInteger(n)) return n;
  throw new InvalidArgumentError("It is a whole number from 0.");
}

function proportion(text: string): number {
  const n = notNegative(text);
  if (n <= 1) return n;
  throw new InvalidArgumentError("It is a share from 0 to 1.");
}

function fault(text: string, others: readonly FaultRule[] = []): FaultRule[] {
  const rule = WrittenFaultRule.safeParse(text);
  if (rule.success) return [...others, rule.data];
  throw new InvalidArgumentError(rule.error.issues.map((issue) => issue.message).join("; "));
}

export const simulate = () =>
  new Command("simulate")
    .description(
      "serve recorded answers as an OpenAI-compatible model, with limits and faults as you like; or rehearse a job at them",
    )
    .option("--replies <file>", 'JSONL: {"match": "the record\'s text", "reply": "…"} a line')
    .option("--port <n>", "where to listen; 0 takes a free port", portNumber, 4271)
    .option("--host <address>", "on which address", "127.0.0.1")
    .option("--seed <n>", "the same seed gives the same latencies and faults", wholeFromZero, 1)
    .option("--key <key>", "let in only requests with this key")
    .option("--log <file>", "write every call to this file, a line each")
    .optionsGroup("Speed:")
    .option("--latency <ms>", "median time of a call", notNegative, 0)
    .option("--spread <n>", "standard deviation of the latency's logarithm, 0 to 3", notNegative, 0)
    .option("--tail-share <share>", "share of calls that are slow", proportion, 0)
    .option("--tail <ms>", "how long a slow call takes", notNegative, 30_000)
    .optionsGroup("Limits:")
    .option("--requests-per-minute <n>", "turn away more requests than this", positive)
    .option("--tokens-per-minute <n>", "turn away more tokens than this", positive)
    .option("--burst <seconds>", "how many seconds' worth may be used at once", positive, 60)
    .option("--no-limit-headers", "say nothing of the limits in headers")
    .optionsGroup("Faults:")
    .option(
      "--fault <rule...>",
      "500=0.05 · 503@10-20 (seconds) · timeout#1 (attempts); see docs/simulator.md",
      fault,
    )
    .optionsGroup("Batches:")
    .option("--batch-duration <seconds>", "from a batch's creation to its results", notNegative)
    .option("--batch-expires <seconds>", "after which what is not done never is; a day", positive)
    .optionsGroup("Rehearsal:")
    .option("--rehearse", "serve nothing: tell how a job would go at all this, in simulated time")
    .option("--items <n>", "how many items; of a file, at most so many", wholeNumber)
    .option("--texts <file>", "CSV, TSV or JSONL: an item for each of its texts")
    .option("--text <column>", "the column of --texts that holds them; text if left out")
    .option(
      "--prompt-tokens <n>",
      "tokens of a prompt, 200 if left out; with --texts or --replies, of what it holds beside the text, 0 if left out",
      wholeFromZero,
    )
    .option("--reply-tokens <n>", "tokens of a reply; 8 if left out", wholeFromZero)
    .option("--max-output-tokens <n>", "longest reply, which providers reserve", wholeNumber)
    .option("--concurrency <n>", "most calls under way at once, as in job run", wholeNumber)
    .option("--max-attempts <n>", "calls made for one item before it fails", wholeNumber)
    .option("--timeout <seconds>", "longest wait for one reply", positive)
    .option("--own-requests-per-minute <n>", "the job's own limit", positive)
    .option("--own-tokens-per-minute <n>", "the job's own limit", positive)
    .option("--budget-usd <dollars>", "pause when so much is spent", positive)
    .option("--budget-tokens <n>", "pause when so many tokens are used", wholeNumber)
    .option("--budget-records <n>", "pause when so many items are done", wholeNumber)
    .option("--model <name>", "the model whose price is reckoned with")
    .addOption(new Option("--provider <provider>", "whose model").choices(providers))
    .option("--base-url <url>", "where an OpenAI-compatible model is")
    .option("--json", "print the rehearsal as JSON")
    .action(async (options, command) => {
      const isGiven = (option: string) => command.getOptionValueSource(option) === "cli";
      refuse(options.rehearse ? serving : rehearsing, options.rehearse, isGiven);
      if (options.rehearse) await rehearse(options);
      else await serve(options);
    });

/** Options that go with one of the two things that the command does. */
const serving = { port: "--port", host: "--host", key: "--key", log: "--log" };
const rehearsing = {
  items: "--items",
  texts: "--texts",
  text: "--text",
  promptTokens: "--prompt-tokens",
  replyTokens: "--reply-tokens",
  maxOutputTokens: "--max-output-tokens",
  concurrency: "--concurrency",
  maxAttempts: "--max-attempts",
  timeout: "--timeout",
  ownRequestsPerMinute: "--own-requests-per-minute",
  ownTokensPerMinute: "--own-tokens-per-minute",
  budgetUsd: "--budget-usd",
  budgetTokens: "--budget-tokens",
  budgetRecords: "--budget-records",
  model: "--model",
  provider: "--provider",
  baseUrl: "--base-url",
  json: "--json",
};

function refuse<Stray extends Record<string, string>>(
  strays: Stray,
  isRehearsal: true | undefined,
  isGiven: (option: string) => boolean,
): void {
  for (const [option, written] of Object.entries(strays))
    if (isGiven(option))
      throw new UsageError(
        isRehearsal
          ? `${written} does not go with --rehearse, which serves nothing.`
          : `${written} goes with --rehearse.`,
      );
}

interface BehaviourOptions {
  readonly seed: number;
  readonly latency: number;
  readonly spread: number;
  readonly tailShare: number;
  readonly tail: number;
  readonly requestsPerMinute?: number | undefined;
  readonly tokensPerMinute?: number | undefined;
  readonly burst: number;
  readonly limitHeaders: boolean;
  readonly fault?: FaultRule[] | undefined;
  readonly batchDuration?: number | undefined;
  readonly batchExpires?: number | undefined;
}

const behaviourOf = (options: BehaviourOptions): z.input<typeof Behaviour> => ({
  seed: options.seed,
  latency: {
    medianMs: options.latency,
    spread: options.spread,
    tailShare: options.tailShare,
    tailMs: options.tail,
  },
  limits: {
    ...(options.requestsPerMinute !== undefined && {
      requestsPerMinute: options.requestsPerMinute,
    }),
    ...(options.tokensPerMinute !== undefined && { tokensPerMinute: options.tokensPerMinute }),
    burstSeconds: options.burst,
    headers: options.limitHeaders,
  },
  batch: {
    ...(options.batchDuration !== undefined && { durationMs: options.batchDuration * 1000 }),
    ...(options.batchExpires !== undefined && { expiresAfterMs: options.batchExpires * 1000 }),
  },
  faults: options.fault ?? [],
});

async function serve(
  options: BehaviourOptions & {
    readonly replies?: string | undefined;
    readonly port: number;
    readonly host: string;
    readonly key?: string | undefined;
    readonly log?: string | undefined;
  },
): Promise<void> {
  const { replies, port, host } = options;
  if (replies === undefined)
    throw new UsageError(
      "--replies FILE is needed to serve answers; to rehearse a job without any: --rehearse --items N.",
    );
  const simulator = await startSimulator({
    replies,
    port,
    host,
    ...behaviourOf(options),
    ...(options.key !== undefined && { apiKey: options.key }),
    ...(options.log !== undefined && { log: options.log }),
  }).catch(rejected);
  process.stdout.write(
    `Simulated models ${simulator.models.join(", ")} answer at ${simulator.url}\nNo model is behind them: they replay ${replies}.\n`,
  );
  await untilStopped();
  const { total } = simulator.calls;
  await simulator.close();
  remark(`${total} calls were made.`);
}

async function rehearse(
  options: BehaviourOptions &
    JobOptions &
    Partial<ItemsOptions> &
    Parameters<typeof rehearsedModel>[0] & {
      readonly maxOutputTokens?: number | undefined;
      readonly json?: true | undefined;
    },
): Promise<void> {
  const { replies, texts, items } = options;
  if (replies !== undefined && texts !== undefined)
    throw new UsageError("--replies and --texts exclude each other.");
  const isOfFile = replies !== undefined || texts !== undefined;
  if (!isOfFile && items === undefined)
    throw new UsageError("How many items? --items N, or --texts FILE, or --replies FILE.");
  if (options.text !== undefined && texts === undefined)
    throw new UsageError("--text goes with --texts.");
  if (options.replyTokens !== undefined && replies !== undefined)
    throw new UsageError("--reply-tokens does not go with --replies, whose answers are known.");
  const model = rehearsedModel(options);
  const settings = settingsOf(options);
  if (settings.budget?.usd !== undefined && !model)
    throw new UsageError("--budget-usd needs a price: name the --model.");
  const rehearsed = await rehearseJob({
    items: sizedItems({
      items,
      replies,
      texts,
      text: options.text ?? "text",
      promptTokens: options.promptTokens ?? (isOfFile ? 0 : 200),
      replyTokens: options.replyTokens ?? 8,
    }),
    behaviour: behaviourOf(options),
    settings,
    model,
    maxOutputTokens: options.maxOutputTokens,
    seed: options.seed,
  }).catch(rejected);
  process.stdout.write(
    options.json ? `${JSON.stringify(rehearsed, null, 2)}\n` : describeRehearsal(rehearsed),
  );
}

/** What keeps a simulator from starting is the caller's to mend. */
function rejected(error: unknown): never {
  if (error instanceof UnusableReplies) throw new UsageError(error.message);
  if (error instanceof Error && "issues" in error) throw new UsageError(error.message);
  if (error instanceof Error && "code" in error)
    throw new UsageError(
      error.code === "EADDRINUSE"
        ? "That port is in use; choose another with --port."
        : error.message,
    );
  throw error;
}
