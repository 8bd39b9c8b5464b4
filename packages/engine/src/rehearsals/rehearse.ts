import { setMaxListeners } from "node:events";
import type { Budget, JobSettings, ModelConfiguration, Outcome } from "@countersign/core";
import { ask } from "../jobs/worker/ask.ts";
import { Distress } from "../jobs/worker/distress.ts";
import { judgeFailure } from "../jobs/worker/judge.ts";
import { Spending } from "../jobs/worker/spending.ts";
import type { DelegateFailure, RetryFailure } from "../llm/call-failure.ts";
import { CallLine, type Lane } from "../llm/call-line.ts";
import type { ChatModel, ModelReply } from "../llm/chat-model.ts";
import { connectionOf } from "../llm/connection.ts";
import { Pacer } from "../llm/pacer.ts";
import { pricingOf } from "../llm/prices.ts";
import type { Random } from "../llm/retry-policy.ts";
import { seededRandom } from "../llm/seeded-random.ts";
import { SimulatedClock } from "../llm/simulated-clock.ts";
import { modelInTime } from "./model-in-time.ts";
import type { ProviderAct } from "./provider-act.ts";
import { type Slice, TimeLine } from "./time-line.ts";

/** An item as far as pacing goes. */
export interface RehearsedItem {
  /** Characters of its prompt, by which a call's tokens are guessed before it is answered. */
  readonly characters: number;
}

export interface RehearsalInput<Item extends RehearsedItem> {
  /** Taken one by one, as a job takes them. */
  readonly items: Iterable<Item> | AsyncIterable<Item>;
  readonly settings: JobSettings;
  /** The model whose price is reckoned with; none if left out. */
  readonly model?: ModelConfiguration | undefined;
  /** Decides, in order of time, what becomes of a call for an item. `now` is in milliseconds since the start. */
  readonly act: (item: Item, position: number, now: number) => ProviderAct;
  /** The same seed, the same rehearsal. */
  readonly seed: number;
  /** Told when an item has ended: it is not called for again. */
  readonly onEnded?: (position: number) => void;
  /** Told once, when every item has been asked, or none will be any more: until then there is always something to ask. */
  readonly onAllAsked?: (now: number) => void;
}

/** How items end in a rehearsal: there are no words that could be read as labels, so a reply is an answer. */
export type RehearsedOutcome =
  | "answered"
  | Extract<Outcome, "refused" | "prompt-too-long" | "failed">
  /** The job paused first. */
  | "not-asked";

/** How a job would go, found out in simulated time. Nothing was called. */
export interface Rehearsal {
  readonly simulated: true;
  readonly items: number;
  readonly seconds: number;
  readonly outcomes: Readonly<Record<RehearsedOutcome, number>>;
  readonly calls: number;
  /** Calls that ended without a reply and were to be tried again, by cause. */
  readonly failedCalls: Readonly<Partial<Record<RetryFailure["reason"], number>>>;
  /** Calls for an item that had been called for before. */
  readonly retries: number;
  readonly turnedAway: { readonly calls: number; readonly share: number };
  /** Calls under way at once: on the average of the second half of the time in which there was always something to ask, and at most. */
  readonly concurrency: { readonly settled: number; readonly most: number };
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** US dollars; null where the model's price is unknown, or none was named. */
  readonly usd: number | null;
  /** Why it would pause, and when; null where it would not. */
  readonly pause: RehearsedPause | null;
  readonly slices: readonly Slice[];
}

export interface RehearsedPause {
  readonly atSeconds: number;
  readonly reason: "budget" | (DelegateFailure | RetryFailure)["reason"];
  /** In the provider's words where it was the provider; the part of the budget where it was the budget. */
  readonly what: string;
}

/**
 * Runs a job's pacing, retries, distress and budget against a provider that is a function, in simulated time. Items are
 * taken as a worker takes them, one worker alone; prompts are not rendered and replies not read or stored, so this
 * machine's own work takes no time.
 */
export async function rehearse<Item extends RehearsedItem>(
  input: RehearsalInput<Item>,
): Promise<Rehearsal> {
  const run = new RehearsalRun(input);
  await run.run();
  return run.result();
}

