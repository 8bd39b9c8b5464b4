import { hash } from "node:crypto";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import type { Fault } from "./simulation/fault-rule.ts";

/**
 * How a call ended. `answered` is a recorded answer, delivered whole; `rate-limited` was over the limits; `invalid` was
 * no request the simulator can answer (400, 401, 404); `abandoned` was given up by the caller before its answer was due.
 * The rest are the faults of the same name.
 */
export type CallOutcome = "answered" | "rate-limited" | "invalid" | "abandoned" | Fault;

/** One line of the request log. */
export interface Call {
  /** When it came, ISO 8601. */
  readonly at: string;
  /** `itemOf` the record's text that the prompt held; null where none was found. */
  readonly item: string | null;
  /** Hash of model and messages: the same for every attempt at one prompt. */
  readonly prompt: string | null;
  /** From 1, of those the limits let in; 0 for the others. */
  readonly attempt: number;
  readonly outcome: CallOutcome;
  /** HTTP status sent; null where none was. */
  readonly status: number | null;
  readonly ms: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** The short hash by which the log names a record's text, so that a test can count the calls made for a record. */
export const itemOf = (text: string): string => shortHash(text.trim());

export const shortHash = (text: string): string => hash("sha256", text, "hex").slice(0, 24);

/** What was asked of the simulator so far; read it at any time. */
export interface CallCounts {
  readonly total: number;
  readonly inFlight: number;
  readonly mostInFlight: number;
  /** Different prompts let in. */
  readonly prompts: number;
  readonly outcomes: Readonly<Partial<Record<CallOutcome, number>>>;
}

/** Where calls are written: the path of a JSONL file that is appended to, or a function. */
export type CallSink = string | ((call: Call) => void);

/** Counts calls and passes each to the sink as it ends. */
export class CallLog {
  #total = 0;
  #inFlight = 0;
  #mostInFlight = 0;
  readonly #outcomes: Partial<Record<CallOutcome, number>> = {};
  readonly #write: (call: Call) => void;
  readonly close: () => Promise<void>;

  private constructor(write: (call: Call) => void, close: () => Promise<void>) {
    this.#write = write;
    this.close = close;
  }

  /** @throws Error (ENOENT and the like) when the file cannot be written */
  static async open(sink: CallSink | undefined): Promise<CallLog> {
    if (typeof sink !== "string") return new CallLog(sink ?? (() => {}), async () => {});
    const file = createWriteStream(sink, { flags: "a" });
    await once(file, "open");
    return new CallLog(
      (call) => file.write(`${JSON.stringify(call)}\n`),
      () => finished(file.end()),
    );
  }

  began(): void {
    this.#total += 1;
    this.#inFlight += 1;
    this.#mostInFlight = Math.max(this.#mostInFlight, this.#inFlight);
  }

  ended(call: Call): void {
    this.#inFlight -= 1;
    this.#outcomes[call.outcome] = (this.#outcomes[call.outcome] ?? 0) + 1;
    this.#write(call);
  }

  counts(prompts: number): CallCounts {
    return {
      total: this.#total,
      inFlight: this.#inFlight,
      mostInFlight: this.#mostInFlight,
      prompts,
      outcomes: { ...this.#outcomes },
    };
  }
}
