import { hash } from "node:crypto";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import type { Fault } from "./simulation/fault-rule.ts";
import type { Via } from "./simulation/model-call.ts";

/**
 * How a call ended. `answered` is a recorded answer, delivered whole; `rate-limited` was over the limits; `invalid` was
 * no request the simulator can answer (400, 401, 404); `abandoned` was given up by the caller before its answer was due.
 * The rest are the faults of the same name.
 */
export type CallOutcome = "answered" | "rate-limited" | "invalid" | "abandoned" | Fault;

/** One line of the request log. */
export interface Call {
  /** When it came, ISO 8601; of a line of a batch, when its turn came. */
  readonly at: string;
  /** Whether it was a request of its own or a line of a batch. */
  readonly via: Via;
  /** `itemOf` the record's text that the prompt held; null where none was found. */
  readonly item: string | null;
  /** Hash of model and messages: the same for every attempt at one prompt, by request or by batch. */
  readonly prompt: string | null;
  /** From 1, of those the limits let in; 0 for the others. */
  readonly attempt: number;
  readonly outcome: CallOutcome;
  /** HTTP status sent, or written into the batch's results; null where none was. */
  readonly status: number | null;
  /** How long it took; of a line of a batch, since the batch was created. */
  readonly ms: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** The short hash by which the log names a record's text, so that a test can count the calls made for a record. */
export const itemOf = (text: string): string => shortHash(text.trim());

export const shortHash = (text: string): string => hash("sha256", text, "hex").slice(0, 24);

type Outcomes = Readonly<Partial<Record<CallOutcome, number>>>;

/** What was asked of the simulator so far; read it at any time. */
export interface CallCounts {
  /** Requests of their own; so the next three. */
  readonly total: number;
  readonly inFlight: number;
  readonly mostInFlight: number;
  readonly outcomes: Outcomes;
  /** Lines of batches whose turn has come. */
  readonly batched: { readonly total: number; readonly outcomes: Outcomes };
  /** Different prompts let in, by request or by batch. */
  readonly prompts: number;
}

/** Where calls are written: the path of a JSONL file that is appended to, or a function. */
export type CallSink = string | ((call: Call) => void);

/** Counts calls and passes each to the sink as it ends. */
export class CallLog {
  #inFlight = 0;
  #mostInFlight = 0;
  readonly #requests = new Tally();
  readonly #lines = new Tally();
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

  /** A request is under way. */
  began(): void {
    this.#inFlight += 1;
    this.#mostInFlight = Math.max(this.#mostInFlight, this.#inFlight);
  }

  /** A request that was under way has ended. */
  ended(call: Omit<Call, "via">): void {
    this.#inFlight -= 1;
    this.#requests.add(call.outcome);
    this.#write({ ...call, via: "request" });
  }

  /** A line of a batch had its turn. */
  batched(call: Omit<Call, "via">): void {
    this.#lines.add(call.outcome);
    this.#write({ ...call, via: "batch" });
  }

  counts(prompts: number): CallCounts {
    return {
      total: this.#requests.total + this.#inFlight,
      inFlight: this.#inFlight,
      mostInFlight: this.#mostInFlight,
      outcomes: { ...this.#requests.outcomes },
      batched: { total: this.#lines.total, outcomes: { ...this.#lines.outcomes } },
      prompts,
    };
  }
}

class Tally {
  total = 0;
  readonly outcomes: Partial<Record<CallOutcome, number>> = {};

  add(outcome: CallOutcome): void {
    this.total += 1;
    this.outcomes[outcome] = (this.outcomes[outcome] ?? 0) + 1;
  }
}
