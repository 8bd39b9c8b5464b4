import { openAsBlob } from "node:fs";
import { stat } from "node:fs/promises";
import { Option } from "@commander-js/extra-typings";
import type { Countersign } from "@countersign/sdk";
import { command } from "../../command.ts";
import { connected, projectOf } from "../../connection.ts";
import { counted, duration } from "../../figures.ts";
import { formatOf } from "../../import-format.ts";
import { print } from "../../output.ts";
import { UsageError } from "../../usage.ts";
import { webStream } from "../../web-stream.ts";

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

/** The file's bytes, read as they are sent. */
async function bytesOf(file: string): Promise<Blob | ReadableStream<Uint8Array>> {
  if (file === "-") return webStream(process.stdin);
  const facts = await stat(file).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(
      error.code === "ENOENT"
        ? `There is no file ${file}.`
        : `${file} cannot be read: ${error.message}`,
    );
  });
  if (facts.isDirectory()) throw new UsageError(`${file} is a folder; name a file.`);
  return openAsBlob(file);
}

export const importFile = () =>
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
      const bytes = await bytesOf(file);
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
          file: bytes,
        });
        print(options, report, () => {
          const lines = [
            report.added === 0
              ? `Nothing changed: ${project} already has all of ${file} (${counted(report.rows, "row")}).`
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
