import type { Prompt } from "@countersign/core";
import { DEFAULT_ENCODING, modelToEncodingMap } from "gpt-tokenizer/mapping";
import type { Connection } from "./connection.ts";
import type { ContextWindow } from "./context.ts";

/** Most bytes that one UTF-16 unit takes in UTF-8; and no token is shorter than a byte. */
const bytesPerUnit = 3;

/**
 * A text is counted in pieces of so many UTF-16 units, because the time for one piece grows with its length's square
 * where it has no word boundaries (13 s for 130,000 letters "a"). A cut makes at most so many tokens more.
 */
const pieceLength = 512;
const tokensPerCut = 4;
/** Where a count is to be near and need not be a bound, cuts are rarer. */
const longPiece = 8192;

/** Another model's tokenizer hardly needs less than this share of what OpenAI's newest does. */
const leastShare = 0.8;

/**
 * Whether a prompt surely has more tokens than a model takes. It is counted only where it may be, and with the model's own
 * tokenizer, which is known for OpenAI's models. Any other provider is left to say so itself, as is this one where it is a
 * matter of some hundredths; but where the user gave the window, which a local server may enforce by cutting the prompt in
 * silence, OpenAI's newest tokenizer stands in, with an allowance for the difference.
 */
export async function surelyExceeds(
  { system = "", user }: Prompt,
  { tokens, given }: ContextWindow,
  connection: Connection,
): Promise<boolean> {
  const length = system.length + user.length;
  if (length * bytesPerUnit <= tokens) return false;
  const own = await counterFor(connection);
  const count = own ?? (given ? await counterFor({ ...connection, address: openAi }) : undefined);
  if (!count) return false;
  const limit = own ? tokens : tokens / leastShare;
  const text = system + user;
  let atLeast = 0;
  for (let from = 0; from < length && atLeast <= limit; from += pieceLength)
    atLeast += Math.max(0, count(text.slice(from, from + pieceLength)) - tokensPerCut);
  return atLeast > limit;
}

/** Counts a prompt's tokens, and says with whose tokenizer. */
export interface TokenCounter {
  readonly name: string;
  /** Whether it is the model's own. */
  readonly exact: boolean;
  count(prompt: Prompt): number;
}

/** What a chat's form adds for each message, and for the reply's beginning, with OpenAI's models. */
const tokensPerMessage = 3;

/** The model's tokenizer, or OpenAI's newest in place of one that is not public. */
export async function promptCounter(connection: Connection): Promise<TokenCounter> {
  const own = await counterFor(connection);
  const count = own ?? (await counterFor({ ...connection, address: openAi }));
  return {
    name: own ? "the model's own" : "o200k_base, OpenAI's, as an approximation",
    exact: own !== undefined,
    count: ({ system, user }) => {
      const texts = system === undefined ? [user] : [system, user];
      const form = tokensPerMessage * (texts.length + 1);
      return form + texts.reduce((sum, text) => sum + inPieces(text, count), 0);
    },
  };
}

const openAi = "https://api.openai.com/v1";

function inPieces(text: string, count: ((text: string) => number) | undefined): number {
  let tokens = 0;
  for (let from = 0; count && from < text.length; from += longPiece)
    tokens += count(text.slice(from, from + longPiece));
  return tokens;
}

/** Counts the tokens of a text. The rank tables are large, so each is loaded when it is first needed. */
async function counterFor({
  address,
  model,
}: Connection): Promise<((text: string) => number) | undefined> {
  if (new URL(address).hostname !== "api.openai.com") return undefined;
  const encoding = new Map(Object.entries(modelToEncodingMap)).get(model) ?? DEFAULT_ENCODING;
  const { countTokens } =
    encoding === "cl100k_base"
      ? await import("gpt-tokenizer/encoding/cl100k_base")
      : await import("gpt-tokenizer/encoding/o200k_base");
  // A record may hold what looks like one of the tokenizer's marks; providers take it for text, too.
  return (text) => countTokens(text, { disallowedSpecial: new Set() });
}
