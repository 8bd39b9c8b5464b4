import {
  type InvalidReason,
  type LabelMetadata,
  labelTokenProbability,
  type Outcome,
} from "@countersign/core";
import type { Logger } from "pino";
import type { DelegateFailure, RetryFailure } from "../../llm/call-failure.ts";
import type { Assignment } from "./assignment.ts";
import type { KeptReply, NewLabel, Verdict } from "./finished-item.ts";

/**
 * What a reply makes of its item: every label that can be read is taken; the item counts as labelled when all of them
 * can. `attempts` is 0 for a reply that was stored already. Should reading it fail, that is a bug; it must not cost the
 * reply, nor the other items.
 */
export function judgeReply(
  assignment: Assignment,
  reply: KeptReply,
  attempts: number,
  log: Logger,
): Verdict {
  try {
    return readVerdict(assignment, reply, attempts);
  } catch (error) {
    log.error({ job: assignment.job, error }, "a reply could not be read");
    const message = "The reply is stored, but reading it failed. This is a fault of Countersign.";
    return { outcome: "failed", reason: "internal", message, labels: [] };
  }
}

function readVerdict(assignment: Assignment, reply: KeptReply, attempts: number): Verdict {
  const readings = assignment.read(reply);
  const metadata = metadataOf(assignment, reply, attempts);
  const labels: NewLabel[] = [];
  let missing: { readonly reason: InvalidReason; readonly detail: string } | undefined;
  for (const label of assignment.labels) {
    const reading = readings.get(label.name);
    if (reading?.ok) {
      const { value, rule, spans } = reading;
      const tokens = reply.logprobs ?? [];
      const evidence = { tokens, reply: reply.text, spans, definition: label, value };
      const confidence = labelTokenProbability(evidence);
      labels.push({
        name: label.name,
        value,
        confidence,
        confidenceMethod: confidence === null ? null : "label-token-probability",
        metadata: { ...metadata, rule },
      });
    } else if (reading) missing ??= reading;
  }
  if (!missing) return { outcome: "labelled", reason: null, message: null, labels };
  const outcome = missing.reason === "refusal" ? "refused" : "invalid-reply";
  return { outcome, reason: missing.reason, message: missing.detail, labels };
}

/** What a failure makes of its item. */
export function judgeFailure(failure: DelegateFailure | RetryFailure): Verdict {
  const { reason, message } = failure;
  return { outcome: outcomes[reason] ?? "failed", reason, message, labels: [] };
}

const outcomes: Partial<Record<string, Outcome>> = {
  "content-refused": "refused",
  "prompt-too-long": "prompt-too-long",
};

function metadataOf(
  { agent }: Assignment,
  reply: KeptReply,
  attempts: number,
): Omit<LabelMetadata, "rule"> {
  const { usage, modelVersion, cost } = reply;
  const { seed } = agent.parameters;
  return {
    ...(modelVersion !== null && { model: modelVersion }),
    simulated: reply.simulated,
    ...(usage.inputTokens !== null && { inputTokens: usage.inputTokens }),
    ...(usage.outputTokens !== null && { outputTokens: usage.outputTokens }),
    ...(cost !== null && { cost: attempts === 0 ? 0 : cost }),
    latency: reply.latencyMs,
    attempts,
    finishReason: reply.finish,
    ...(seed !== undefined && { seed }),
  };
}
