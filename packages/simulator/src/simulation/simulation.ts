import { itemOf, shortHash } from "../calls.ts";
import { chatCompletion } from "../openai/chat-completion.ts";
import { type ChatRequest, messageTexts } from "../openai/chat-request.ts";
import { modelNotFound, noReplyRecorded, rateLimited } from "../openai/error.ts";
import { outputTokens, promptTokens } from "../openai/tokens.ts";
import type { Behaviour } from "../options.ts";
import type { Match, Replies } from "../replies/replies.ts";
import type { Answer } from "../replies/reply.ts";
import { type Decision, turnedAway } from "./decision.ts";
import { delivered, spoken } from "./delivery.ts";
import { drawn } from "./draws.ts";
import { faultOf } from "./fault.ts";
import { milliseconds } from "./latency.ts";
import { RateLimiter } from "./rate-limiter.ts";

/**
 * The simulated provider without its network or clock: told of each call and the time, it decides what happens. The
 * same seed, prompt and attempt always meet the same fate, whatever else goes on, but for the rate limits, which hang on
 * time by their nature and come first: a call they turn away is no attempt.
 */
export class Simulation {
  readonly models: readonly string[];
  readonly #replies: Replies;
  readonly #behaviour: Behaviour;
  readonly #limiter: RateLimiter;
  readonly #startedAt: number;
  readonly #asked = new Map<string, Asked>();

  /** @param now milliseconds since 1970, on a clock that never runs back; so in every call */
  constructor(replies: Replies, behaviour: Behaviour, now: number) {
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

  call(request: ChatRequest, now: number): Decision {
    if (!this.models.includes(request.model))
      return turnedAway(modelNotFound(request.model, this.models));
    const messages = messageTexts(request);
    const match = this.#replies.find(request.model, messages);
    if (!match) return turnedAway(noReplyRecorded);

    const prompt = shortHash(JSON.stringify([request.model, request.messages]));
    const asked = this.#asked.get(prompt) ?? { attempts: 0, answers: 0 };
    const answers = nextAnswers(match, asked, request.n ?? 1);
    const inputTokens = answers[0]?.usage?.inputTokens ?? promptTokens(messages);
    const ids = { item: itemOf(match.text), prompt, inputTokens };

    const rejection = this.#limiter.admit(inputTokens + reserved(request, answers), now);
    const headers = this.#limiter.headers(rejection);
    if (rejection)
      return {
        ...turnedAway(rateLimited(request.model, rejection)),
        ...ids,
        outcome: "rate-limited",
        headers,
      };

    asked.attempts += 1;
    this.#asked.set(prompt, asked);
    return { ...ids, headers, ...this.#fate(request, ids, asked, answers, now) };
  }

  #fate(
    request: ChatRequest,
    { prompt, inputTokens }: { readonly prompt: string; readonly inputTokens: number },
    asked: Asked,
    answers: readonly Answer[],
    now: number,
  ): Pick<Decision, "outcome" | "delivery" | "afterMs" | "attempt" | "outputTokens"> {
    const { seed, faults, latency } = this.#behaviour;
    const attempt = asked.attempts;
    const draws = drawn(seed, prompt, attempt);
    const seconds = (now - this.#startedAt) / 1000;
    const fault = faultOf(faults, { attempt, seconds, draws });
    if (fault === undefined) asked.answers += answers.length;
    const said = spoken(answers, fault, this.#replies.wordings, draws);
    const usage = { inputTokens, outputTokens: put(said) };
    const id = shortHash(`${prompt}:${attempt}`);
    return {
      outcome: fault ?? "answered",
      delivery: delivered(fault, chatCompletion(id, request, said, usage, now)),
      afterMs: milliseconds(latency, draws),
      attempt,
      outputTokens: usage.outputTokens,
    };
  }
}

/** How often a prompt was let in, and how many answers it got: the next answer is the first it did not get. */
interface Asked {
  attempts: number;
  answers: number;
}

const nextAnswers = (match: Match, { answers }: Asked, n: number): Answer[] =>
  Array.from({ length: n }, (_, i) => match.answer(answers + i));

const put = (answers: readonly Answer[]): number =>
  answers.reduce((sum, answer) => sum + outputTokens(answer), 0);

const reserved = (request: ChatRequest, answers: readonly Answer[]): number => {
  const most = request.max_completion_tokens ?? request.max_tokens;
  return most ? most * answers.length : put(answers);
};
