import type { JobEstimate, Range } from "@countersign/core";
import { connected, projectOf } from "../connection.ts";
import { count, duration, money } from "../figures.ts";
import { conditionOf, filtered, wholeNumber } from "../filter.ts";
import { print } from "../output.ts";
import { positive } from "../positive.ts";
import { table } from "../table.ts";

/** What a job would take, told before it is run. */
export const estimate = () =>
  filtered("estimate", "tokens, money and time that a job would take; nothing is spent")
    .requiredOption("--agent <agent>", "its name, its id, or the start of its id")
    .option("--limit <n>", "at most so many records, in order of import", wholeNumber)
    .option("--batch", "asked in the provider's batches, at half the price")
    .option("--concurrency <n>", "most calls under way at once", wholeNumber)
    .option("--requests-per-minute <n>", "most calls a minute", positive)
    .option("--tokens-per-minute <n>", "most tokens a minute, prompts and replies", positive)
    .action((options) =>
      connected(options, async ({ client }) => {
        const where = conditionOf(options);
        const { concurrency, requestsPerMinute, tokensPerMinute } = options;
        const estimated = await client.jobs.estimate({
          project: await projectOf(client, options),
          agent: options.agent,
          ...(where !== undefined && { where }),
          ...(options.limit !== undefined && { limit: options.limit }),
          settings: {
            ...(options.batch && { batch: {} }),
            ...(concurrency !== undefined && { concurrency }),
            ...(requestsPerMinute !== undefined && { requestsPerMinute }),
            ...(tokensPerMinute !== undefined && { tokensPerMinute }),
          },
        });
        print(options, estimated, (told) => describe(told, options.batch === true));
      }),
    );

function describe(estimated: JobEstimate, batched: boolean): string {
  const { records, sampled, reused, calls, usd, tokenizer, pilot } = estimated;
  const row = (title: string, range: Range, written: (n: number) => string) => [
    title,
    written(range.low),
    written(range.likely),
    written(range.high),
  ];
  return [
    `${count(records)} records, ${count(reused)} of them answered already, ${count(calls)} calls; from a sample of ${count(sampled)}`,
    "",
    table(
      [
        { title: "" },
        { title: "low", align: "right" },
        { title: "likely", align: "right" },
        { title: "high", align: "right" },
      ],
      [
        row("tokens in", estimated.inputTokens, count),
        row("tokens out", estimated.outputTokens, count),
        usd === null ? ["cost", "", "unknown", ""] : row("cost", usd, money),
        row("time", estimated.seconds, duration),
      ],
    ),
    `tokens counted with ${tokenizer.name}`,
    pilot === null
      ? "replies taken to be as long as the schema asks; a pilot job of the agent tells better: --limit 100"
      : `replies taken to be as long and as quick as those of job ${pilot}`,
    ...(batched ? ["asked in batches: half the price, and as long as the provider takes"] : []),
    ...(calls > 0 && !batched
      ? [`at a provider's limits, in simulated time: ${rehearsal(estimated)}`]
      : []),
    "",
  ].join("\n");
}

/** The command that rehearses the job; what only the user knows is left to be filled in. */
function rehearsal({ calls, inputTokens, outputTokens }: JobEstimate): string {
  const each = (range: Range) => Math.round(range.likely / calls);
  return `countersign simulate --rehearse --items ${calls} --prompt-tokens ${each(inputTokens)} --reply-tokens ${each(outputTokens)} --latency MS --requests-per-minute N`;
}
