import { type RepliesSource, readReplies, UnusableReplies } from "./read.ts";
import type { Answer } from "./reply.ts";
import { TextIndex } from "./text-index.ts";

/** A text found in a prompt, with the answers one model gave about it, in the file's order, at least one. */
export interface Match {
  readonly text: string;
  readonly answer: (turn: number) => Answer;
}

/** All recorded answers, found by the text a prompt holds. Unchanging once loaded. */
export class Replies {
  readonly models: readonly string[];
  /** Different wordings of answers, a few: what a model that errs may say instead. */
  readonly wordings: readonly Answer[];
  readonly #byModel: ReadonlyMap<string, ReadonlyMap<string, AnswersAsJson>>;
  readonly #texts: ReadonlyMap<string, string>;
  readonly #index: TextIndex;

  private constructor(
    byModel: ReadonlyMap<string, ReadonlyMap<string, AnswersAsJson>>,
    texts: ReadonlyMap<string, string>,
    wordings: readonly Answer[],
  ) {
    this.models = [...byModel.keys()];
    this.wordings = wordings;
    this.#byModel = byModel;
    this.#texts = texts;
    this.#index = new TextIndex(texts);
  }

  /** @throws UnusableReplies when a line is no reply, or there is none at all */
  static async load(source: RepliesSource): Promise<Replies> {
    // Answers are kept as JSON, a tenth of the memory of token objects; equal ones are kept once.
    const kept = new Map<string, string>();
    const wordings = new Map<string, Answer>();
    const byModel = new Map<string, Map<string, AnswersAsJson>>();
    const texts = new Map<string, string>();
    for await (const { match, model, ...answer } of readReplies(source)) {
      const text = match.trim();
      const json = JSON.stringify(answer);
      const once = kept.get(json) ?? json;
      kept.set(once, once);
      if (wordings.size < 64 && !wordings.has(answer.reply)) wordings.set(answer.reply, answer);
      const byText = byModel.get(model) ?? new Map<string, AnswersAsJson>();
      byModel.set(model, byText);
      const answers = byText.get(text);
      if (answers === undefined) byText.set(text, [once]);
      else answers.push(once);
      for (const form of [escaped(text), text]) texts.set(form, text);
    }
    if (byModel.size === 0) throw new UnusableReplies("there are no replies");
    return new Replies(byModel, texts, [...wordings.values()]);
  }

  /**
   * The longest recorded text in the messages, looked for in the last message first, since a conversation ends with
   * what is asked. Found as it is or as JSON writes it inside a string.
   */
  find(model: string, messages: readonly string[]): Match | undefined {
    const byText = this.#byModel.get(model);
    for (const message of messages.toReversed()) {
      const form = this.#index.find(message);
      const text = form === undefined ? undefined : this.#texts.get(form);
      const answers = text === undefined ? undefined : byText?.get(text);
      if (text === undefined || answers === undefined) continue;
      return { text, answer: (turn) => parsed(answers[turn % answers.length] ?? answers[0]) };
    }
    return undefined;
  }
}

type AnswersAsJson = [string, ...string[]];

const parsed = (json: string): Answer => JSON.parse(json);

const escaped = (text: string): string => JSON.stringify(text).slice(1, -1);
