import type { Budget, Job, Reextraction } from "@countersign/core";
import type { Countersign } from "@countersign/sdk";
import { InvalidArgumentError } from "commander";
import { type CommonOptions, command, group } from "../command.ts";
import { type Connection, connected, projectOf } from "../connection.ts";
import { follow as followDeletion, lostInWords } from "../deleting.ts";
import { count, counted, percent } from "../figures.ts";
import { conditionOf, filtered, wholeNumber } from "../filter.ts";
import { batchOf } from "../job/batch-options.ts";
import { doneShare } from "../job/lines.ts";
import { JobProgressView } from "../job/progress.ts";
import { describeReport } from "../job/report.ts";
import { describeJob } from "../job/summary.ts";
import { print, remark } from "../output.ts";
import { positive } from "../positive.ts";
import { table } from "../table.ts";
import { CommandFailed, UsageError } from "../usage.ts";
import { batches } from "./job-batches.ts";
import { confidence } from "./job-confidence.ts";
import { estimate } from "./job-estimate.ts";
import { items } from "./job-items.ts";

function seconds(text: string): number {
  const n = Number(text);
  if (n >= 1 && n <= 3600) return n;
  throw new InvalidArgumentError("It is a number of seconds from 1 to 3600.");
}

interface BudgetOptions {
  readonly budgetUsd?: number | undefined;
  readonly budgetTokens?: number | undefined;
  readonly budgetRecords?: number | undefined;
}

/** A budget as it was given, a part an option. */
function budgetOf({ budgetUsd, budgetTokens, budgetRecords }: BudgetOptions): Budget | undefined {
  const budget: Budget = {
    ...(budgetUsd !== undefined && { usd: budgetUsd }),
    ...(budgetTokens !== undefined && { tokens: budgetTokens }),
    ...(budgetRecords !== undefined && { records: budgetRecords }),
  };
  return Object.keys(budget).length === 0 ? undefined : budget;
}

/** Samples that a report holds. */
const mostSamples = 5;

function samples(text: string): number {
  const n = Number(text);
  if (/^\d$/.test(text) && n <= mostSamples) return n;
  throw new InvalidArgumentError(`It is a whole number from 0 to ${mostSamples}.`);
}

/** Prints a job with what it asked and what went wrong with it. */
async function printWhole(
  client: Countersign,
  options: CommonOptions & { readonly samples: number },
  project: string,
  job: Job,
): Promise<void> {
  const report = await client.jobs.report({ project, job: job.id });
  print(
    options,
    { ...job, report },
    () => describeJob(job) + describeReport(report, options.samples),
  );
}

/** Watches a job to its end, or tells how to come back to it. A job that ends otherwise than done fails the command. */
async function follow(
  { client, lasting }: Connection,
  options: CommonOptions & { readonly wait: boolean; readonly samples: number },
  project: string,
  started: Job,
): Promise<void> {
  if (!options.wait) {
    print(
      options,
      started,
      () => `Job ${started.id} has ${count(started.progress.total)} items.\n`,
    );
    if (!lasting)
      remark(
        `Nothing works on it once this command ends. Go on with: countersign job resume ${started.id} --project ${project}`,
      );
    return;
  }
  const job = await watched(client, project, started);
  await printWhole(client, options, project, job);
  if (job.state !== "done") throw new CommandFailed();
}

/** Shows a job's progress until it stands still, and returns it as it then is. */
export async function watched(client: Countersign, project: string, started: Job): Promise<Job> {
  const view = new JobProgressView();
  let job = started;
  try {
    for await (job of client.jobs.watch({ project, job: started.id })) view.update(job);
  } finally {
    view.end();
  }
  return job;
}

