import type { Answer } from "../replies/reply.ts";

/**
 * Approximate tokens of a text: one for every four bytes of UTF-8, rounded up. Right to about a quarter for English,
 * too many for most other scripts; a replies file that must be exact states its usage.
 */
export const tokensOf = (text: string): number => Math.ceil(Buffer.byteLength(text) / 4);

/** Tokens of a prompt: its texts', three more for each message and three for the start of the answer. */
export const promptTokens = (messages: readonly string[]): number =>
  messages.reduce((sum, message) => sum + tokensOf(message) + 3, 3);

/** What an answer put out: as recorded, else its own tokens, else approximated. */
export const outputTokens = (answer: Answer): number =>
  answer.usage?.outputTokens ?? answer.logprobs?.length ?? tokensOf(answer.reply);
