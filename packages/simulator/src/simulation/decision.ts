import type { CallOutcome } from "../calls.ts";
import type { WireReply } from "./dialect.ts";

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
  /** The call's prompt; null where no text was found. */
  readonly prompt: string | null;
  /** From 1; 0 for a call that was not let in. */
  readonly attempt: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** The HTTP status a decision sends; null where it sends none. */
export const statusOf = ({ delivery }: Decision): number | null =>
  "status" in delivery ? delivery.status : null;

/** What the log keeps of a decision. */
export const factsOf = ({
  item,
  prompt,
  attempt,
  outcome,
  inputTokens,
  outputTokens,
}: Decision) => ({ item, prompt, attempt, outcome, inputTokens, outputTokens });

/** The decision about a call that no model would have begun to answer. */
export const turnedAway = ({ status, body }: WireReply): Decision => ({
  outcome: "invalid",
  delivery: { kind: "whole", status, body },
  afterMs: 0,
  headers: {},
  item: null,
  prompt: null,
  attempt: 0,
  inputTokens: 0,
  outputTokens: 0,
});
