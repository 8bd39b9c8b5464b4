import type { RateLimits } from "./rate/rate-limits.ts";

/** A failure that another try may mend. */
export interface RetryFailure {
  readonly kind: "retry";
  readonly reason:
    | "timeout"
    | "rate-limited"
    | "overloaded"
    | "server-error"
    | "connection"
    | "malformed-reply";
  /** What happened, in the provider's own words where it had any. */
  readonly message: string;
  readonly status?: number;
  /** How long the provider asked to be left alone, in milliseconds. */
  readonly retryAfterMs?: number;
  /** How the account's limits stand, where the provider says so. */
  readonly limits?: RateLimits;
}

/**
 * A failure that every further try would meet again, so it is told to the user. `item`: this prompt alone is at fault;
 * `job`: every call of the job would end so.
 */
export type DelegateFailure = {
  readonly kind: "delegate";
  readonly message: string;
  readonly status?: number;
} & (
  | { readonly scope: "item"; readonly reason: ItemReason }
  | { readonly scope: "job"; readonly reason: JobReason }
);

export type ItemReason = "content-refused" | "prompt-too-long" | "invalid-request";

export type JobReason =
  | "bad-key"
  | "access-denied"
  | "unknown-model"
  | "wrong-address"
  | "quota-exhausted"
  | "invalid-request";

/** The caller gave the call up; the provider is not at fault. */
export interface Aborted {
  readonly kind: "aborted";
}

/** Every way a call ends without a reply. */
export type CallFailure = RetryFailure | DelegateFailure | Aborted;
