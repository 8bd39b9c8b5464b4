import type { ConfidenceMethod, LabelMetadata, LabelValue, Outcome } from "@countersign/core";
import type { ModelReply } from "../../llm/chat-model.ts";

/** A label as it will be stored. */
export interface NewLabel {
  readonly name: string;
  readonly value: LabelValue;
  readonly confidence: number | null;
  readonly confidenceMethod: ConfidenceMethod | null;
  readonly metadata: LabelMetadata;
}

/** How an item ended, and the labels that were read for it. */
export interface Verdict {
  readonly outcome: Outcome;
  /** Named reason where there is no label, or not every one that was asked for. */
  readonly reason: string | null;
  readonly message: string | null;
  readonly labels: readonly NewLabel[];
}

/** A reply under its key. */
export interface KeptReply extends ModelReply {
  readonly key: Buffer;
  /** US dollars; null where the model's price is unknown. */
  readonly cost: number | null;
}

/** An item with everything that is stored of it. */
export interface FinishedItem extends Verdict {
  readonly position: number;
  readonly recordId: number;
  readonly attempts: number;
  /** The reply it ended in. `paid`: this job paid for it, else it was stored already. */
  readonly reply: { readonly kept: KeptReply; readonly paid: boolean } | null;
}