class RehearsalRun<Item extends RehearsedItem> {
  readonly #input: RehearsalInput<Item>;
  readonly #clock = new SimulatedClock();
  readonly #random: Random;
  readonly #lane: Lane;
  readonly #distress = new Distress();
  readonly #spending: Spending | undefined;
  readonly #priceOf: (reply: ModelReply) => number | null;
  readonly #quit = new AbortController();
  readonly #abort = new AbortController();
  readonly #timeLine = new TimeLine();
  readonly #outcomes: Record<RehearsedOutcome, number> = {
    answered: 0,
    refused: 0,
    "prompt-too-long": 0,
    failed: 0,
    "not-asked": 0,
  };
  readonly #failedCalls: Partial<Record<RetryFailure["reason"], number>> = {};
  #items = 0;
  #unanswered = 0;
  #underWay = 0;
  #mostUnderWay = 0;
  #calls = 0;
  #retries = 0;
  #inputTokens = 0;
  #outputTokens = 0;
  #usd: number | null;
  #pause: RehearsedPause | null = null;
  #endedAt = 0;
  #areAllTaken = false;
  #asked = 0;
  #allAskedAt: number | undefined;

  constructor(input: RehearsalInput<Item>) {
    this.#input = input;
    const { settings, model, seed } = input;
    const { concurrency, budget, ...perMinute } = settings;
    this.#random = seededRandom(seed);
    const line = new CallLine(new Pacer(this.#random), this.#clock);
    this.#lane = line.open(concurrency, perMinute);
    this.#spending = budget && new Spending(budget, { usd: 0, tokens: 0, records: 0 });
    const pricing = model && pricingOf(connectionOf(model, {}));
    this.#priceOf = rememberedBySize(
      ({ usage }) => pricing?.costOf({ usage, simulated: false }) ?? null,
    );
    this.#usd = pricing ? 0 : null;
    setMaxListeners(0, this.#quit.signal, this.#abort.signal);
  }

  async run(): Promise<void> {
    const enough = 4 * this.#input.settings.concurrency + 200;
    for await (const item of this.#input.items) {
      this.#items += 1;
      if (this.#quit.signal.aborted) {
        this.#outcomes["not-asked"] += 1;
        continue;
      }
      void this.#ask(item, this.#items);
      while (this.#unanswered >= enough && (await this.#clock.step())) {}
    }
    this.#areAllTaken = true;
    this.#seeIfAllAsked();
    while (await this.#clock.step()) {}
  }

  result(): Rehearsal {
    const turnedAway = this.#failedCalls["rate-limited"] ?? 0;
    const slices = this.#timeLine.until(this.#endedAt);
    return {
      simulated: true,
      items: this.#items,
      seconds: this.#endedAt / 1000,
      outcomes: this.#outcomes,
      calls: this.#calls,
      failedCalls: this.#failedCalls,
      retries: this.#retries,
      turnedAway: {
        calls: turnedAway,
        share: this.#calls === 0 ? 0 : turnedAway / this.#calls,
      },
      concurrency: {
        settled: settledAt(slices, (this.#allAskedAt ?? 0) / 1000),
        most: this.#mostUnderWay,
      },
      inputTokens: this.#inputTokens,
      outputTokens: this.#outputTokens,
      usd: this.#usd,
      pause: this.#pause,
      slices,
    };
  }

  async #ask(item: Item, position: number): Promise<void> {
    this.#unanswered += 1;
    const { settings } = this.#input;
    let isFirst = true;
    const act = (now: number) => {
      if (isFirst) this.#asked += 1;
      isFirst = false;
      const acted = this.#input.act(item, position, now);
      this.#seeIfAllAsked();
      return acted;
    };
    const answer = await ask(
      {
        model: this.#watched(modelInTime(this.#clock, act)),
        settings,
        lane: this.#lane,
        distress: this.#distress,
        clock: this.#clock,
        random: this.#random,
        quit: this.#quit.signal,
        abort: this.#abort.signal,
        onCall: (again) => {
          if (again) this.#retries += 1;
        },
        isSpent: () => this.#isSpent(),
        onHopeless: (failure) => this.#pauseFor(failure.reason, failure.message),
      },
      position,
      { prompt: { user: " ".repeat(item.characters) }, parameters: { topLogprobs: 0 } },
    );
    this.#unanswered -= 1;
    this.#input.onEnded?.(position);
    if (answer.kind === "left") {
      this.#outcomes["not-asked"] += 1;
      return;
    }
    if (answer.kind === "reply") this.#pay(answer.reply);
    this.#spending?.finished();
    this.#outcomes[outcomeOf(answer)] += 1;
    this.#timeLine.finished(this.#clock.now());
    this.#endedAt = this.#clock.now();
  }

  #seeIfAllAsked(): void {
    if (this.#allAskedAt !== undefined || !this.#areAllTaken || this.#asked < this.#items) return;
    this.#noMoreToAsk();
  }

  #noMoreToAsk(): void {
    this.#allAskedAt = this.#clock.now();
    this.#input.onAllAsked?.(this.#allAskedAt);
  }

  /** The model, its calls counted. */
  #watched(model: ChatModel): ChatModel {
    return {
      call: async (request, signal) => {
        this.#underWay += 1;
        this.#mostUnderWay = Math.max(this.#mostUnderWay, this.#underWay);
        this.#timeLine.began(this.#clock.now());
        const result = await model.call(request, signal);
        this.#underWay -= 1;
        this.#calls += 1;
        const failure = result.ok ? undefined : result.error;
        this.#timeLine.ended(this.#clock.now(), isRateLimited(failure));
        if (failure?.kind === "retry")
          this.#failedCalls[failure.reason] = (this.#failedCalls[failure.reason] ?? 0) + 1;
        this.#endedAt = this.#clock.now();
        return result;
      },
    };
  }

  #pay(reply: ModelReply): void {
    const cost = this.#priceOf(reply);
    this.#spending?.paid({ ...reply, key: noKey, cost });
    this.#inputTokens += reply.usage.inputTokens ?? 0;
    this.#outputTokens += reply.usage.outputTokens ?? 0;
    this.#usd = this.#usd === null || cost === null ? null : this.#usd + cost;
  }

  #isSpent(): boolean {
    const kind: keyof Budget | undefined = this.#spending?.usedUp;
    if (kind === undefined) return false;
    this.#pauseFor("budget", kind);
    return true;
  }

  #pauseFor(reason: RehearsedPause["reason"], what: string): void {
    this.#pause ??= { atSeconds: this.#clock.now() / 1000, reason, what };
    if (this.#allAskedAt === undefined) this.#noMoreToAsk();
    this.#quit.abort();
    this.#lane.close();
  }
}

