import type { Answer } from "../replies/reply.ts";

/** In UTF-8, where nothing is recorded. */
const bytesPerToken = 4;

/**
 * Approximate tokens of a text: one for every four bytes of UTF-8, rounded up. Right to about a quarter for English,
 * too many for most other scripts; a replies file that must be exact states its usage.
 */
export const tokensOf = (text: string): number =>
  Math.ceil(Buffer.byteLength(text) / bytesPerToken);

/** The beginning of an answer's text that so many of its tokens make up, by the same measure; no half characters. */
export function firstTokens(answer: Answer, tokens: number): string {
  const bytes = Buffer.from(answer.reply);
  const each = answer.usage ? bytes.length / answer.usage.outputTokens : bytesPerToken;
  const kept = bytes.subarray(0, Math.floor(tokens * each));
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(kept, { stream: true });
}

/** Tokens of a prompt: its texts', three more for each message and three for the start of the answer. */
export const promptTokens = (messages: readonly string[]): number =>
  messages.reduce((sum, message) => sum + tokensOf(message) + 3, 3);

/** What an answer would put out uncut: as recorded, else its own tokens, else approximated. */
export const outputTokens = (answer: Answer): number =>
  answer.usage?.outputTokens ?? answer.logprobs?.length ?? tokensOf(answer.reply);

/** What answers put out, each cut after so many tokens. */
export const putOut = (answers: readonly Answer[], most = Number.POSITIVE_INFINITY): number =>
  answers.reduce((sum, answer) => sum + Math.min(outputTokens(answer), most), 0);
