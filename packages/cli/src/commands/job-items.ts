import { Option } from "@commander-js/extra-typings";
import { type JobItem, Outcome, Reason } from "@countersign/core";
import { InvalidArgumentError } from "commander";
import { command } from "../command.ts";
import { connected, projectOf } from "../connection.ts";
import { wholeNumber } from "../filter.ts";
import { print, remark } from "../output.ts";
import { table } from "../table.ts";

/** What one page of the API holds at most. */
const mostItems = 1000;

function pageSize(text: string): number {
  const n = wholeNumber(text);
  if (n <= mostItems) return n;
  throw new InvalidArgumentError(`It is at most ${mostItems}; --after leads to the page after.`);
}

/** The items behind the counts that `job show` prints. */
export const items = () =>
  command("items", "a job's items with the replies each ended in")
    .argument("<job>", "its number", wholeNumber)
    .addOption(new Option("--outcome <outcome>", "only those").choices(Outcome.options))
    .addOption(
      new Option("--reason <reason>", "only those without a label for this").choices(
        Reason.options,
      ),
    )
    .option("--limit <n>", "at most so many", pageSize, 20)
    .option("--after <cursor>", "the page after the one that printed this")
    .action((job, options) =>
      connected(options, async ({ client }) => {
        const { outcome, reason, limit, after } = options;
        const page = await client.jobs.items({
          project: await projectOf(client, options),
          job,
          limit,
          ...(outcome !== undefined && { outcome }),
          ...(reason !== undefined && { reason }),
          ...(after !== undefined && { after }),
        });
        print(options, page, () => describe(page.items));
        if (!options.json && page.next !== null) remark(`More: --after ${page.next}`);
      }),
    );

const describe = (found: readonly JobItem[]): string =>
  found.length === 0
    ? "No such item.\n"
    : table(
        [
          { title: "record", width: 30 },
          { title: "outcome" },
          { title: "reason" },
          { title: "calls", align: "right" },
          { title: "because", width: 40 },
          { title: "reply", width: 60 },
        ],
        found.map(({ record, outcome, reason, attempts, message, replies }) => [
          record.key,
          outcome ?? "not yet",
          reason ?? "",
          String(attempts),
          message ?? "",
          replies.join(" | "),
        ]),
      );