const run = () =>
  filtered("run", "label records with an agent")
    .requiredOption("--agent <agent>", "its name, its id, or the start of its id")
    .option("--limit <n>", "at most so many records, in order of import", wholeNumber)
    .option("--concurrency <n>", "most calls under way at once", wholeNumber)
    .option("--max-attempts <n>", "calls made for one record before it fails", wholeNumber)
    .option("--timeout <seconds>", "longest wait for one reply", seconds)
    .option("--requests-per-minute <n>", "most calls a minute", positive)
    .option("--tokens-per-minute <n>", "most tokens a minute, prompts and replies", positive)
    .option("--budget-usd <dollars>", "pause when so much is spent", positive)
    .option("--budget-tokens <n>", "pause when so many tokens are used", wholeNumber)
    .option("--budget-records <n>", "pause when so many records are done", wholeNumber)
    .option("--batch", "ask in the provider's batches: half the price, within a day")
    .option("--batch-size <n>", "most requests a batch; smaller ones end sooner", wholeNumber)
    .option("--poll-seconds <n>", "between two looks at a batch", positive)
    .option("--no-reuse", "ask of every record anew, also where a reply is stored")
    .option("--no-wait", "start it and return at once")
    .option("--samples <n>", "items shown from prompt to label at its end, 0 to 5", samples, 1)
    .action(async (options) => {
      const where = conditionOf(options);
      const budget = budgetOf(options);
      const batch = batchOf(options);
      await connected(options, async (connection) => {
        const project = await projectOf(connection.client, options);
        const job = await connection.client.jobs.run({
          project,
          agent: options.agent,
          ...(where !== undefined && { where }),
          ...(options.limit !== undefined && { limit: options.limit }),
          settings: {
            ...(options.concurrency !== undefined && { concurrency: options.concurrency }),
            ...(options.maxAttempts !== undefined && { maxAttempts: options.maxAttempts }),
            ...(options.timeout !== undefined && { timeoutSeconds: options.timeout }),
            ...(budget && { budget }),
            ...(batch && { batch }),
            ...(!options.reuse && { reuse: false }),
            ...(options.requestsPerMinute !== undefined && {
              requestsPerMinute: options.requestsPerMinute,
            }),
            ...(options.tokensPerMinute !== undefined && {
              tokensPerMinute: options.tokensPerMinute,
            }),
          },
        });
        await follow(connection, options, project, job);
      });
    });

const list = () =>
  command("list", "jobs, newest first").action((options) =>
    connected(options, async ({ client }) => {
      const project = await projectOf(client, options);
      const jobs = await Array.fromAsync(client.jobs.all({ project }));
      print(options, jobs, () =>
        jobs.length === 0
          ? "No job yet. Run one: countersign job run --agent NAME\n"
          : table(
              [
                { title: "job", align: "right" },
                { title: "state" },
                { title: "agent", width: 30 },
                { title: "model", width: 30 },
                { title: "items", align: "right" },
                { title: "labelled", align: "right" },
                { title: "done", align: "right" },
              ],
              jobs.map(({ id, state, agent, progress }) => [
                String(id),
                state,
                agent.name,
                agent.model,
                count(progress.total),
                count(progress.outcomes.labelled),
                progress.total === 0 ? "–" : percent(doneShare(progress)),
              ]),
            ),
      );
    }),
  );

const show = () =>
  command("show", "one job: stages, outcomes, labels, spend, and what went wrong, with examples")
    .argument("<job>", "its number", wholeNumber)
    .option("--follow", "watch it until it is paused, cancelled or done")
    .option("--samples <n>", "items shown from prompt to label, 0 to 5", samples, 1)
    .action((id, options) =>
      connected(options, async (connection) => {
        const { client } = connection;
        const project = await projectOf(client, options);
        const job = await client.jobs.get({ project, job: id });
        if (options.follow) await follow(connection, { ...options, wait: true }, project, job);
        else await printWhole(client, options, project, job);
      }),
    );

const cancel = () =>
  command("cancel", "stop a job for good; its labels stay")
    .argument("<job>", "its number", wholeNumber)
    .action((id, options) =>
      connected(options, async ({ client }) => {
        const project = await projectOf(client, options);
        print(options, await client.jobs.cancel({ project, job: id }), describeJob);
      }),
    );

const remove = () =>
  command("delete", "delete a job with its labels and the verdicts on them, for good")
    .argument("<job>", "its number", wholeNumber)
    .option("--yes", "really")
    .option("--no-wait", "start it and return at once")
    .action((id, options) =>
      connected(options, async (connection) => {
        const { client } = connection;
        const project = await projectOf(client, options);
        if (!options.yes) {
          const lost = await client.deletions.preview({ project, job: id });
          throw new UsageError(
            `Job ${id} has ${lostInWords({ ...lost, jobs: 0 })}. Deleting cannot be undone; add --yes to do it.`,
          );
        }
        const begun = await client.jobs.remove({ project, job: id });
        await followDeletion(
          connection,
          options,
          { ...begun, lost: { ...begun.lost, jobs: 0 } },
          `job ${id}`,
        );
      }),
    );

