import type { Count, FoundRecord, SearchInput } from "@countersign/core";
import type { Countersign } from "@countersign/sdk";
import { connected, projectOf } from "../../connection.ts";
import { counted } from "../../figures.ts";
import { sort } from "../../filter/words.ts";
import { conditionOf, filtered, wholeNumber } from "../../filter.ts";
import { print, remark } from "../../output.ts";
import { table } from "../../table.ts";
import { valueWords } from "../../value-words.ts";

export const search = () =>
  filtered("search", "find records")
    .option("--limit <n>", "at most so many", wholeNumber, 20)
    .option("--after <cursor>", "the page after the one that printed this")
    .option("--least-confident <job>", "order by this job's confidence, lowest first", wholeNumber)
    .option(
      "--sort <what>",
      "order by key, metadata:NAME, confidence:JOB:LABEL, similarity, subset:NAME, or the API's JSON",
      sort,
    )
    .option("--descending", "highest first")
    .option("--count", "count all matches too; an estimate, said to be one, where that is slow")
    .option("--count-exactly", "count all matches, however long it takes")
    .action(async (options) => {
      const where = conditionOf(options);
      await connected(options, async ({ client }) => {
        const project = await projectOf(client, options);
        const sorted = await sortOf(client, project, options);
        const search: SearchInput = {
          ...(where !== undefined && { where }),
          ...(sorted && { sort: sorted }),
          ...(options.after !== undefined && { after: options.after }),
          limit: options.limit,
          count: options.countExactly ? "exact" : (options.count ?? false),
        };
        const page = await client.records.search({ project, ...search });
        print(options, page, () => describe(page.records));
        if (options.json) return;
        if (page.count !== null) remark(`${inAll(page.count)} in all`);
        if (page.next !== null) remark(`More: --after ${page.next}`);
      });
    });

const inAll = ({ n, exact }: Count): string =>
  exact ? counted(n, "record") : `about ${counted(n, "record")} (--count-exactly counts them)`;

interface SortOptions {
  readonly leastConfident?: number | undefined;
  readonly sort?: NonNullable<SearchInput["sort"]> | undefined;
  readonly descending?: true | undefined;
  readonly similarTo?: string[] | undefined;
  readonly similarText?: string | undefined;
}

async function sortOf(
  client: Countersign,
  project: string,
  { leastConfident: job, sort, descending, similarTo, similarText }: SortOptions,
): Promise<SearchInput["sort"]> {
  if (job !== undefined)
    return { by: "confidence", job, name: await onlyLabel(client, project, job) };
  if (sort) return descending ? { ...sort, order: "descending" } : sort;
  if (similarTo || similarText !== undefined) return { by: "similarity" };
  return descending ? { by: "id", order: "descending" } : undefined;
}

async function onlyLabel(client: Countersign, project: string, job: number): Promise<string> {
  const { labels } = await client.jobs.get({ project, job });
  return labels[0] ?? "";
}

function describe(records: readonly FoundRecord[]): string {
  if (records.length === 0) return "No record matches.\n";
  const scored = records.some(({ score }) => score !== undefined);
  return table(
    [
      { title: "key", width: 24 },
      ...(scored ? [{ title: "score", align: "right" as const }] : []),
      { title: "text", width: 60 },
      { title: "labels", width: 80 },
    ],
    records.map((record) => [
      record.key,
      ...(scored ? [record.score?.toFixed(3) ?? "–"] : []),
      record.content,
      record.labels
        .map((label) => {
          const stands = label.verified?.value ?? label.value;
          const confidence = label.confidence === null ? "" : ` ${label.confidence.toFixed(2)}`;
          return `${label.annotator.name}: ${label.name} ${valueWords(stands, record.content)}${confidence} (${label.status})`;
        })
        .join(" · "),
    ]),
  );
}
