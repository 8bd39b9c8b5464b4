import { createReadStream, createWriteStream } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { extname } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Option } from "@commander-js/extra-typings";
import type { ImportFormat, LabelledRecord, SearchInput } from "@countersign/core";
import type { Countersign } from "@countersign/sdk";
import { type CommonOptions, command, group } from "../command.ts";
import { connected, projectOf } from "../connection.ts";
import { count, counted, duration } from "../figures.ts";
import { conditionOf, filtered, wholeNumber } from "../filter.ts";
import { print, remark } from "../output.ts";
import { table } from "../table.ts";
import { UsageError } from "../usage.ts";

const formats: Readonly<Record<string, ImportFormat>> = {
  ".csv": "csv",
  ".tsv": "tsv",
  ".tab": "tsv",
  ".jsonl": "jsonl",
  ".ndjson": "jsonl",
};

function formatOf(file: string, given: ImportFormat | undefined): ImportFormat {
  const format = given ?? formats[extname(file).toLowerCase()];
  if (format === undefined)
    throw new UsageError(
      `What is ${file === "-" ? "the input" : file}? Add --format csv, tsv or jsonl.`,
    );
  return format;
}

/** `--gold stance=Y`, or `--gold Y` where the schema has one label. */
async function goldMapping(
  client: Countersign,
  project: string,
  given: readonly string[],
): Promise<Record<string, string>> {
  const mapping: Record<string, string> = {};
  for (const gold of given) {
    const split = gold.indexOf("=");
    if (split > 0) {
      mapping[gold.slice(0, split)] = gold.slice(split + 1);
      continue;
    }
    const { document } = await client.schemas.get({ project });
    const [only, ...others] = document.labels;
    if (only === undefined || others.length > 0)
      throw new UsageError(
        `Which label does column “${gold}” hold the truth of? --gold ${document.labels.map((label) => `${label.name}=${gold}`).join(" | --gold ")}`,
      );
    mapping[only.name] = gold;
  }
  return mapping;
}

async function bytesOf(file: string): Promise<ReadableStream<Uint8Array>> {
  if (file === "-") return Readable.toWeb(process.stdin) as ReadableStream<Uint8Array>;
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(
      error.code === "ENOENT"
        ? `There is no file ${file}.`
        : `${file} cannot be read: ${error.message}`,
    );
  });
  if ((await handle.stat()).isDirectory()) {
    await handle.close();
    throw new UsageError(`${file} is a folder; name a file.`);
  }
  return Readable.toWeb(
    createReadStream(file, { fd: handle, highWaterMark: 1 << 18 }),
  ) as ReadableStream<Uint8Array>;
}

const importFile = () =>
  command("import", "bring in a file: all of its rows, or none")
    .argument("<file>", "CSV, TSV or JSONL; - reads stdin")
    .requiredOption("--text <column>", "the column with the text")
    .option(
      "--key <column>",
      'the column with the key; "" is the unnamed one; left out: the text\'s hash',
    )
    .option(
      "--gold <label=column...>",
      "a column with the true label; hidden from models and reviewers",
    )
    .option(
      "--metadata <column...>",
      "columns to keep as metadata; every column is kept as source anyway",
    )
    .addOption(
      new Option("--format <format>", "if the file's name does not tell").choices([
        "csv",
        "tsv",
        "jsonl",
      ] as const),
    )
    .option("--delimiter <character>", "what separates cells, if not a comma (CSV) or tab (TSV)")
    .action(async (file, options) => {
      const format = formatOf(file, options.format);
      await connected(options, async ({ client }) => {
        const project = await projectOf(client, options);
        const report = await client.records.import({
          project,
          format,
          mapping: {
            ...(options.key !== undefined && { key: options.key }),
            text: options.text,
            metadata: options.metadata ?? [],
            gold: await goldMapping(client, project, options.gold ?? []),
          },
          ...(options.delimiter !== undefined && { delimiter: options.delimiter }),
          file: await bytesOf(file),
        });
        print(options, report, () => {
          const lines = [
            report.added === 0
              ? `Nothing changed: all ${counted(report.rows, "row")} of ${file} are already in ${project}.`
              : `Imported ${counted(report.added, "record")} into ${project} in ${duration(report.seconds)}.`,
          ];
          if (report.added > 0 && report.unchanged > 0)
            lines.push(
              `${counted(report.unchanged, "row")} were already there and stay as they are.`,
            );
          if (report.repeatedTexts > 0)
            lines.push(
              `${counted(report.repeatedTexts, "record")} repeat a text that another record has.`,
            );
          if (report.goldLabels > 0)
            lines.push(`${counted(report.goldLabels, "gold label")} stored.`);
          return `${lines.join("\n")}\n`;
        });
      });
    });

const searchRecords = () =>
  filtered(command("search", "find records"))
    .option("--limit <n>", "at most so many", wholeNumber, 20)
    .option("--after <cursor>", "the page after the one that printed this")
    .option("--least-confident <job>", "order by this job's confidence, lowest first", wholeNumber)
    .option("--count", "count all matches too")
    .action((options) =>
      connected(options, async ({ client }) => {
        const project = await projectOf(client, options);
        const where = conditionOf(options);
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
      }),
    );

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

const exportFile = () =>
  filtered(command("export", "write records with model label, verification and final label"))
    .addOption(new Option("--format <format>", "what to write").choices(["jsonl", "csv"] as const))
    .option("--out <file>", "where to; stdout if left out")
    .option("--job <id>", "whose model labels; the newest job if left out", wholeNumber)
    .option("--keep-formulas", "CSV: leave cells exact that a spreadsheet would run as a formula")
    .action((options: CommonOptions & ExportOptions) =>
      connected(options, async ({ client }) => {
        const project = await projectOf(client, options);
        const format =
          options.format ?? (options.out?.toLowerCase().endsWith(".csv") ? "csv" : "jsonl");
        const where = conditionOf(options);
        const stream = await client.records.export({
          project,
          format,
          ...(where !== undefined && { where }),
          ...(options.job !== undefined && { job: options.job }),
          formulas: options.keepFormulas ? "keep" : "escape",
        });
        const bytes = await written(stream, options.out);
        if (options.out !== undefined) {
          if (options.json) print(options, { file: options.out, format, bytes }, () => "");
          else remark(`Wrote ${options.out} (${count(bytes)} bytes).`);
        }
        if (format === "csv" && !options.keepFormulas)
          remark(
            "Cells that a spreadsheet would run as a formula begin with an apostrophe; --keep-formulas leaves them exact.",
          );
      }),
    );

interface ExportOptions {
  readonly format?: "jsonl" | "csv" | undefined;
  readonly out?: string | undefined;
  readonly job?: number | undefined;
  readonly keepFormulas?: true | undefined;
}

/** Writes beside the target and moves it there when whole, so that a broken export never stands under the name asked for. */
async function written(
  stream: ReadableStream<Uint8Array>,
  out: string | undefined,
): Promise<number> {
  const source = Readable.fromWeb(stream);
  let bytes = 0;
  source.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
  });
  if (out === undefined) {
    await pipeline(source, process.stdout, { end: false });
    return bytes;
  }
  const partial = `${out}.partial`;
  try {
    await pipeline(source, createWriteStream(partial));
    await rename(partial, out);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
  return bytes;
}

export const records = () =>
  group("records", "import, search and export records")
    .addCommand(importFile())
    .addCommand(searchRecords())
    .addCommand(exportFile());
