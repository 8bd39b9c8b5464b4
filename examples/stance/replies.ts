/**
 * Turns a table of real GPT-4o labels into a replies file for the simulator.
 *
 *     node examples/stance/replies.ts --in stance.csv --out stance-replies.jsonl
 *
 * Each row becomes one answer in the form that the default prompt asks for. The table has no token probabilities, so the
 * answers have none; the confidence GPT-4o reported of itself is something else and is left out.
 */
import { createReadStream, createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import type { Reply } from "@countersign/simulator";
import { parse } from "csv-parse";

/** The columns used, by the names they have in the file; the key's column has none. */
interface Row {
  readonly "": string;
  readonly text: string;
  readonly "Yhat (GPT4o)": string;
}

const { values } = parseArgs({ options: { in: { type: "string" }, out: { type: "string" } } });
if (!values.in || !values.out) {
  process.stderr.write("usage: node examples/stance/replies.ts --in STANCE.csv --out FILE\n");
  process.exit(2);
}

/**
 * @throws Error when two rows with the same text were labelled differently: a prompt shows only the text, so nobody could
 * say which answer is whose
 */
async function* replyLines(rows: AsyncIterable<Row>): AsyncGenerator<string> {
  const seen = new Map<string, Row>();
  for await (const row of rows) {
    const before = seen.get(row.text) ?? row;
    if (before["Yhat (GPT4o)"] !== row["Yhat (GPT4o)"])
      throw new Error(`rows ${before[""]} and ${row[""]} have the same text and different labels`);
    seen.set(row.text, row);
    const reply: Reply = {
      match: row.text,
      reply: `stance: ${row["Yhat (GPT4o)"]}`,
      model: "simulated-gpt-4o",
    };
    yield `${JSON.stringify(reply)}\n`;
  }
}

await pipeline(
  createReadStream(values.in),
  parse({ columns: true, bom: true }),
  replyLines,
  createWriteStream(values.out),
);
