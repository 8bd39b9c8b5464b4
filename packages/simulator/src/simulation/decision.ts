import type { CallOutcome } from "../calls.ts";
import { type ApiError, errorBody } from "../openai/error.ts";

/** What the caller gets to see. `cut` ends in the middle of its body, `silence` never begins. */
export type Delivery =
  | { readonly kind: "whole"; readonly status: number; readonly body: string }
  | { readonly kind: "cut"; readonly status: number; readonly body: string }
  | { readonly kind: "reset" }
  | { readonly kind: "silence" };

/** Everything settled about a call at the moment it comes. */
export interface Decision {
  readonly outcome: CallOutcome;
  readonly delivery: Delivery;
  /** How long after the call its delivery begins. */
  readonly afterMs: number;
  readonly headers: Readonly<Record<string, string>>;
  /** `itemOf` the text that was found; null where none was. */
  readonly item: string | null;
  /** Hash of model and messages; null where no text was found. */
  readonly prompt: string | null;
  /** From 1; 0 for a call that was not let in. */
  readonly attempt: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** The decision about a call that no model would have begun to answer. */
export const turnedAway = (error: ApiError): Decision => ({
  outcome: "invalid",
  delivery: { kind: "whole", status: error.status, body: errorBody(error) },
  afterMs: 0,
  headers: {},
  item: null,
  prompt: null,
  attempt: 0,
  inputTokens: 0,
  outputTokens: 0,
});
