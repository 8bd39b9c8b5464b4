import { extname } from "node:path";
import { Option } from "@commander-js/extra-typings";
import { ExportFormat, type ExportOptions } from "@countersign/core";
import { connected, projectOf } from "../../connection.ts";
import { count } from "../../figures.ts";
import { conditionOf, type FilterOptions, filtered, wholeNumber } from "../../filter.ts";
import { print, remark } from "../../output.ts";
import { CommandFailed, UsageError } from "../../usage.ts";
import { describeExport } from "../export.ts";
import { mustBeEmpty, writeFile, writeFolder } from "./written.ts";

const endings: Readonly<Record<string, ExportFormat>> = {
  ".csv": "csv",
  ".jsonl": "jsonl",
  ".ndjson": "jsonl",
  ".parquet": "parquet",
  ".xlsx": "xlsx",
  ".json": "label-studio",
  ".zip": "huggingface",
};

/** What is told of an export by options. */
interface FileOptions extends FilterOptions {
  readonly format?: ExportFormat | undefined;
  readonly out?: string | undefined;
  readonly job?: number | undefined;
  readonly shape?: "wide" | "long" | undefined;
  readonly columns?: string | undefined;
  readonly replies?: true | undefined;
  readonly splitBy?: string | undefined;
  readonly keepFormulas?: true | undefined;
}

export const exportFile = () =>
  filtered("export", "write records with every label, where it comes from, and which stands")
    .addOption(
      new Option("--format <format>", "what to write, if the file's name does not tell").choices(
        ExportFormat.options,
      ),
    )
    .option(
      "--out <path>",
      "where to; stdout if left out. For huggingface a folder, or an archive if it ends in .zip",
    )
    .option("--job <id>", "whose model labels; the newest job if left out", wholeNumber)
    .addOption(
      new Option("--shape <shape>", "one row a record, or one row a label").choices([
        "wide",
        "long",
      ] as const),
    )
    .option(
      "--columns <names>",
      "these columns in this order, parted by commas, or a JSON list; “tone.*” is all that begin so",
    )
    .option("--replies", "the model's reply beside each label that was read from it")
    .option("--split-by <column>", "huggingface: the imported column whose values are the splits")
    .option("--keep-formulas", "CSV: leave cells exact that a spreadsheet would run as a formula")
    .option(
      "--background",
      "have the server write the file, to be taken later with `countersign export download`",
    )
    .option("--label-config", "print the labelling interface for Label Studio, and nothing else")
    .action(async (options) => {
      const wanted = optionsOf(options);
      const { out } = options;
      if (options.labelConfig) {
        await connected(options, async ({ client }) => {
          const project = await projectOf(client, options);
          print(options, await client.records.labelConfig({ project }), ({ config }) => config);
        });
        return;
      }
      if (options.background) {
        if (out !== undefined)
          throw new UsageError(
            "--background and --out exclude each other: the file is taken later.",
          );
        await connected(options, async ({ client, lasting }) => {
          const project = await projectOf(client, options);
          let written = await client.exports.create({ project, ...wanted });
          // Without a server nobody would go on with it.
          if (!lasting)
            for await (written of client.exports.watch({ project, export: written.id }));
          print(options, written, () => describeExport(project, written));
          if (written.state === "failed") throw new CommandFailed();
        });
        return;
      }
      if (out === undefined && process.stdout.isTTY && isBinary(wanted.format))
        throw new UsageError(`A terminal cannot show ${wanted.format}; name a file with --out.`);
      await connected(options, async ({ client }) => {
        const project = await projectOf(client, options);
        const folder = wanted.format === "huggingface" && out !== undefined && !isArchive(out);
        if (folder) await mustBeEmpty(out);
        const stream = await client.records.export({ project, ...wanted });
        const bytes = folder ? await writeFolder(stream, out) : await writeFile(stream, out);
        if (out !== undefined) {
          if (options.json) print(options, { file: out, format: wanted.format, bytes }, () => "");
          else remark(`Wrote ${out} (${count(bytes)} bytes).`);
        }
        if (wanted.format === "csv" && !options.keepFormulas)
          remark(
            "Cells that a spreadsheet would run as a formula begin with an apostrophe; --keep-formulas leaves them exact.",
          );
      });
    });

const isArchive = (path: string): boolean => extname(path).toLowerCase() === ".zip";

const isBinary = (format: ExportFormat): boolean =>
  format === "parquet" || format === "xlsx" || format === "huggingface";

/** An export as the command line spells it. */
export function optionsOf(options: FileOptions): ExportOptions {
  const where = conditionOf(options);
  return {
    format: options.format ?? formatOf(options.out),
    ...(where !== undefined && { where }),
    ...(options.job !== undefined && { job: options.job }),
    shape: options.shape ?? "wide",
    ...(options.columns !== undefined && { columns: columnsIn(options.columns) }),
    replies: options.replies ?? false,
    formulas: options.keepFormulas ? "keep" : "escape",
    ...(options.splitBy !== undefined && { splitBy: options.splitBy }),
  };
}

/** What a file's name tells; to stdout goes JSONL. */
function formatOf(out: string | undefined): ExportFormat {
  if (out === undefined) return "jsonl";
  const format = endings[extname(out).toLowerCase()];
  if (format) return format;
  throw new UsageError(
    `--out ${out}: the name does not tell the format. Name it with --format, or end it in ${Object.keys(endings).join(", ")}.`,
  );
}

/** “key,tone.final”, or a JSON list where names hold commas. */
function columnsIn(text: string): string[] {
  const trimmed = text.trim();
  if (!trimmed.startsWith("[")) return trimmed.split(",").map((name) => name.trim());
  try {
    const list: unknown = JSON.parse(trimmed);
    if (Array.isArray(list) && list.length > 0 && list.every((name) => typeof name === "string"))
      return list;
  } catch {
    // told below
  }
  throw new UsageError(`--columns ${text}: that is no JSON list of names.`);
}
