import type { LabelledRecord, SearchInput } from "@countersign/core";
import type { Countersign } from "@countersign/sdk";
import { connected, projectOf } from "../../connection.ts";
import { counted } from "../../figures.ts";
import { conditionOf, filtered, wholeNumber } from "../../filter.ts";
import { print, remark } from "../../output.ts";
import { table } from "../../table.ts";

export const search = () =>
  filtered("search", "find records")
    .option("--limit <n>", "at most so many", wholeNumber, 20)
    .option("--after <cursor>", "the page after the one that printed this")
    .option("--least-confident <job>", "order by this job's confidence, lowest first", wholeNumber)
    .option("--count", "count all matches too")
    .action(async (options) => {
      const where = conditionOf(options);
      await connected(options, async ({ client }) => {
        const project = await projectOf(client, options);
        const search: SearchInput = {
          ...(where !== undefined && { where }),
          ...(options.leastConfident !== undefined && {
            sort: {
              by: "confidence",
              job: options.leastConfident,
              name: await onlyLabel(client, project, options.leastConfident),
            },
          }),
          ...(options.after !== undefined && { after: options.after }),
          limit: options.limit,
          count: options.count ?? false,
        };
        const page = await client.records.search({ project, ...search });
        print(options, page, () => describe(page.records));
        if (options.json) return;
        if (page.count !== null) remark(`${counted(page.count, "record")} in all`);
        if (page.next !== null) remark(`More: --after ${page.next}`);
      });
    });

async function onlyLabel(client: Countersign, project: string, job: number): Promise<string> {
  const { labels } = await client.jobs.get({ project, job });
  return labels[0] ?? "";
}

const describe = (records: readonly LabelledRecord[]): string =>
  records.length === 0
    ? "No record matches.\n"
    : table(
        [
          { title: "key", width: 24 },
          { title: "text", width: 60 },
          { title: "labels", width: 80 },
        ],
        records.map((record) => [
          record.key,
          record.content,
          record.labels
            .map((label) => {
              const stands = label.verified?.value ?? label.value;
              const confidence = label.confidence === null ? "" : ` ${label.confidence.toFixed(2)}`;
              return `${label.name}: ${[stands].flat().join(", ")}${confidence} (${label.status})`;
            })
            .join(" · "),
        ]),
      );
