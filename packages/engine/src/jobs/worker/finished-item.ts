import type {
  ConfidenceMethod,
  LabelMetadata,
  LabelValue,
  Outcome,
  Reason,
} from "@countersign/core";
import type { ModelReply } from "../../llm/chat-model.ts";

/** A label as it will be stored. */
export interface NewLabel {
  readonly name: string;
  readonly value: LabelValue;
  /** The schema version in whose words the value is. */
  readonly schemaVersion: number;
  readonly confidence: number | null;
  readonly confidenceMethod: ConfidenceMethod | null;
  readonly metadata: LabelMetadata;
}

/** How an item ended, and the labels that were read for it. */
export interface Verdict {
  readonly outcome: Outcome;
  /** Named reason where there is no label, or not every one that was asked for. */
  readonly reason: Reason | null;
  readonly message: string | null;
  readonly labels: readonly NewLabel[];
}

/** A reply under its key. */
export interface KeptReply extends ModelReply {
  readonly key: Buffer;
  /** US dollars; null where the model's price is unknown. */
  readonly cost: number | null;
}

/** A reply that an item came to. `paid`: it was asked for this item, else it served another before. */
export interface Heard {
  readonly reply: KeptReply;
  readonly paid: boolean;
}

/** One sample of an item: the reply to its question, and the one that refines it, where that was asked for. */
export interface Sample extends Heard {
  readonly refined: Heard | undefined;
}

/** An item with everything that is stored of it. */
export interface FinishedItem extends Verdict {
  readonly position: number;
  readonly recordId: number;
  /** Calls made for it. */
  readonly attempts: number;
  /** What it was read from; empty where no reply decided it. Replies are stored on their own. */
  readonly samples: readonly Sample[];
}
