import { itemOf, shortHash } from "../calls.ts";
import type { Behaviour } from "../options.ts";
import type { Match, Replies } from "../replies/replies.ts";
import type { Answer } from "../replies/reply.ts";
import { cutTo } from "./cut.ts";
import { type Decision, turnedAway } from "./decision.ts";
import { delivered, spoken } from "./delivery.ts";
import { drawn } from "./draws.ts";
import { faultOf, ofConnection } from "./fault.ts";
import { milliseconds } from "./latency.ts";
import type { ModelCall, Via } from "./model-call.ts";
import { type LimitUse, RateLimiter } from "./rate-limiter.ts";
import { promptTokens, putOut, tokensOf } from "./tokens.ts";

/**
 * The simulated provider without its network or clock: told of each call and the time, it decides what happens. The
 * same seed, prompt and attempt always meet the same fate, whatever else goes on, but for the rate limits, which hang on
 * time by their nature and come first: a call they turn away is no attempt.
 */
export class Simulation {
  readonly models: readonly string[];
  readonly #replies: Recorded;
  readonly #behaviour: Behaviour;
  readonly #limiter: RateLimiter;
  readonly #startedAt: number;
  readonly #asked = new Map<string, Asked>();

  /** @param now milliseconds since 1970, on a clock that never runs back; so in every call */
  constructor(replies: Recorded, behaviour: Behaviour, now: number) {
    this.models = replies.models;
    this.#replies = replies;
    this.#behaviour = behaviour;
    this.#limiter = new RateLimiter(behaviour.limits, now);
    this.#startedAt = now;
  }

  /** Different prompts let in so far. */
  get prompts(): number {
    return this.#asked.size;
  }

  /** How much of each limit was made use of until now. */
  uses(now: number): LimitUse[] {
    return this.#limiter.uses(now);
  }

  /** What happens to a request. */
  call(call: ModelCall, now: number): Decision {
    const match = this.#find(call);
    return "error" in match ? match.error : this.callAbout(match, call, now);
  }

  /** What happens to a request of which it is known already what it asks about. */
  callAbout(match: Match, call: ModelCall, now: number): Decision {
    const understood = this.#understand(match, call);
    const { ids, answers } = understood;
    const { limits } = this.#behaviour;
    const rejection = this.#limiter.admit(ids.inputTokens + reserved(call, answers), now);
    const headers = limits.headers
      ? call.dialect.limitHeaders(this.#limiter.allowances, rejection, now)
      : {};
    if (rejection)
      return {
        ...turnedAway(call.dialect.rateLimited(call.model, rejection)),
        ...ids,
        outcome: "rate-limited",
        headers,
      };
    return { ...ids, headers, ...this.#fate(call, understood, "request", now) };
  }

  /** A prompt that will not come again need not be remembered. */
  forget(prompt: string): void {
    this.#asked.delete(prompt);
  }

  /**
   * What happens to a line of a batch when its turn comes. Batches have an allowance of their own, which has no end
   * here, and no connection that could break.
   *
   * @param at when its turn came, in milliseconds since 1970; calls that came later may have been decided before
   */
  callInBatch(call: ModelCall, at: number): Decision {
    const match = this.#find(call);
    if ("error" in match) return match.error;
    const understood = this.#understand(match, call);
    return { ...understood.ids, headers: {}, ...this.#fate(call, understood, "batch", at) };
  }

  #find({ dialect, model, texts, computed }: ModelCall): Match | { readonly error: Decision } {
    if (computed) return ofItself(texts);
    if (!this.models.includes(model))
      return { error: turnedAway(dialect.modelNotFound(model, this.models)) };
    const match = this.#replies.find(model, texts);
    return match ?? { error: turnedAway(dialect.noReplyRecorded) };
  }

  #understand(match: Match, { texts, prompt, n }: ModelCall): Understood {
    const asked = this.#asked.get(prompt) ?? { attempts: 0, answers: 0 };
    const answers = nextAnswers(match, asked, n);
    const inputTokens = answers[0]?.usage?.inputTokens ?? promptTokens(texts);
    return { ids: { item: itemOf(match.text), prompt, inputTokens }, asked, answers };
  }

  #fate(
    call: ModelCall,
    { ids: { prompt, inputTokens }, asked, answers }: Understood,
    via: Via,
    at: number,
  ): Pick<Decision, "outcome" | "delivery" | "afterMs" | "attempt" | "outputTokens"> {
    asked.attempts += 1;
    this.#asked.set(prompt, asked);
    const { seed, faults, latency } = this.#behaviour;
    const attempt = asked.attempts;
    const draws = drawn(seed, prompt, attempt);
    const seconds = (at - this.#startedAt) / 1000;
    const possible = via === "batch" ? faults.filter((rule) => !ofConnection(rule)) : faults;
    const fault = faultOf(possible, { attempt, seconds, draws });
    if (fault === undefined) asked.answers += answers.length;
    const said = spoken(answers, fault, this.#replies.wordings, draws);
    const usage = { inputTokens, outputTokens: putOut(said, call.maxOutputTokens) };
    const body = call.body({
      id: shortHash(`${prompt}:${attempt}`),
      answers: said.map((answer) => cutTo(call.maxOutputTokens, answer)),
      usage,
      via,
      at,
    });
    return {
      outcome: fault ?? "answered",
      delivery: delivered(fault, body, call.dialect),
      afterMs: milliseconds(latency, draws),
      attempt,
      outputTokens: usage.outputTokens,
    };
  }
}

/** Of the replies, what a simulation needs. */
export type Recorded = Pick<Replies, "models" | "wordings" | "find">;

/** How often a prompt was let in, and how many answers it got: the next answer is the first it did not get. */
interface Asked {
  attempts: number;
  answers: number;
}

interface Understood {
  readonly ids: { readonly item: string; readonly prompt: string; readonly inputTokens: number };
  readonly asked: Asked;
  readonly answers: readonly Answer[];
}

/** What a call asks about whose answer is made of its texts: no words are put out, and its texts are all that is billed. */
function ofItself(texts: readonly string[]): Match {
  const inputTokens = texts.reduce((sum, text) => sum + tokensOf(text), 0);
  const usage = { inputTokens, outputTokens: 0 };
  return {
    text: texts.join("\n"),
    answer: () => ({ reply: "", finishReason: "stop", usage }),
  };
}

const nextAnswers = (match: Match, { answers }: Asked, n: number): Answer[] =>
  Array.from({ length: n }, (_, i) => match.answer(answers + i));

const reserved = (call: ModelCall, answers: readonly Answer[]): number =>
  call.maxOutputTokens === undefined ? putOut(answers) : call.maxOutputTokens * call.n;
