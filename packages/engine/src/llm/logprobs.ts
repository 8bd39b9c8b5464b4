import type { TokenLogprob } from "@countersign/core";
import { storableText } from "./storable-text.ts";

/**
 * The tokens of a reply's text with their log-probabilities, read from the body as it came, since the AI SDK passes on
 * only some providers'. Undefined where there are none, or in no form that is known.
 */
export function readLogprobs(body: unknown): TokenLogprob[] | undefined {
  const found = chat(body) ?? completion(body) ?? responses(body) ?? gemini(body);
  return found && found.length > 0 ? found : undefined;
}

/** OpenAI's chat completions: `choices[0].logprobs.content`. */
const chat = (body: unknown) => readTokens(at(body, "choices", 0, "logprobs", "content"));

/** OpenAI's responses: each text part of each message has its own. */
function responses(body: unknown): TokenLogprob[] | undefined {
  const parts = list(at(body, "output"))?.flatMap((item) => list(at(item, "content")) ?? []);
  const written = parts?.filter((part) => at(part, "type") === "output_text");
  const read = written?.map((part) => readTokens(at(part, "logprobs")));
  return read?.every((tokens) => tokens !== undefined) ? read.flat() : undefined;
}

/** OpenAI's old completions: parallel lists, the alternatives as an object of token and log-probability. */
function completion(body: unknown): TokenLogprob[] | undefined {
  const logprobs = at(body, "choices", 0, "logprobs");
  const values = list(at(logprobs, "token_logprobs"));
  return every(list(at(logprobs, "tokens")), (text, index) => {
    const token = readToken(text, values?.[index]);
    const alternatives = at(logprobs, "top_logprobs", index);
    const top = isObject(alternatives) ? Object.entries(alternatives) : [];
    return token && { ...token, top: top.flatMap(([name, value]) => readToken(name, value) ?? []) };
  });
}

/** Google's generateContent: what was chosen, and what might have been, in two lists. */
function gemini(body: unknown): TokenLogprob[] | undefined {
  const result = at(body, "candidates", 0, "logprobsResult");
  return every(list(at(result, "chosenCandidates")), (chosen, index) => {
    const token = readToken(at(chosen, "token"), at(chosen, "logProbability"));
    const alternatives = list(at(result, "topCandidates", index, "candidates")) ?? [];
    const top = alternatives.flatMap(
      (one) => readToken(at(one, "token"), at(one, "logProbability")) ?? [],
    );
    return token && { ...token, top };
  });
}

const readTokens = (entries: unknown): TokenLogprob[] | undefined =>
  every(list(entries), (entry) => {
    const token = readToken(at(entry, "token"), at(entry, "logprob"));
    const top = (list(at(entry, "top_logprobs")) ?? []).flatMap(
      (one) => readToken(at(one, "token"), at(one, "logprob")) ?? [],
    );
    return token && { ...token, top };
  });

const readToken = (
  token: unknown,
  logprob: unknown,
): { token: string; logprob: number } | undefined =>
  typeof token === "string" && typeof logprob === "number"
    ? { token: storableText(token, undefined), logprob }
    : undefined;

/** All entries read, or none: a gap would shift what follows. */
function every(
  entries: readonly unknown[] | undefined,
  read: (entry: unknown, index: number) => TokenLogprob | undefined,
): TokenLogprob[] | undefined {
  const tokens: TokenLogprob[] = [];
  for (const [index, entry] of entries?.entries() ?? []) {
    const token = read(entry, index);
    if (!token) return undefined;
    tokens.push(token);
  }
  return entries && tokens;
}

const isObject = (value: unknown): value is Readonly<Record<string | number, unknown>> =>
  typeof value === "object" && value !== null;

const list = (value: unknown): readonly unknown[] | undefined =>
  Array.isArray(value) ? value : undefined;

const at = (value: unknown, ...path: readonly (string | number)[]): unknown =>
  path.reduce((inner, key) => (isObject(inner) ? inner[key] : undefined), value);
