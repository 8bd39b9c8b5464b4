import { Command } from "@commander-js/extra-typings";
import {
  type FaultRule,
  startSimulator,
  UnusableReplies,
  WrittenFaultRule,
} from "@countersign/simulator";
import { InvalidArgumentError } from "commander";
import { remark } from "../output.ts";
import { portNumber } from "../port.ts";
import { untilStopped } from "../signals.ts";
import { UsageError } from "../usage.ts";

function notNegative(text: string): number {
  const n = Number(text);
  if (text.trim() !== "" && Number.isFinite(n) && n >= 0) return n;
  throw new InvalidArgumentError("It is a number from 0.");
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
      "serve recorded answers as an OpenAI-compatible model, with limits and faults as you like",
    )
    .requiredOption(
      "--replies <file>",
      'JSONL: {"match": "the record\'s text", "reply": "…"} a line',
    )
    .option("--port <n>", "where to listen; 0 takes a free port", portNumber, 4271)
    .option("--host <address>", "on which address", "127.0.0.1")
    .option("--seed <n>", "the same seed gives the same latencies and faults", notNegative, 1)
    .option("--key <key>", "let in only requests with this key")
    .option("--log <file>", "write every call to this file, a line each")
    .optionsGroup("Speed:")
    .option("--latency <ms>", "median time of a call", notNegative, 0)
    .option("--spread <n>", "standard deviation of the latency's logarithm, 0 to 3", notNegative, 0)
    .option("--tail-share <share>", "share of calls that are slow", proportion, 0)
    .option("--tail <ms>", "how long a slow call takes", notNegative, 30_000)
    .optionsGroup("Limits:")
    .option("--requests-per-minute <n>", "turn away more requests than this", notNegative)
    .option("--tokens-per-minute <n>", "turn away more tokens than this", notNegative)
    .option("--burst <seconds>", "how many seconds' worth may be used at once", notNegative, 60)
    .option("--no-limit-headers", "say nothing of the limits in headers")
    .optionsGroup("Faults:")
    .option(
      "--fault <rule...>",
      "500=0.05 · 503@10-20 (seconds) · timeout#1 (attempts); see docs/simulator.md",
      fault,
    )
    .action(async (options) => {
      const simulator = await startSimulator({
        replies: options.replies,
        port: options.port,
        host: options.host,
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
          ...(options.tokensPerMinute !== undefined && {
            tokensPerMinute: options.tokensPerMinute,
          }),
          burstSeconds: options.burst,
          headers: options.limitHeaders,
        },
        faults: options.fault ?? [],
        ...(options.key !== undefined && { apiKey: options.key }),
        ...(options.log !== undefined && { log: options.log }),
      }).catch(rejected);
      process.stdout.write(
        `Simulated models ${simulator.models.join(", ")} answer at ${simulator.url}\nNo model is behind them: they replay ${options.replies}.\n`,
      );
      await untilStopped();
      const { total } = simulator.calls;
      await simulator.close();
      remark(`${total} calls were made.`);
    });

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
