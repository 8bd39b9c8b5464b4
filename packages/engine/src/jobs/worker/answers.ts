import type { Logger } from "pino";
import type { Connection } from "../../llm/connection.ts";
import { surelyExceeds } from "../../llm/tokens.ts";
import { type Asking, ask } from "./ask.ts";
import type { Assignment } from "./assignment.ts";
import type { FinishedItem, KeptReply, Verdict } from "./finished-item.ts";
import { judgeFailure, judgeReply } from "./judge.ts";
import type { ItemQuestion } from "./questions.ts";

/** How a question came out; the items that ask it share this. */
type Outcome =
  | { readonly kind: "reply"; readonly reply: KeptReply; readonly attempts: number }
  | { readonly kind: "failed"; readonly verdict: Verdict; readonly attempts: number }
  | { readonly kind: "left" };

/** Finds the answers to a job's questions and judges them. Nothing is stored here. */
export class Answers {
  readonly #assignment: Assignment;
  readonly #asking: Asking;
  readonly #onPaid: (reply: KeptReply) => void;
  readonly #log: Logger;
  /** Questions under way, or answered and perhaps not stored yet: records with the same text ask, and pay, once. */
  readonly #asked = new Map<string, Promise<Outcome>>();
  readonly #stored: string[] = [];

  constructor(
    assignment: Assignment,
    asking: Asking,
    onPaid: (reply: KeptReply) => void,
    log: Logger,
  ) {
    this.#assignment = assignment;
    this.#asking = asking;
    this.#onPaid = onPaid;
    this.#log = log;
  }

  /** Asks a question and finishes its item; undefined where the job stopped before there was an answer. */
  async answer(question: ItemQuestion): Promise<FinishedItem | undefined> {
    const { position, recordId, name } = question;
    const underWay = this.#asked.get(name);
    const asked = underWay ?? this.#ask(question);
    if (!underWay) this.#asked.set(name, asked);
    const outcome = await asked;
    if (outcome.kind === "reply")
      return underWay
        ? this.reuse(question, outcome.reply)
        : this.#finish(question, outcome.reply, outcome.attempts, true);
    this.#asked.delete(name);
    if (outcome.kind === "left") return undefined;
    return { ...outcome.verdict, position, recordId, attempts: outcome.attempts, reply: null };
  }

  /** Finishes an item with a reply that was paid for before. */
  reuse(question: ItemQuestion, reply: KeptReply): FinishedItem {
    return this.#finish(question, reply, 0, false);
  }

  /** An item's reply is in the database. */
  stored({ reply }: FinishedItem): void {
    if (reply?.paid) this.#stored.push(reply.kept.key.toString("hex"));
  }

  /** Forgets the questions whose replies a look into the database that begins now will find. */
  forgetStored(): void {
    for (const name of this.#stored.splice(0)) this.#asked.delete(name);
  }

  async #ask({ position, prompt, key }: ItemQuestion): Promise<Outcome> {
    const { agent, connection, pricing, structure } = this.#assignment;
    const { contextWindow } = pricing;
    if (contextWindow !== undefined && (await surelyExceeds(prompt, contextWindow, connection)))
      return { kind: "failed", verdict: tooLong(connection, contextWindow), attempts: 0 };
    const { parameters } = agent;
    const request = { prompt, parameters, ...(structure && { structure }) };
    const answer = await ask(this.#asking, position, request);
    if (answer.kind === "left") return answer;
    const { attempts } = answer;
    if (answer.kind === "failed")
      return { kind: "failed", verdict: judgeFailure(answer.failure), attempts };
    const reply = { ...answer.reply, key, cost: pricing.costOf(answer.reply) };
    this.#onPaid(reply);
    return { kind: "reply", reply, attempts };
  }

  #finish(
    { position, recordId }: ItemQuestion,
    kept: KeptReply,
    attempts: number,
    paid: boolean,
  ): FinishedItem {
    const verdict = judgeReply(this.#assignment, kept, attempts, this.#log);
    return { ...verdict, position, recordId, attempts, reply: { kept, paid } };
  }
}

const tooLong = ({ model }: Connection, window: number): Verdict => ({
  outcome: "prompt-too-long",
  reason: "prompt-too-long",
  message: `The prompt has more than ${window} tokens, the most that ${model} takes; it was not sent.`,
  labels: [],
});
