import type { Result } from "@countersign/core";
import type { CallFailure } from "../call-failure.ts";
import type { ResponseHeaders } from "../retry-after.ts";

/** A question's place in a batch: its reply's key, and the body that a call by itself would post. */
export interface BatchLine {
  /** The reply's key in hexadecimal: 64 characters, the most that Anthropic takes. */
  readonly name: string;
  readonly body: string;
}

/** A batch that was to be submitted, as far as that helps to find it again. */
export interface SoughtBatch {
  /** A mark that is the batch's alone. */
  readonly mark: string;
  readonly lines: number;
  /** Unix time in milliseconds before which it was not submitted. */
  readonly since: number;
  /** Ids of batches that are known to be others. */
  readonly known: ReadonlySet<string>;
}

/** How far a batch is. */
export interface BatchCounts {
  readonly answered: number;
  readonly failed: number;
}

/** How a batch stands at its provider; `said` is the provider's word for it. */
export type BatchStanding =
  | { readonly kind: "under-way"; readonly said: string; readonly counts: BatchCounts | undefined }
  | {
      readonly kind: "ended";
      readonly said: string;
      readonly how: BatchEnding;
      readonly counts: BatchCounts;
      /** Where its results are, in the provider's terms. */
      readonly results: readonly string[];
    }
  /** None of it was done. `crowded`: the account has too much under way; it may be taken later. */
  | {
      readonly kind: "turned-down";
      readonly said: string;
      readonly crowded: boolean;
      readonly message: string;
    };

export type BatchEnding = "completed" | "expired" | "cancelled";

/** What became of a line. */
export type LineResult = { readonly name: string } & (
  | { readonly kind: "reply"; readonly status: number; readonly body: string }
  /** The provider has no answer, and never asked the model, or not to the end. */
  | {
      readonly kind: "none";
      readonly reason: "batch-expired" | "batch-cancelled" | "batch-failed";
      readonly message: string;
    }
);

/** Results as they come, some at a time, with the headers of the reply they came in. */
export type TakeResults = (lines: readonly LineResult[], headers: ResponseHeaders) => Promise<void>;

/**
 * A provider's interface for batches: requests by the thousand, answered within a day at half the price. Each method
 * makes as few calls as it can and never retries; none throws but what `take` throws. No key is part of what they return.
 */
export interface BatchInterface {
  readonly mostLines: number;
  readonly mostBytes: number;
  /**
   * Submits a batch and returns its id. `uploaded` is told of what is left at the provider should the rest fail. After a
   * failure of the connection or of the provider's server the batch may be there or not: {@link find} tells.
   */
  submit(
    mark: string,
    lines: readonly BatchLine[],
    uploaded: (file: string) => Promise<void>,
    signal: AbortSignal,
  ): Promise<Result<string, CallFailure>>;
  /**
   * Looks for a batch that was perhaps submitted. Where the provider keeps no mark it is one of the same size and time,
   * and not `sure`: its results may turn out to be another's.
   */
  find(
    sought: SoughtBatch,
    signal: AbortSignal,
  ): Promise<Result<{ readonly id: string; readonly sure: boolean } | undefined, CallFailure>>;
  look(id: string, signal: AbortSignal): Promise<Result<BatchStanding, CallFailure>>;
  /** Reads the results of a batch that has ended, without holding them all. */
  results(
    id: string,
    results: readonly string[],
    take: TakeResults,
    signal: AbortSignal,
  ): Promise<Result<void, CallFailure>>;
  /** Asks for the end of a batch; what it has finished is kept. */
  cancel(id: string, signal: AbortSignal): Promise<Result<void, CallFailure>>;
  /** Deletes what a batch that has ended left at the provider: its texts are nobody else's to keep. */
  remove(
    id: string | undefined,
    files: readonly string[],
    signal: AbortSignal,
  ): Promise<Result<void, CallFailure>>;
}