/** A command by which a job goes on, within a larger budget if one is given. */
const onward = (verb: "resume" | "retry", description: string) =>
  command(verb, description)
    .argument("<job>", "its number", wholeNumber)
    .option("--budget-usd <dollars>", "let it spend so much in all", positive)
    .option("--budget-tokens <n>", "let it use so many tokens in all", wholeNumber)
    .option("--budget-records <n>", "let it do so many records in all", wholeNumber)
    .option("--no-wait", "return at once")
    .option("--samples <n>", "items shown from prompt to label at its end, 0 to 5", samples, 1)
    .action((id, options) =>
      connected(options, async (connection) => {
        const project = await projectOf(connection.client, options);
        const budget = budgetOf(options);
        const job = await connection.client.jobs[verb]({
          project,
          job: id,
          ...(budget && { budget }),
        });
        await follow(connection, options, project, job);
      }),
    );

const resume = () => onward("resume", "go on with a job that was paused or interrupted");

const retry = () =>
  onward("retry", "ask again for the items that failed, each by a request of its own");

/** Reads all replies of a job again, part by part, and adds up what came of it. */
async function readAgain(
  client: Countersign,
  project: string,
  job: number,
): Promise<Omit<Reextraction, "next">> {
  let { next, ...totals } = await client.jobs.reextract({ project, job });
  while (next !== null) {
    remark(`${count(totals.replies)} replies read …`);
    const { next: after, ...more } = await client.jobs.reextract({ project, job, after: next });
    totals = {
      replies: totals.replies + more.replies,
      gained: totals.gained + more.gained,
      changed: totals.changed + more.changed,
      lost: totals.lost + more.lost,
      kept: totals.kept + more.kept,
      outcomes: totals.outcomes + more.outcomes,
    };
    next = after;
  }
  return totals;
}

const reextract = () =>
  command("re-extract", "read a job's stored replies again with the present rules; calls no model")
    .argument("<job>", "its number", wholeNumber)
    .addHelpText(
      "after",
      "\nLabels that a person has judged stay as they are; how many would be read otherwise is told.",
    )
    .action((id, options) =>
      connected(options, async ({ client }) => {
        const project = await projectOf(client, options);
        const totals = await readAgain(client, project, id);
        print(options, totals, ({ replies, gained, changed, lost, kept, outcomes }) =>
          [
            `${count(replies)} stored replies of job ${id} read again; no model was called.`,
            `labels: ${count(gained)} gained, ${count(changed)} changed, ${count(lost)} lost`,
            `items with another outcome or reason: ${count(outcomes)}`,
            ...(kept === 0
              ? []
              : [
                  `${count(kept)} labels would be read otherwise now, and stay because a person has judged them.`,
                ]),
            "",
          ].join("\n"),
        );
      }),
    );

const toMetadata = () =>
  command("to-metadata", "copy a job's labels into the metadata of their records")
    .argument("<job>", "its number", wholeNumber)
    .option("--label <name>", "which label; may be left out where the job has one")
    .option("--name <name>", "what the metadata is called; as the label if left out")
    .option("--job-only", "the job's own word, also where a person has corrected it")
    .addHelpText(
      "after",
      "\nWhere a person has judged a label, what they said is copied. Run it again to bring the copies up to date.",
    )
    .action((id, options) =>
      connected(options, async ({ client }) => {
        const project = await projectOf(client, options);
        const label = options.label ?? (await onlyLabelOf(client, project, id));
        const name = options.name ?? label;
        const done = await client.jobs.toMetadata({
          project,
          job: id,
          label,
          name,
          take: options.jobOnly ? "job" : "standing",
        });
        print(
          options,
          done,
          ({ changed, unchanged }) =>
            `Copied ${label} of job ${id} into the metadata “${name}” of ${counted(changed, "record")}${unchanged > 0 ? `; ${count(unchanged)} had it already` : ""}.\n`,
        );
      }),
    );

async function onlyLabelOf(client: Countersign, project: string, job: number): Promise<string> {
  const { labels } = await client.jobs.get({ project, job });
  const [only, ...others] = labels;
  if (only !== undefined && others.length === 0) return only;
  throw new UsageError(`Which label? --label ${labels.join(" | ")}`);
}

export const job = () =>
  group("job", "run agents over records")
    .addCommand(estimate())
    .addCommand(run())
    .addCommand(list())
    .addCommand(show())
    .addCommand(items())
    .addCommand(cancel())
    .addCommand(remove())
    .addCommand(resume())
    .addCommand(retry())
    .addCommand(batches())
    .addCommand(reextract())
    .addCommand(confidence())
    .addCommand(toMetadata());
