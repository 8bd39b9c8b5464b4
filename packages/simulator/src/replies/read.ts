import { createReadStream } from "node:fs";
import { z } from "zod";
import { Reply } from "./reply.ts";

/** The replies cannot be used: names the file, the line and the reason. Nothing was started. */
export class UnusableReplies extends Error {
  override readonly name = "UnusableReplies";
}

/** Where replies come from: the path of a JSONL file, or the lines themselves. */
export type RepliesSource = string | Iterable<Reply> | AsyncIterable<Reply>;

/**
 * Reads and checks replies one by one; the file is never in memory as a whole.
 *
 * @throws UnusableReplies at the first line that is no reply
 */
export async function* readReplies(source: RepliesSource): AsyncGenerator<z.output<typeof Reply>> {
  const place = typeof source === "string" ? source : "replies";
  let line = 0;
  for await (const value of typeof source === "string" ? parsedLines(source) : source) {
    line += 1;
    if (value === blank) continue;
    const reply = Reply.safeParse(value);
    if (!reply.success)
      throw new UnusableReplies(`${place}, line ${line}: ${z.prettifyError(reply.error)}`);
    yield reply.data;
  }
}

const blank = Symbol("blank line");

async function* parsedLines(path: string): AsyncGenerator<unknown> {
  let line = 0;
  for await (const text of lines(path)) {
    line += 1;
    if (text.trim() === "") yield blank;
    else yield parsed(text, `${path}, line ${line}`);
  }
}

function parsed(text: string, place: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UnusableReplies(`${place}: is not JSON`);
  }
}

/** Lines end at "\n" alone: `node:readline` also splits at U+2028, which JSON strings may hold. */
async function* lines(path: string): AsyncGenerator<string> {
  let rest = "";
  try {
    for await (const chunk of createReadStream(path, "utf8")) {
      const parts = `${rest}${chunk}`.split("\n");
      rest = parts.pop() ?? "";
      yield* parts;
    }
  } catch (cause) {
    throw new UnusableReplies(`${path} cannot be read`, { cause });
  }
  if (rest !== "") yield rest;
}
