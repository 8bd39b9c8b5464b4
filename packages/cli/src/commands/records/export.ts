import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Option } from "@commander-js/extra-typings";
import { connected, projectOf } from "../../connection.ts";
import { count } from "../../figures.ts";
import { conditionOf, filtered, wholeNumber } from "../../filter.ts";
import { print, remark } from "../../output.ts";

export const exportFile = () =>
  filtered("export", "write records with model label, verification and final label")
    .addOption(new Option("--format <format>", "what to write").choices(["jsonl", "csv"] as const))
    .option("--out <file>", "where to; stdout if left out")
    .option("--job <id>", "whose model labels; the newest job if left out", wholeNumber)
    .option("--keep-formulas", "CSV: leave cells exact that a spreadsheet would run as a formula")
    .action(async (options) => {
      const where = conditionOf(options);
      await connected(options, async ({ client }) => {
        const project = await projectOf(client, options);
        const format =
          options.format ?? (options.out?.toLowerCase().endsWith(".csv") ? "csv" : "jsonl");
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
      });
    });

/** Writes beside the target and moves it there when whole, so that a broken export never stands under the name asked for. */
async function written(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  out: string | undefined,
): Promise<number> {
  const source = Readable.from(stream);
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
