import { createHash } from "node:crypto";
import { openAsBlob } from "node:fs";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { Option } from "@commander-js/extra-typings";
import { Encoding, type FileReading, ImportFormat, ImportLayout } from "@countersign/core";
import { type Countersign, CountersignError } from "@countersign/sdk";
import { command } from "../../command.ts";
import { connected, projectOf } from "../../connection.ts";
import { percent } from "../../figures.ts";
import { print, remark } from "../../output.ts";
import { UsageError } from "../../usage.ts";
import { webStream } from "../../web-stream.ts";
import { mappingOf, saysWhatIsWhat } from "./import-mapping.ts";
import { previewInWords, reportInWords } from "./import-telling.ts";
import { writeFile } from "./written.ts";

/** Bytes that are looked at where a file is read from its beginning on. */
const beginning = 1_000_000;

/** Larger files are sent in parts, so that sending them can go on where it broke off. */
const sentAtOnce = 8_000_000;

/** What is to be imported: bytes that are here, or a file that the server has already. */
type Source =
  | { readonly here: Blob | ReadableStream<Uint8Array> }
  | { readonly sent: number; readonly name: string };

const isUrl = (file: string): boolean => /^https?:\/\//i.test(file);

/** The file's bytes, read as they are sent. */
export async function bytesOf(file: string): Promise<Blob | ReadableStream<Uint8Array>> {
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

function look(
  client: Countersign,
  project: string,
  name: string,
  source: Source,
  reading: FileReading,
) {
  if ("sent" in source) return client.imports.preview({ project, import: source.sent, ...reading });
  const { here } = source;
  const partial = here instanceof Blob && here.size > beginning && readFromTheStart(name, reading);
  const bytes = partial ? here.slice(0, beginning) : here;
  return client.records.preview({ project, name, ...reading, partial, file: bytes });
}

/** Sends a file in parts, or goes on with that; how far it is stands on stderr. */
async function send(
  client: Countersign,
  project: string,
  name: string,
  file: Blob,
  quiet: boolean,
): Promise<number> {
  const hash = createHash("sha256");
  for await (const chunk of file.stream()) hash.update(chunk);
  const told = (received: number) => {
    if (quiet || !process.stderr.isTTY || file.size <= sentAtOnce) return;
    const done = file.size === 0 ? 1 : received / file.size;
    process.stderr.write(`\r${name}: ${percent(done)} sent${done === 1 ? "\n" : ""}`);
  };
  const upload = await client.imports.upload({
    project,
    name,
    file,
    fingerprint: hash.digest("hex"),
    onProgress: ({ received }) => told(received),
  });
  return upload.id;
}

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
      "--codes <label:code=value...>",
      "what the cells of a label's columns stand for: bias:1=biased,0=fair,?= (nothing: no label)",
    )
    .option(
      "--control <name=label...>",
      "for files that bring labels along: which label theirs is; nothing leaves it out",
    )
    .option(
      "--metadata <column...>",
      "columns to keep as metadata, numbers, true and false read as such; every column is kept as source anyway",
    )
    .option(
      "--metadata-text <column...>",
      "the same, but what looks like a number stays text, as codes should",
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
    .option(
      "--rejections <file>",
      "write every row that cannot be taken, with its reason, as CSV or JSONL",
    )
    .action(async (file, options) => {
      const { format, encoding, delimiter, sheet, layout, header } = options;
      const reading: FileReading = { format, encoding, delimiter, header, sheet, layout };
      const name = nameOf(file);
      const bytes = isUrl(file) ? undefined : await bytesOf(file);
      await connected(options, async ({ client }) => {
        const project = await projectOf(client, options);
        const source: Source =
          bytes === undefined
            ? await fetched(client, project, file)
            : bytes instanceof Blob &&
                !options.preview &&
                (bytes.size > sentAtOnce || options.rejections !== undefined)
              ? { sent: await send(client, project, name, bytes, options.json ?? false), name }
              : { here: bytes };
        if (options.preview) {
          const preview = await look(client, project, name, source, reading);
          if ("sent" in source) await client.imports.remove({ project, import: source.sent });
          print(options, preview, () => previewInWords(preview, file));
          return;
        }
        const mapping = saysWhatIsWhat(options)
          ? await mappingOf(client, project, options)
          : await guessed(client, project, name, source, reading, options, file);
        const asked = {
          project,
          ...reading,
          mapping,
          duplicates: options.duplicates,
          sameTexts: options.mergeSameTexts ? ("merge" as const) : ("keep" as const),
          badRows: options.leaveOutBadRows ? ("leave-out" as const) : ("refuse" as const),
          dryRun: options.dryRun ?? false,
        };
        try {
          const report =
            "sent" in source
              ? await client.imports.commit({ ...asked, import: source.sent })
              : await client.records.import({ ...asked, name, file: source.here });
          if (options.rejections !== undefined && report.rejected > 0)
            await saveRejections(client, project, source, options.rejections);
          print(options, report, () => reportInWords(report, file, project));
        } catch (error) {
          const refused =
            error instanceof CountersignError && error.problem.type === "import-rejected";
          if (refused && options.rejections !== undefined && !options.dryRun)
            await saveRejections(client, project, source, options.rejections);
          throw error;
        }
      });
    });

async function fetched(client: Countersign, project: string, url: string): Promise<Source> {
  const { id, name } = await client.imports.fetch({ project, url });
  return { sent: id, name };
}

/** Writes down every row that could not be taken. */
async function saveRejections(
  client: Countersign,
  project: string,
  source: Source,
  out: string,
): Promise<void> {
  if (!("sent" in source)) return;
  const format = out.toLowerCase().endsWith(".jsonl") ? "jsonl" : "csv";
  const rows = await client.imports.rejections({ project, import: source.sent, format });
  await writeFile(rows, out);
  remark(`The rows that cannot be taken are in ${out}.`);
}

/** Of a layout that says itself what is what, the mapping need not be given. */
async function guessed(
  client: Countersign,
  project: string,
  name: string,
  source: Source,
  reading: FileReading,
  options: Parameters<typeof mappingOf>[2],
  file: string,
) {
  if ("here" in source && !(source.here instanceof Blob))
    throw new UsageError("Which column is the text? Add --text COLUMN.");
  const preview = await look(client, project, name, source, reading);
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