/** Calls of equal size cost the same, and looking a price up takes longer than all the rest of a call. */
function rememberedBySize(priceOf: (reply: ModelReply) => number | null) {
  const known = new Map<string, number | null>();
  return (reply: ModelReply): number | null => {
    const size = `${reply.usage.inputTokens} ${reply.usage.outputTokens}`;
    const before = known.get(size);
    if (before !== undefined) return before;
    if (known.size >= mostRemembered) known.clear();
    const price = priceOf(reply);
    known.set(size, price);
    return price;
  };
}

const mostRemembered = 10_000;

const noKey = Buffer.alloc(0);

const isRateLimited = (failure: { readonly kind: string } | undefined): boolean =>
  failure !== undefined && "reason" in failure && failure.reason === "rate-limited";

function outcomeOf(
  answer: Exclude<Awaited<ReturnType<typeof ask>>, { kind: "left" }>,
): RehearsedOutcome {
  if (answer.kind === "reply")
    return answer.reply.finish === "content-filter" ? "refused" : "answered";
  const { outcome } = judgeFailure(answer.failure);
  return outcome === "refused" || outcome === "prompt-too-long" ? outcome : "failed";
}

/** The mean of the second half of the time until then; of the whole where it is too short to have halves. */
function settledAt(slices: readonly Slice[], until: number): number {
  const end = Math.max(until, (slices[0]?.seconds ?? 0) / 2);
  const looked = slices.filter(
    ({ from, seconds }) => from + seconds / 2 >= end / 2 && from + seconds / 2 <= end,
  );
  const of = looked.length > 0 ? looked : slices;
  const time = of.reduce((sum, { seconds }) => sum + seconds, 0);
  const calls = of.reduce((sum, { seconds, concurrency }) => sum + seconds * concurrency, 0);
  return time === 0 ? 0 : calls / time;
}
