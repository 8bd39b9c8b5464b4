import { once } from "node:events";
import { Command } from "@commander-js/extra-typings";
import {
  compileExtraction,
  type LabelDefinition,
  type LabelValue,
  type Reading,
  type ReplyReader,
} from "@countersign/core";
import { z } from "zod";
import { type Line, linesOf } from "../lines.ts";
import { remark } from "../output.ts";
import { schemaFile } from "../schema-file.ts";
import { printable } from "../table.ts";
import { CommandFailed, UsageError } from "../usage.ts";

const WrittenReply = z.object({
  reply: z.string(),
  finish: z.enum(["stop", "length", "content-filter", "other"]).default("stop"),
  text: z.string().default(""),
});

/** What is written for a reply: the value and the rule that read it, or the named reason why there is none. */
type Extracted =
  | { readonly value: LabelValue; readonly rule: string }
  | { readonly invalid: string; readonly rule: null; readonly detail: string };

const extractedFrom = (reading: Reading): Extracted =>
  reading.ok
    ? { value: reading.value, rule: reading.rule }
    : { invalid: reading.reason, rule: null, detail: reading.detail };

async function labelIn(file: string, name: string): Promise<LabelDefinition> {
  const { labels } = await schemaFile(file);
  const label = labels.find((one) => one.name === name);
  if (label) return label;
  throw new UsageError(
    `${file} has no label “${name}”; it has ${labels.map((one) => `“${one.name}”`).join(", ")}.`,
  );
}

/** What is read from one line, once for each label asked for; a string says what is wrong with the line. */
function readLine(line: Line, read: ReplyReader): readonly Extracted[] | string {
  if (line.text === undefined) return "is not UTF-8";
  let json: unknown;
  try {
    json = JSON.parse(line.text);
  } catch (error) {
    return `is no JSON: ${printable((error as SyntaxError).message)}`;
  }
  const reply = WrittenReply.safeParse(json);
  if (!reply.success)
    return 'is no reply; write {"reply": "…"}, with "finish": "stop", "length", "content-filter" or "other" if it is known';
  const { reply: text, finish, text: record } = reply.data;
  const readings = read({ text, finish }, { record });
  return [...readings.values()].map(extractedFrom);
}

export const extract = () =>
  new Command("extract")
    .description("read labels out of replies: JSON Lines from stdin to stdout; no database")
    .requiredOption("--schema <file>", "the schema, as for schema set")
    .requiredOption("--label <name>", "the label that was asked for")
    .addHelpText(
      "after",
      `
In:   {"reply": "Sentiment: 'negative'."}, and "finish": "length" where the model was cut off;
      for a label of spans "text": the record's text, in which quotes are located
Out:  {"value": "neg", "rule": "line/exact"}, or {"invalid": "unknown-option", "rule": null, "detail": "…"}
A line that cannot be read is told on stderr by its number, leaves none on stdout, and makes the exit code 1.`,
    )
    .action(async (options) => {
      const label = await labelIn(options.schema, options.label);
      const read = compileExtraction([label]);
      let bad = 0;
      for await (const line of linesOf(process.stdin)) {
        if (line.text?.trim() === "") continue;
        const extracted = readLine(line, read);
        if (typeof extracted === "string") {
          bad += 1;
          remark(`error: line ${line.number} ${extracted}`);
          continue;
        }
        const written = extracted.map((one) => `${JSON.stringify(one)}\n`).join("");
        if (!process.stdout.write(written)) await once(process.stdout, "drain");
      }
      if (bad > 0) throw new CommandFailed();
    });
