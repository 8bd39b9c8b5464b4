import type { z } from "zod";
import { anthropic } from "./anthropic/dialect.ts";
import type { CallOutcome } from "./calls.ts";
import { openai } from "./openai/dialect.ts";
import { Behaviour } from "./options.ts";
import type { Delivery } from "./simulation/decision.ts";
import type { LimitUse } from "./simulation/rate-limiter.ts";
import { type Recorded, Simulation } from "./simulation/simulation.ts";

/** A call of which only the sizes are known. */
export interface SizedCall {
  /** Names the prompt: the same for every attempt at it, and for no other. */
  readonly prompt: string;
  readonly inputTokens: number;
  /** What the answer has, where it is not cut. */
  readonly outputTokens: number;
  /** Tokens that an answer may have, where the request has a bound. */
  readonly maxOutputTokens?: number | undefined;
}

/** What becomes of a sized call; a 200 has no body, as there are no words. */
export interface SizedDecision {
  readonly outcome: CallOutcome;
  readonly delivery: Delivery;
  /** How long after the call its delivery begins, in milliseconds. */
  readonly afterMs: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

const dialects = { openai, anthropic };

/**
 * The simulated provider for those who have a time of their own, such as a rehearsal: no server, no clock, no words, but
 * the same limits, times, faults, headers and errors, drawn from the same seed.
 */
export class RehearsedProvider {
  readonly #simulation: Simulation;
  readonly #dialect: keyof typeof dialects;

  /**
   * @param now milliseconds that never run back; so in every call
   * @throws ZodError when an option is out of range
   */
  constructor(behaviour: z.input<typeof Behaviour>, dialect: "openai" | "anthropic", now: number) {
    this.#simulation = new Simulation(nothing, Behaviour.parse(behaviour), now);
    this.#dialect = dialect;
  }

  call(sized: SizedCall, now: number): SizedDecision {
    const { prompt, maxOutputTokens } = sized;
    const usage = { inputTokens: sized.inputTokens, outputTokens: sized.outputTokens };
    const answer = { reply: "", usage, finishReason: "stop" } as const;
    return this.#simulation.callAbout(
      { text: prompt, answer: () => answer },
      {
        dialect: dialects[this.#dialect],
        model: "simulated-rehearsed",
        texts: [],
        prompt,
        n: 1,
        maxOutputTokens,
        body: () => "",
      },
      now,
    );
  }

  /** A prompt that will not be called with again need not be remembered. */
  forget(prompt: string): void {
    this.#simulation.forget(prompt);
  }

  /** How much of each limit was made use of until now. */
  uses(now: number): LimitUse[] {
    return this.#simulation.uses(now);
  }
}

const nothing: Recorded = { models: [], wordings: [], find: () => undefined };
