import { type ConfidenceChange, ConfidenceMethod } from "@countersign/core";
import type { Countersign } from "@countersign/sdk";
import { InvalidArgumentError } from "commander";
import { command } from "../command.ts";
import { connected, projectOf } from "../connection.ts";
import { count } from "../figures.ts";
import { wholeNumber } from "../filter.ts";
import { print, remark } from "../output.ts";
import { table } from "../table.ts";
import { UsageError } from "../usage.ts";

function methodOf(text: string): ConfidenceMethod {
  const method = ConfidenceMethod.safeParse(text);
  if (method.success) return method.data;
  throw new InvalidArgumentError(
    "It is label-token-probability, self-consistency, paraphrase-consistency, verbalised, agreement, or user: and a name.",
  );
}

const jobNumber = (text: string, others: readonly number[] = []): number[] => [
  ...others,
  wholeNumber(text),
];

export const confidence = () =>
  command("confidence", "by which methods a job's labels have a confidence, and which is in force")
    .argument("<job>", "its number", wholeNumber)
    .option("--label <name>", "the labels' name; may be left out where the job has one")
    .option(
      "--agreement <job...>",
      "take the share of these jobs, and itself, that say the same",
      jobNumber,
    )
    .option(
      "--use <method>",
      "put a method in force that the labels have a confidence by",
      methodOf,
    )
    .action(async (id, options) => {
      if (options.agreement && options.use)
        throw new UsageError("--agreement and --use are two things to do; give one of them.");
      await connected(options, async ({ client }) => {
        const project = await projectOf(client, options);
        const { labels } = await client.jobs.get({ project, job: id });
        const label = options.label ?? onlyOne(labels, id);
        const these = { project, job: id, label };
        if (options.agreement) {
          const jobs = options.agreement;
          await throughout((after) => client.confidences.agree({ ...these, with: jobs, after }));
        } else if (options.use) {
          const method = options.use;
          await throughout((after) => client.confidences.choose({ ...these, method, after }));
        }
        print(options, await client.confidences.list(these), describe);
      });
    });

function onlyOne(labels: readonly string[], job: number): string {
  const [only, ...others] = labels;
  if (only !== undefined && others.length === 0) return only;
  throw new UsageError(`Job ${job} has several labels: ${labels.join(", ")}. Name one: --label.`);
}

/** Goes through all labels, part by part. */
async function throughout(
  change: (after: string | undefined) => Promise<ConfidenceChange>,
): Promise<void> {
  let after: string | undefined;
  let done = 0;
  do {
    const { set, without, next } = await change(after);
    done += set + without;
    after = next ?? undefined;
    if (after !== undefined) remark(`${count(done)} labels gone through …`);
  } while (after !== undefined);
}

const describe = ({
  label,
  labels,
  inForce,
  kept,
}: Awaited<ReturnType<Countersign["confidences"]["list"]>>): string =>
  kept.length === 0
    ? `None of the ${count(labels)} labels “${label}” has a confidence.\n`
    : table(
        [
          { title: "method" },
          { title: "labels", align: "right" },
          { title: "in force", align: "right" },
        ],
        kept.map(({ method, labels: n }) => [
          method,
          count(n),
          count(inForce.find((one) => one.method === method)?.labels ?? 0),
        ]),
      );
