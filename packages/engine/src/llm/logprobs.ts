import type { TokenLogprob } from "@countersign/core";
import { storableText } from "./storable-text.ts";

/**
 * The tokens of a chat completion's first choice with their log-probabilities, read from the body as it came, since the
 * AI SDK passes on only some providers'. Undefined where there are none, or not in OpenAI's form.
 */
export function readLogprobs(body: unknown): TokenLogprob[] | undefined {
  const content = at(at(at(at(body, "choices"), 0), "logprobs"), "content");
  if (!Array.isArray(content) || content.length === 0) return undefined;
  const tokens: TokenLogprob[] = [];
  for (const entry of content) {
    const token = readToken(entry);
    if (!token) return undefined;
    const alternatives = at(entry, "top_logprobs");
    const top = Array.isArray(alternatives) ? alternatives.map(readToken) : [];
    tokens.push({ ...token, top: top.filter((alternative) => alternative !== undefined) });
  }
  return tokens;
}

function readToken(entry: unknown): { token: string; logprob: number } | undefined {
  const token = at(entry, "token");
  const logprob = at(entry, "logprob");
  return typeof token === "string" && typeof logprob === "number"
    ? { token: storableText(token, undefined), logprob }
    : undefined;
}

function at(value: unknown, key: string | number): unknown {
  return typeof value === "object" && value !== null
    ? (value as Readonly<Record<string | number, unknown>>)[key]
    : undefined;
}
