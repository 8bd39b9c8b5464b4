import type { Logger } from "pino";
import type { Connection } from "../../llm/connection.ts";
import { contextOf } from "../../llm/context.ts";
import { surelyExceeds } from "../../llm/tokens.ts";
import type { Assignment } from "./assignment.ts";
import type { FinishedItem, KeptReply, Sample, Verdict } from "./finished-item.ts";
import { judgeReplies, wantsRefining } from "./judge.ts";
import { type ItemQuestions, type Question, refiningQuestion } from "./questions.ts";

/** How a question came out; all who ask it share this. `left`: there is no answer yet. */
export type Outcome =
  | {
      readonly kind: "reply";
      readonly reply: KeptReply;
      readonly paid: boolean;
      readonly attempts: number;
    }
  | { readonly kind: "failed"; readonly verdict: Verdict; readonly attempts: number }
  | { readonly kind: "left" };

/** How a sample came out, its refining call included. */
type SampleOutcome =
  | { readonly kind: "sample"; readonly sample: Sample; readonly attempts: number }
  | Exclude<Outcome, { kind: "reply" }>;

/** What the finding of answers needs from outside. */
export interface AnswerSources {
  /** Asks a question for the item at a position. A reply that it pays for is stored, whatever becomes of the item. */
  readonly ask: (position: number, question: Question) => Promise<Outcome>;
  /** The replies that are stored under these keys, by the key in hexadecimal. */
  readonly lookUp: (keys: readonly Buffer[]) => Promise<ReadonlyMap<string, KeptReply>>;
  readonly log: Logger;
}

/** Finds the answers to a job's questions and judges them. Nothing is stored here. */
export class Answers {
  readonly #assignment: Assignment;
  readonly #sources: AnswerSources;
  /** Questions under way, or answered and perhaps not stored yet: whoever asks the same thing pays once with the others. */
  readonly #asked = new Map<string, Promise<Outcome>>();
  #stored: string[] = [];

  constructor(assignment: Assignment, sources: AnswerSources) {
    this.#assignment = assignment;
    this.#sources = sources;
  }

  /**
   * Asks an item's questions and finishes it; undefined where the job stopped before there was an answer. All samples
   * are asked side by side; one that fails for good ends the item as it ended.
   *
   * @param known replies that are stored already, by the hexadecimal of their keys
   */
  async answer(
    item: ItemQuestions,
    known: ReadonlyMap<string, KeptReply>,
  ): Promise<FinishedItem | undefined> {
    const { position, recordId } = item;
    const outcomes = await Promise.all(
      item.samples.map((question) => this.#sample(item, question, known.get(question.name))),
    );
    const samples: Sample[] = [];
    let attempts = 0;
    let failed: Verdict | undefined;
    for (const outcome of outcomes) {
      if (outcome.kind === "left") return undefined;
      attempts += outcome.attempts;
      if (outcome.kind === "sample") samples.push(outcome.sample);
      else failed ??= outcome.verdict;
    }
    if (failed) return { ...failed, position, recordId, attempts, samples: [] };
    return this.#finish(item, samples, attempts);
  }

  /** Finishes an item all of whose replies are stored; undefined where something is left to be asked. */
  reuse(item: ItemQuestions, known: ReadonlyMap<string, KeptReply>): FinishedItem | undefined {
    const samples: Sample[] = [];
    for (const { name } of item.samples) {
      const reply = known.get(name);
      if (!reply || this.#isToRefine(item, reply)) return undefined;
      samples.push({ reply, paid: false, refined: undefined });
    }
    return this.#finish(item, samples, 0);
  }

  /** A reply is in the database. */
  stored(reply: KeptReply): void {
    this.#stored.push(reply.key.toString("hex"));
  }

  /** Forgets the questions whose replies a look into the database that begins now will find. */
  forgetStored(): void {
    for (const name of this.#stored) this.#asked.delete(name);
    this.#stored = [];
  }

  async #sample(
    item: ItemQuestions,
    question: Question,
    known: KeptReply | undefined,
  ): Promise<SampleOutcome> {
    const outcome = known ? reused(known) : await this.#hear(item, question);
    if (outcome.kind !== "reply") return outcome;
    const { reply, paid, attempts } = outcome;
    const second = this.#isToRefine(item, reply)
      ? refiningQuestion(this.#assignment, item, reply.text)
      : undefined;
    if (!second) return { kind: "sample", sample: { reply, paid, refined: undefined }, attempts };
    const again = await this.#hear(item, second, "look-first");
    if (again.kind === "left") return again;
    const calls = attempts + again.attempts;
    if (again.kind === "failed") return { ...again, attempts: calls };
    return { kind: "sample", sample: { reply, paid, refined: again }, attempts: calls };
  }

  #isToRefine({ input }: ItemQuestions, reply: KeptReply): boolean {
    const { templates } = this.#assignment;
    return templates.refine !== undefined && wantsRefining(this.#assignment, reply, input.text);
  }

  /** Asks a question, or shares the answer of whoever asked it before. */
  async #hear(
    item: ItemQuestions,
    question: Question,
    how: "ask" | "look-first" = "ask",
  ): Promise<Outcome> {
    const { name } = question;
    const underWay = this.#asked.get(name);
    if (underWay) {
      const outcome = await underWay;
      return outcome.kind === "reply" ? { ...outcome, paid: false, attempts: 0 } : outcome;
    }
    const asked = how === "ask" ? this.#ask(item, question) : this.#lookUpOrAsk(item, question);
    this.#asked.set(name, asked);
    const outcome = await asked;
    if (outcome.kind !== "reply") this.#asked.delete(name);
    return outcome;
  }

  async #lookUpOrAsk(item: ItemQuestions, question: Question): Promise<Outcome> {
    const known = (await this.#sources.lookUp([question.key])).get(question.name);
    if (!known) return this.#ask(item, question);
    this.stored(known);
    return reused(known);
  }

  async #ask({ position }: ItemQuestions, question: Question): Promise<Outcome> {
    const { agent, connection, pricing } = this.#assignment;
    const context = contextOf(agent.model, pricing);
    if (context && (await surelyExceeds(question.prompt, context, connection)))
      return { kind: "failed", verdict: tooLong(connection, context.tokens), attempts: 0 };
    return this.#sources.ask(position, question);
  }

  #finish(
    { position, recordId, input }: ItemQuestions,
    samples: readonly Sample[],
    attempts: number,
  ): FinishedItem {
    const verdict = judgeReplies(
      this.#assignment,
      samples,
      input.text,
      attempts,
      this.#sources.log,
    );
    return { ...verdict, position, recordId, attempts, samples };
  }
}

const reused = (reply: KeptReply): Outcome => ({ kind: "reply", reply, paid: false, attempts: 0 });

const tooLong = ({ model }: Connection, window: number): Verdict => ({
  outcome: "prompt-too-long",
  reason: "prompt-too-long",
  message: `The prompt has more than ${window} tokens, the most that ${model} takes; it was not sent.`,
  labels: [],
});
