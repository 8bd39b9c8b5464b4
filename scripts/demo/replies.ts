/**
 * Writes the demo's recorded answers from what was judged by hand.
 *
 *     node scripts/demo/replies.ts
 *
 * judgements.csv holds, for each demo message, what a small model would answer, how sure it would be, what it would have
 * said otherwise, and, where it would not keep to the form asked for, what it would write. This script only spells that
 * out as a replies file: tokens, their log-probabilities and the alternatives to them. No model was asked.
 */
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Reply, TokenLogprob } from "@countersign/simulator";
import { parse } from "csv-parse/sync";

const options = ["positive", "neutral", "negative"];

interface Message {
  readonly id: string;
  readonly message: string;
}

interface Judgement {
  readonly id: string;
  /** Empty for a reply that names none, such as a refusal. */
  readonly answer: string;
  /** The answer's probability where it is chosen. */
  readonly certainty: string;
  readonly runner_up: string;
  /** The reply word for word; empty for the form asked for. */
  readonly written: string;
}

type Alternative = TokenLogprob["top"][number];

const reply = (judgement: Judgement, message: Message): Reply => {
  const text = judgement.written || `sentiment: ${judgement.answer}`;
  const tokens = tokensOf(text);
  const chosenAt = tokens.findLastIndex((token) => isWord(token, judgement.answer));
  return {
    match: message.message,
    reply: text,
    logprobs: tokens.map((token, place) =>
      withAlternatives(
        place === chosenAt ? choice(token, judgement) : formality(token, judgement.id, place),
      ),
    ),
  };
};

/** Cut roughly as byte-pair encodings cut English: words with the space before them, marks, and “sentiment” in two. */
const tokensOf = (text: string): string[] =>
  text.match(/sent(?=iment)|Sent(?=iment)|iment|SENT(?=IMENT)|IMENT| ?\p{L}+| ?[^\p{L}\s]+|\s/gu) ??
  [];

const isWord = (token: string, word: string): boolean =>
  word !== "" && token.trim().toLowerCase() === word;

/** The token that decides: the answer, its runner-up, the option left, and two that are no option, likeliest first. */
function choice(token: string, judgement: Judgement): Alternative[] {
  const { id, answer, runner_up: runnerUp } = judgement;
  const chosen = blurred(Number(judgement.certainty), draw(id, "certainty"));
  const rest = 1 - chosen;
  const others = [...options, "mixed"].filter((word) => word !== answer && word !== runnerUp);
  const shares = [0.86, 0.1, 0.03];
  return [
    alternative(token, chosen),
    ...[runnerUp, ...others]
      .slice(0, 3)
      .map((word, i) => alternative(likewise(token, word), rest * (shares[i] ?? 0))),
    alternative(swapCase(token), rest * 0.01),
  ];
}

/** A token the form asks for: all but certain, with one other way of going on. */
function formality(token: string, id: string, place: number): Alternative[] {
  const doubt = 10 ** (-5 + 3 * draw(id, place));
  return [alternative(token, 1 - doubt), alternative(otherwise[token] ?? "\n", doubt * 0.7)];
}

const otherwise: Readonly<Record<string, string>> = {
  sent: "Sent",
  iment: "iments",
  ":": " is",
  "\n": " ",
};

const withAlternatives = (top: readonly Alternative[]): TokenLogprob => {
  const [first = { token: "", logprob: 0 }] = top;
  return { ...first, top: [...top] };
};

const alternative = (token: string, probability: number): Alternative => ({
  token,
  logprob: Number(Math.log(probability).toFixed(6)),
});

/** Written as the model of it is: with its leading space and its case. */
function likewise(model: string, word: string): string {
  const space = model.startsWith(" ") ? " " : "";
  const bare = model.trim();
  if (bare === bare.toUpperCase()) return space + word.toUpperCase();
  if (bare.charAt(0) === bare.charAt(0).toUpperCase()) return space + capital(word);
  return space + word;
}

const swapCase = (token: string): string => {
  const bare = token.trim();
  const other = bare === bare.toLowerCase() ? capital(bare) : bare.toLowerCase();
  return token.replace(bare, other);
};

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** Judged certainties are round numbers and a model's are not: moved by up to 0.15 on the scale of log-odds. */
const blurred = (probability: number, drawn: number): number => {
  const odds = Math.log(probability / (1 - probability)) + 0.3 * (drawn - 0.5);
  return 1 / (1 + Math.exp(-odds));
};

/** A number in [0, 1) that hangs on nothing but the message and the purpose. */
const draw = (id: string, purpose: string | number): number =>
  createHash("sha256").update(`${id}:${purpose}`).digest().readUInt32LE() / 2 ** 32;

const rows = async <Row>(path: string): Promise<Row[]> =>
  parse<Row>(await readFile(path), { columns: true });

const demo = join(import.meta.dirname, "../../packages/cli/src/demo");

/** The replies file's content. */
export async function demoReplies(): Promise<string> {
  const messages = await rows<Message>(join(demo, "customer-messages.csv"));
  const judgements = await rows<Judgement>(join(import.meta.dirname, "judgements.csv"));
  const byId = new Map(judgements.map((judgement) => [judgement.id, judgement]));
  const lines = messages.map((message) => {
    const judgement = byId.get(message.id);
    if (!judgement) throw new Error(`judgements.csv says nothing about ${message.id}`);
    return `${JSON.stringify(reply(judgement, message))}\n`;
  });
  return lines.join("");
}

if (import.meta.main) await writeFile(join(demo, "replies.jsonl"), await demoReplies());
