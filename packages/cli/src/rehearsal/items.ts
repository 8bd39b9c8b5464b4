import { createReadStream } from "node:fs";
import type { RejectedRow } from "@countersign/core";
import { records } from "@countersign/engine";
import { promptTokens, readReplies, tokensOf, UnusableReplies } from "@countersign/simulator";
import { printable } from "../table.ts";
import { UsageError } from "../usage.ts";

/** An item of which only the sizes matter. */
export interface SizedItem {
  readonly characters: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** Where a rehearsal's items come from, and how large they are. */
export interface ItemsOptions {
  /** How many; of a file, at most so many. */
  readonly items?: number | undefined;
  readonly replies?: string | undefined;
  readonly texts?: string | undefined;
  /** The column with the texts. */
  readonly text: string;
  /** Of a prompt; with texts, of what it holds beside the text. */
  readonly promptTokens: number;
  readonly replyTokens: number;
}

/** In English; what a job guesses a call's tokens by until replies tell better. */
const charactersPerToken = 4;

/** The items, made or read as they are taken; a file that cannot be used is told as wrong usage. */
export async function* sizedItems(options: ItemsOptions): AsyncGenerator<SizedItem> {
  const { items: most = Number.POSITIVE_INFINITY } = options;
  let taken = 0;
  for await (const item of source(options)) {
    if (taken >= most) return;
    taken += 1;
    yield item;
  }
}

function source(options: ItemsOptions): Iterable<SizedItem> | AsyncIterable<SizedItem> {
  if (options.texts !== undefined) return ofTexts(options.texts, options);
  if (options.replies !== undefined) return ofReplies(options.replies, options);
  return alike(options);
}

function* alike({ promptTokens: inputTokens, replyTokens }: ItemsOptions): Generator<SizedItem> {
  const characters = inputTokens * charactersPerToken;
  for (;;) yield { characters, inputTokens, outputTokens: replyTokens };
}

async function* ofTexts(file: string, options: ItemsOptions): AsyncGenerator<SizedItem> {
  const read = records.textsIn({
    name: file,
    text: options.text,
    body: bytesOf(file),
  });
  for await (const text of read.texts) yield sized(text, options, options.replyTokens);
  const [first] = read.rejected();
  if (first) throw new UsageError(`${file}, ${describeRow(first)}`);
}

/** Records with the same text ask, and pay, once; what several models answered is one item as well. */
async function* ofReplies(file: string, options: ItemsOptions): AsyncGenerator<SizedItem> {
  const seen = new Set<string>();
  try {
    for await (const { match, reply, usage, logprobs } of readReplies(file)) {
      const text = match.trim();
      if (seen.has(text)) continue;
      seen.add(text);
      const item = sized(text, options, logprobs?.length ?? tokensOf(reply));
      yield usage ? { ...item, ...usage } : item;
    }
  } catch (error) {
    if (error instanceof UnusableReplies) throw new UsageError(error.message);
    throw error;
  }
}

const sized = (text: string, { promptTokens: beside }: ItemsOptions, outputTokens: number) => ({
  characters: text.length + beside * charactersPerToken,
  inputTokens: promptTokens([text]) + beside,
  outputTokens,
});

async function* bytesOf(file: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(file);
  } catch {
    throw new UsageError(`${file} cannot be read.`);
  }
}

const describeRow = ({ row, column, reason }: RejectedRow): string =>
  `line ${row}${column === undefined ? "" : `, column “${printable(column)}”,`} ${printable(reason)}.`;
