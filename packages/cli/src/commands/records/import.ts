import { openAsBlob } from "node:fs";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { Option } from "@commander-js/extra-typings";
import { Encoding, type FileReading, ImportFormat, ImportLayout } from "@countersign/core";
import type { Countersign } from "@countersign/sdk";
import { command } from "../../command.ts";
import { connected, projectOf } from "../../connection.ts";
import { print } from "../../output.ts";
import { UsageError } from "../../usage.ts";
import { webStream } from "../../web-stream.ts";
import { mappingOf, saysWhatIsWhat } from "./import-mapping.ts";
import { previewInWords, reportInWords } from "./import-telling.ts";

/** Bytes that are looked at where a file is read from its beginning on. */
const beginning = 1_000_000;

type Bytes = Blob | ReadableStream<Uint8Array>;

/** The file's bytes, read as they are sent. */
async function bytesOf(file: string): Promise<Bytes> {
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

/** What a file is to be named where it is stored: where it lies is nobody's affair. */
const nameOf = (file: string): string => (file === "-" ? "stdin" : basename(file));

/** Whether a file's beginning is enough to look at it; a table of parts is read from its end. */
const readFromTheStart = (name: string, { format }: FileReading): boolean =>
  format === undefined
    ? !/\.(parquet|xlsx|xlsm)(\.gz)?$/i.test(name)
    : !["parquet", "xlsx"].includes(format);

const look = (
  client: Countersign,
  project: string,
  name: string,
  file: Bytes,
  reading: FileReading,
) => {
  const partial = file instanceof Blob && file.size > beginning && readFromTheStart(name, reading);
  const bytes = partial ? file.slice(0, beginning) : file;
  return client.records.preview({ project, name, ...reading, partial, file: bytes });
};

export const importFile = () =>
  command("import", "bring in a file: all of its rows, or none")
    .argument(
      "<file>",
      "CSV, TSV, JSON, JSONL, Parquet, XLSX, or any of them in gzip; - reads stdin",
    )
    .option("--preview", "show how it would be read and what its columns are, and store nothing")
    .option("--dry-run", "check the whole file and say what would be done, and store nothing")
    .optionsGroup("What its columns are:")
    .option("--text <column>", "the column with the text")
    .option("--turns <column>", "in place of text: conversations, JSON lists of {role, content}")
    .option("--image <column>", "in place of text: an image's URL or path, which is not fetched")
    .option(
      "--key <column>",
      'the column with the key; "" is the unnamed one; left out: the text\'s hash',
    )
    .option(
      "--gold <label=column...>",
      "a column with the true label; hidden from models and reviewers",
    )
    .option(
      "--model <label=column=name...>",
      "a column with a model's labels; its name is the column's if left out; =@COLUMN names it row by row",
    )
    .option("--person <label=column=name...>", "the same, with a person's labels")
    .option(
      "--codes <label:code=value,…...>",
      "what the cells of a label's columns stand for: bias:1=biased,0=fair,?= (nothing: no label)",
    )
    .option(
      "--control <name=label...>",
      "for files that bring labels along: which label theirs is; nothing leaves it out",
    )
    .option(
      "--metadata <column...>",
      "columns to keep as metadata; every column is kept as source anyway",
    )
    .option("--mapping <file>", "all of this as JSON, as the API takes it")
    .optionsGroup("How it is read, where that is found out wrongly:")
    .addOption(new Option("--format <format>", "what it is").choices(ImportFormat.options))
    .addOption(
      new Option("--encoding <encoding>", "how its bytes are characters").choices(Encoding.options),
    )
    .option("--delimiter <character>", "what separates cells")
    .option("--header", "the first row names the columns")
    .option("--no-header", "it does not: they are named column 1, column 2, …")
    .option("--sheet <name>", "for XLSX; the first if left out")
    .addOption(
      new Option("--layout <layout>", "how rows are laid out").choices(ImportLayout.options),
    )
    .optionsGroup("What is done with what is there already, or is bad:")
    .addOption(
      new Option(
        "--duplicates <rule>",
        "a known key with other content, or a label with another value",
      )
        .choices(["refuse", "skip", "update"] as const)
        .default("refuse" as const),
    )
    .option("--merge-same-texts", "a new row with a known text joins that record")
    .option("--leave-out-bad-rows", "import the others; without it one bad row refuses the file")
    .action(async (file, options) => {
      const { format, encoding, delimiter, sheet, layout, header } = options;
      const reading: FileReading = { format, encoding, delimiter, header, sheet, layout };
      const name = nameOf(file);
      await connected(options, async ({ client }) => {
        const bytes = await bytesOf(file);
        const project = await projectOf(client, options);
        if (options.preview) {
          const preview = await look(client, project, name, bytes, reading);
          print(options, preview, () => previewInWords(preview, file));
          return;
        }
        const mapping = saysWhatIsWhat(options)
          ? await mappingOf(client, project, options)
          : await guessed(client, project, name, bytes, reading, options, file);
        const report = await client.records.import({
          project,
          name,
          ...reading,
          mapping,
          duplicates: options.duplicates,
          sameTexts: options.mergeSameTexts ? "merge" : "keep",
          badRows: options.leaveOutBadRows ? "leave-out" : "refuse",
          dryRun: options.dryRun ?? false,
          file: bytes,
        });
        print(options, report, () => reportInWords(report, file, project));
      });
    });

/** Of a layout that says itself what is what, the mapping need not be given. */
async function guessed(
  client: Countersign,
  project: string,
  name: string,
  bytes: Bytes,
  reading: FileReading,
  options: Parameters<typeof mappingOf>[2],
  file: string,
) {
  if (!(bytes instanceof Blob))
    throw new UsageError("Which column is the text? Add --text COLUMN.");
  const preview = await look(client, project, name, bytes, reading);
  const { text, turns, image, key, controls } = preview.mapping;
  if (preview.reading.layout === "table" || (text ?? turns ?? image) === undefined)
    throw new UsageError(
      `Which column of ${file} is the text? Add --text COLUMN; the columns are ${preview.columns
        .slice(0, 30)
        .map((column) => `“${column.name}”`)
        .join(", ")}. --preview shows them.`,
    );
  const given = await mappingOf(client, project, {
    ...options,
    text,
    turns,
    image,
    key: options.key ?? key,
  });
  return { ...given, controls: { ...controls, ...given.controls } };
}
