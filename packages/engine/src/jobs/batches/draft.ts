import type { BatchLine } from "../../llm/batch/index.ts";
import type { IntendedLine } from "./rows.ts";

/** A question that is to go into a batch. */
export interface DraftLine extends BatchLine, IntendedLine {}

/** What of a budget is left for lines, and for items that ask. */
export interface Allowance {
  readonly usd: number;
  readonly tokens: number;
  readonly records: number;
}

/**
 * Lines gathered for the next batches of a job, each question once, within what is left of its budget. Pure.
 */
export class Draft {
  readonly #allowance: Allowance;
  #lines: DraftLine[] = [];
  readonly #names = new Set<string>();
  readonly #items = new Set<number>();
  #usd = 0;
  #tokens = 0;

  constructor(allowance: Allowance) {
    this.#allowance = allowance;
  }

  get size(): number {
    return this.#lines.length;
  }

  has(name: string): boolean {
    return this.#names.has(name);
  }

  /** The part of the budget that another line would overrun; undefined where it fits. */
  overrunBy({ position, usd, tokens }: Omit<IntendedLine, "key">): keyof Allowance | undefined {
    if (this.#usd + usd > this.#allowance.usd) return "usd";
    if (this.#tokens + tokens > this.#allowance.tokens) return "tokens";
    const items = this.#items.size + (this.#items.has(position) ? 0 : 1);
    return items > this.#allowance.records ? "records" : undefined;
  }

  add(line: DraftLine): void {
    this.#lines.push(line);
    this.#names.add(line.name);
    this.#items.add(line.position);
    this.#usd += line.usd;
    this.#tokens += line.tokens;
  }

  /**
   * Takes the lines of one batch out, the first ones: as many as it may have, in lines and in bytes of their bodies, but
   * at least one. Undefined where there are fewer, unless `all` of the rest is wanted.
   */
  take(mostLines: number, mostBytes: number, all: boolean): DraftLine[] | undefined {
    let bytes = 0;
    let lines = 0;
    for (const { body } of this.#lines) {
      bytes += Buffer.byteLength(body);
      if (lines > 0 && (lines >= mostLines || bytes > mostBytes)) break;
      lines += 1;
    }
    const isFull = lines >= mostLines || lines < this.#lines.length;
    if (lines === 0 || (!isFull && !all)) return undefined;
    return this.#lines.splice(0, lines);
  }
}
