import { type Budget, type Spend, usedUp } from "@countersign/core";
import type { KeptReply } from "./finished-item.ts";

const nothing: Spend = { usd: 0, tokens: 0, records: 0 };

const plus = (a: Spend, b: Spend): Spend => ({
  usd: a.usd + b.usd,
  tokens: a.tokens + b.tokens,
  records: a.records + b.records,
});

const minus = (a: Spend, b: Spend): Spend => ({
  usd: a.usd - b.usd,
  tokens: a.tokens - b.tokens,
  records: a.records - b.records,
});

/**
 * Reckons what a job has spent: here, to the call, and elsewhere, as the database had it when it was last asked. Pure.
 */
export class Spending {
  readonly #budget: Budget;
  /** What this worker spent, and what of it is in the database. */
  #here = nothing;
  #stored = nothing;
  /** Everybody else, and all before. */
  #others: Spend;

  constructor(budget: Budget, before: Spend) {
    this.#budget = budget;
    this.#others = before;
  }

  /** The part of the budget that is used up. */
  get usedUp(): keyof Budget | undefined {
    return usedUp(this.#budget, plus(this.#here, this.#others));
  }

  paid(reply: KeptReply): void {
    this.#here = plus(this.#here, spendOf(reply));
  }

  finished(): void {
    this.#here = plus(this.#here, { ...nothing, records: 1 });
  }

  /** Replies that were paid for here, and so many finished items, are in the database. */
  stored(replies: readonly KeptReply[], items: number): void {
    for (const reply of replies) this.#stored = plus(this.#stored, spendOf(reply));
    this.#stored = plus(this.#stored, { ...nothing, records: items });
  }

  /** What the database says that all workers spent. */
  told(total: Spend): void {
    const others = minus(total, this.#stored);
    // What is stored may be counted a moment before it is known here to be; spending never goes back.
    this.#others = {
      usd: Math.max(this.#others.usd, others.usd),
      tokens: Math.max(this.#others.tokens, others.tokens),
      records: Math.max(this.#others.records, others.records),
    };
  }
}

const spendOf = ({ usage, cost }: KeptReply): Spend => ({
  usd: cost ?? 0,
  tokens: (usage.inputTokens ?? 0) + (usage.outputTokens ?? 0),
  records: 0,
});
